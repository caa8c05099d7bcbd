"""Which letter each kind of job writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assessment.jobs.letter import Letter, Writer, nothing
from assessment.jobs.offers import write_offer
from assessment.store.queries.outbox import Kind

__all__ = ["WRITERS", "Letter", "Writer", "nothing"]

WRITERS: Final[Mapping[Kind, Writer]] = {
    "offer": write_offer,
}
