"""Rounds held apart, as the people who run them see them."""

from assessment.pages.rounds import answers, export, people, pictures, plan, reply, results, show, steps, ways_in
from assessment.pages.rounds.blueprint import blueprint

__all__ = [
    "answers",
    "blueprint",
    "export",
    "people",
    "pictures",
    "plan",
    "reply",
    "results",
    "show",
    "steps",
    "ways_in",
]
