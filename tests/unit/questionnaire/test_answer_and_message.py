"""The two small values every room shares."""

from __future__ import annotations

import pytest

from assessment.questionnaire.answer import OTHERS, Answer, AnswerError
from assessment.questionnaire.message import Message


@pytest.mark.parametrize("value", ["0", "1", "4", *OTHERS])
def test_an_answer_reads_back_as_it_was_sent(value: str) -> None:
    assert str(Answer.parse(value, top=4)) == value


@pytest.mark.parametrize(
    "value", ["", "5", "-1", "01", "1.0", " 1", "²", "٣", "10", "None", "not applicable", "x" * 1000]
)
def test_what_is_no_answer_on_the_scale_is_refused(value: str) -> None:
    with pytest.raises(AnswerError):
        Answer.parse(value, top=4)


def test_a_message_fills_its_gaps_also_with_messages() -> None:
    assert str(Message("Fewer than {k} {what}", {"k": 10, "what": Message("services")})) == "Fewer than 10 services"
