"""What was asked, and what an official says of himself, is part of the visit."""

from __future__ import annotations

from kiosk.privacy.guard import Concern, judge

PASSES_UNANSWERED = (
    "asked if any students are undocumented, I said I can't answer that",
    "asked where the mother was born. didn't answer him",
    '"are you hiding illegals" he said, I did not answer',
    "which families are from Guatemala, he asked. I did not tell him",
    "que si la mamá es ciudadana, preguntó. No contesté",
    "preguntó de dónde son los niños y le dije que no damos esa información",
    "I didn't say whether any student is undocumented",
    "officer said his own parents were immigrants, chatting",
    "el oficial dijo que él mismo nació en Perú",
    "the agent says his wife is from Poland",
)
"""What was asked and not answered, and what officials say of themselves."""

STOPS_ANSWERED = (
    "asked if any students are undocumented",
    "asked if mom is legal and mom said no",
    "mom asked if she will be deported, I couldn't answer",
    "didn't answer him, but the mother is undocumented",
    "officer said the student is undocumented himself",
)
"""What such words do not hide."""


def test_a_question_that_nobody_answered_is_kept() -> None:
    """It says what the visitors wanted and nothing about a person; nor does what an official says of himself."""
    assert [words for words in PASSES_UNANSWERED if judge(words) is not None] == []


def test_an_answer_is_stopped() -> None:
    """So are a question without words about its answer, a family's own question, and what is said besides."""
    assert [words for words in STOPS_ANSWERED if judge(words) is not Concern.STATUS] == []
