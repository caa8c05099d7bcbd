"""Close a round and release it: once, for good, and so that nothing in the database says who answered when."""

from __future__ import annotations

from random import Random
from uuid import UUID

from assessment.disclosure.thresholds import K10
from assessment.store.alone import VOICES
from assessment.store.db import Session, transaction
from assessment.store.models import Organisation, Round, Service
from assessment.store.queries.apart import locked_round
from assessment.store.queries.closing import forget_all_marks, forget_drafts, mix_responses, responses_of, sweep
from assessment.store.queries.definitions import definition
from assessment.store.queries.marks import forget_perspectives
from assessment.store.queries.releases import Written, newest_snapshot, write_releases
from assessment.store.seal import Seal
from assessment.workflows.apart.hand import Hand, note
from assessment.workflows.apart.marks import settle_all
from assessment.workflows.apart.so_far import count_so_far
from assessment.workflows.release_rows import apart_figures, release_row, unpacked


def close_round(round_id: UUID, hand: Hand, seal: Seal, chance: Random) -> None:
    """Close and release a round that is open; go on where an earlier try was cut off; else change nothing."""
    with transaction(answers=True) as session:
        found = locked_round(session, round_id)
        if found.state not in ("open", "closed"):
            return
        if found.state == "open":
            _close(session, found, hand, seal, chance)
    sweep()
    with transaction(answers=True) as session:
        found = locked_round(session, round_id)
        if found.state == "closed":
            _release(session, found, hand)


def _close(session: Session, found: Round, hand: Hand, seal: Seal, chance: Random) -> None:
    found.state = "closed"
    forget_drafts(session, found.id)
    settle_all(session, found.id, seal, chance)
    mix_responses(session, found.id, chance)
    note(session, hand, "closed a round", found)


def _release(session: Session, found: Round, hand: Hand) -> None:
    asked = definition(session, (found.questionnaire, found.questionnaire_version, found.language))
    service = session.get_one(Service, found.service_id)
    organisation = session.get_one(Organisation, service.organisation_id)
    row = release_row(found, service, organisation, 1, hand.today) | {"snapshot_id": newest_snapshot(session)}
    sent = [(voice, unpacked(answers)) for voice, answers in responses_of(session, found.id)]
    figures = apart_figures(row["id"], asked, found, sent)
    write_releases(session, Written([row], figures.cells, figures.moments))
    count_so_far(session, found.id, hand.today, found.k)
    for voice in VOICES:
        if sum(one == voice for one, _answers in sent) < K10:
            # Never shown (rule P2), and beside so few answers it would say whose they are not.
            forget_perspectives(session, found.id, voice)
    # Left by someone who sent just before the round closed, too late to be counted.
    forget_all_marks(session, found.id)
    found.state = "released"
    note(session, hand, "released a round", found)
