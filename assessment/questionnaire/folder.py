"""The folder of questionnaires: ``<id>/<version>.<language>.yaml``, the dimensions and the practice library."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from assessment.questionnaire.checker import Source, check, read
from assessment.questionnaire.definition import Definition
from assessment.questionnaire.dimensions import DIMENSIONS, Dimensions, check_dimensions, load_dimensions
from assessment.questionnaire.fault import DefinitionError, Fault, quote
from assessment.questionnaire.loader import load_definition
from assessment.questionnaire.nodes import LARGEST
from assessment.questionnaire.practice import LIBRARY, PracticeLibrary, check_library, load_library

DIMENSIONS_NAME: Final = "dimensions.yaml"
LIBRARY_NAME: Final = "practice-library.yaml"
SOURCE_LANGUAGE: Final = "en"
FILE_NAME: Final = re.compile(r"(?P<version>[0-9.]+)\.(?P<language>[A-Za-z-]+)\.yaml")


def check_file(path: Path) -> list[Fault]:
    """Every fault of one file: a questionnaire, or the dimensions or practice library by their names.

    A translation (``1.0.cy.yaml``) is compared with the English of its version, if that lies beside it.
    """
    try:
        content, source = read_bytes(path), _source_of(path)
    except OSError as error:
        return [_unreadable(path, error)]
    if path.name == DIMENSIONS_NAME:
        return read(content, str(path), DIMENSIONS, (check_dimensions,))[1]
    if path.name == LIBRARY_NAME:
        return read(content, str(path), LIBRARY, (check_library,))[1]
    return check(content, str(path), source)


def find_definitions(folder: Path) -> tuple[Definition, ...]:
    """Every questionnaire of the folder by id, version (1.9 before 1.10) and language. Raises DefinitionError."""
    paths = sorted(folder.glob("*/*.yaml"))
    faults = [fault for path in paths for fault in check_file(path)]
    if faults:
        raise DefinitionError(faults)
    found = {path: load_definition(read_bytes(path), str(path)) for path in paths}
    misplaced = [fault for path, definition in found.items() for fault in _misplaced(path, definition)]
    if misplaced:
        raise DefinitionError(misplaced)
    return tuple(sorted(found.values(), key=definition_order))


def find_dimensions(folder: Path) -> Dimensions:
    """The folder's dimensions. Raises DefinitionError."""
    path = folder / DIMENSIONS_NAME
    return load_dimensions(_existing_bytes(path), str(path))


def find_library(folder: Path, dimensions: Dimensions) -> PracticeLibrary:
    """The folder's practice library. Raises DefinitionError."""
    path = folder / LIBRARY_NAME
    return load_library(_existing_bytes(path), str(path), dimensions)


def definition_order(definition: Definition) -> tuple[str, tuple[int, ...], str]:
    """By id, by version as numbers, by language."""
    return definition.id, tuple(map(int, definition.version.split("."))), definition.language


def read_bytes(path: Path) -> bytes:
    """The file as far as the checker wants it: one byte past the largest is enough to refuse it. Raises OSError."""
    if not path.is_file():
        raise FileNotFoundError("no such file" if not path.exists() else "not a file")
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _existing_bytes(path: Path) -> bytes:
    try:
        return read_bytes(path)
    except OSError as error:
        raise DefinitionError([_unreadable(path, error)]) from error


def _unreadable(path: Path, error: OSError) -> Fault:
    name = "".join(c if c.isprintable() else "?" for c in str(path))
    return Fault(name, 1, 1, f"cannot be read ({error.strerror or error}); give the path of a file you may read")


def _source_of(path: Path) -> Source | None:
    name = FILE_NAME.fullmatch(path.name)
    if name is None or name["language"] == SOURCE_LANGUAGE:
        return None
    source = path.with_name(f"{name['version']}.{SOURCE_LANGUAGE}.yaml")
    return Source(read_bytes(source), source.name) if source.is_file() else None


def _misplaced(path: Path, definition: Definition) -> list[Fault]:
    right = f"{definition.id}/{definition.version}.{definition.language}.yaml"
    if f"{path.parent.name}/{path.name}" == right:
        return []
    return [Fault(str(path), 1, 1, f"its id, version and language do not fit its name; call it {quote(right)}")]
