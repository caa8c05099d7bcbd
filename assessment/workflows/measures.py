"""Everything that a snapshot compares: each principle of each questionnaire in use, in each voice, by statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, cast

from assessment.questionnaire.definition import Definition
from assessment.scoring.response import VoiceName
from assessment.store.queries.publishing import Measure

FORMS: Final[Mapping[VoiceName, Sequence[str]]] = {
    "together": ("full", "shared"),
    "staff": ("full", "shared"),
    # People are asked the shared statements only, so there is nothing else to compare.
    "people": ("shared",),
}
"""Over which statements each voice is compared; the first is all that it is asked."""


def measures_of(asked: Definition) -> Iterator[Measure]:
    for voice, forms in FORMS.items():
        for form in forms:
            for principle in asked.principles:
                yield Measure(asked.id, asked.version, form, voice, principle.id)


def is_of_all_asked(measure: Measure) -> bool:
    """Whether it is over all that its voice is asked."""
    return FORMS[cast("VoiceName", measure.voice)][0] == measure.form


def statements_of(asked: Definition, measure: Measure) -> Sequence[str]:
    """The ids of the statements that a measure is over."""
    statements = asked.statements if measure.form == "full" else asked.shared
    return [one.id for one in statements if one.principle == measure.principle]
