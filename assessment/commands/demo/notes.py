"""What demo teams write beside their answers."""

from __future__ import annotations

from typing import Final

EVIDENCE: Final = (
    "Minutes of our last four monthly meetings",
    "The plan we wrote together in spring",
    "Our page of what people asked for and what was done",
    "Job descriptions, which people who use the service helped to write",
    "Photos and notes from the open day",
    "The survey people designed with us",
    "Two examples we talked through in the room",
)
DISSENT: Final = (
    "Some thought this is true in one of our two places, not in both.",
    "One view was that it happens, but only when someone asks for it.",
    "Not everyone had seen this themselves.",
    "Some would have said a level higher since the summer.",
)
NOT_APPLICABLE_HERE: Final = (
    "We do not run groups.",
    "Another service does this for us.",
    "People use our service once, for a short time.",
)
GOALS: Final = (
    "We want to agree this with everyone who uses the service.",
    "It came up most often in the room.",
    "This is the next step we can take with the money we have.",
)
LOWER_GOAL: Final = "Meeting less often suits the people who come; they asked for it."
