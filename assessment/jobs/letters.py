"""Which letter each kind of job writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assessment.jobs.invitations import write_hear, write_invite, write_remind
from assessment.jobs.letter import Letter, Writer, nothing
from assessment.jobs.offers import write_offer
from assessment.jobs.retention import forget
from assessment.jobs.sign_in import write_sign_in
from assessment.store.queries.outbox import Kind

__all__ = ["WRITERS", "Letter", "Writer", "nothing"]

WRITERS: Final[Mapping[Kind, Writer]] = {
    "sign-in": write_sign_in,
    "expire": forget,
    "invite": write_invite,
    "remind": write_remind,
    "hear": write_hear,
    "offer": write_offer,
}
