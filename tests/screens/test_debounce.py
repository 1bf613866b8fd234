"""Which presses count, by their times alone."""

from __future__ import annotations

import pytest

from kiosk.screens.debounce import Debouncer, Kind, Question

READ_S = 0.7


def asked_at(at: float) -> Question:
    """A question that was painted then."""
    question = Question()
    question.begin()
    question.painted(at)
    return question


def settled(*, key: str = "1", at: float = 0.0) -> Debouncer:
    """After this key was pressed then, and counted."""
    settle = Debouncer(READ_S)
    assert settle.counts(key, at, Kind.ANSWERS, asked_at(at - 5))
    return settle


@pytest.mark.parametrize("kind", [Kind.ANSWERS, Kind.ENTERS, Kind.MOVES])
def test_what_was_pressed_before_it_was_painted_means_nothing(kind: Kind) -> None:
    """Neither while it is still to be painted nor when it has been meanwhile."""
    settle, question = Debouncer(READ_S), Question()
    question.begin()
    assert not settle.counts("2", 9.0, kind, question)
    question.painted(10.0)
    assert not settle.counts("3", 9.9, kind, question)
    meant = 10.0 if kind is Kind.MOVES else 10.0 + 2 * READ_S
    assert settle.counts("4", meant, kind, question)


@pytest.mark.parametrize("kind", [Kind.ANSWERS, Kind.ENTERS])
@pytest.mark.parametrize("answering", [True, False])
def test_a_hand_that_went_ahead_answers_nothing_it_can_not_have_read(kind: Kind, answering: bool) -> None:
    """One press is lost; none of the next takes its place until the question could be read. Interrupts count."""
    settle, question = settled(key="enter", at=0.0), Question()
    if answering:
        question = asked_at(-5)
    else:
        question.begin()
    assert not settle.counts("2", 1.0, kind, question, answering=answering)
    question = asked_at(2.0)
    assert [settle.counts(key, at, kind, question) for key, at in (("1", 2.1), ("3", 2.4), ("2", 3.3))] == [False] * 3
    assert settle.counts("f6", 3.35, Kind.AT_ONCE, question)
    assert settle.counts("1", 2.0 + 2 * READ_S, kind, question)
    assert settle.counts("2", 2.0 + 2 * READ_S, kind, question)


@pytest.mark.parametrize("kind", [Kind.TYPES, Kind.HIDES])
def test_typing_and_hiding_are_never_too_early(kind: Kind) -> None:
    """Words go where the focus is; the neutral page comes at once."""
    question = Question()
    assert Debouncer(READ_S).counts("x", 1.0, kind, question)


def test_an_interrupt_counts_from_the_first_paint_on() -> None:
    """Before anything of the encounter was seen it means nothing; later never too early, whatever changed."""
    settle, question = Debouncer(READ_S), Question()
    question.begin()
    assert not settle.counts("f6", 1.0, Kind.AT_ONCE, question)
    question.painted(2.0)
    question.changed()
    assert settle.counts("f7", 2.1, Kind.AT_ONCE, question)


@pytest.mark.parametrize("gap", [0.01, 0.1, 0.2, 0.3, 0.5, 0.69])
@pytest.mark.parametrize("kind", [Kind.ANSWERS, Kind.ENTERS, Kind.AT_ONCE, Kind.MOVES, Kind.TYPES])
def test_the_same_key_again_is_no_answer_to_what_nobody_can_have_read(kind: Kind, gap: float) -> None:
    """For as long as a person needs to read; then it is a press like any other."""
    settle = settled(at=0.0)
    assert not settle.counts("1", 0.05 + gap, kind, asked_at(0.05))
    assert settled(at=0.0).counts("1", 0.05 + READ_S, kind, asked_at(0.05))


def test_three_presses_are_no_more_than_two() -> None:
    """What was pressed once before it can have been read doesn't make the next press an answer."""
    settle, question = settled(at=0.0), asked_at(0.05)
    assert [settle.counts("1", at, Kind.ANSWERS, question) for at in (0.2, 0.45, 0.7, 1.0)] == [False] * 3 + [True]


def test_another_key_counts_at_once() -> None:
    """That hand has moved on; also to the first key again."""
    settle, question = settled(at=0.0), asked_at(0.05)
    assert settle.counts("2", 0.1, Kind.ANSWERS, question)
    assert settle.counts("1", 0.2, Kind.ANSWERS, question)


@pytest.mark.parametrize(("first_s", "each_s"), [(0.25, 0.03), (0.5, 0.033), (0.66, 0.04), (0.25, 0.092)])
@pytest.mark.parametrize("kind", [Kind.ANSWERS, Kind.ENTERS, Kind.AT_ONCE, Kind.TYPES, Kind.MOVES])
def test_a_held_key_never_gets_through(kind: Kind, first_s: float, each_s: float) -> None:
    """However long it is held: the repeats of consoles and desktops, as these have them by default."""
    settle, question = settled(at=0.0), asked_at(0.05)
    assert not any(settle.counts("1", first_s + n * each_s, kind, question) for n in range(200))
    assert settle.counts("1", first_s + 200 * each_s + 0.3, kind, question)


def test_moving_may_be_repeated_and_held() -> None:
    """Down, down, down: only the view changes."""
    settle, question = settled(key="x"), asked_at(0.0)
    for n in range(20):
        question.changed()
        assert settle.counts("down", 1 + n * 0.03, Kind.MOVES, question)


def test_typing_the_same_letter_twice_is_two_letters() -> None:
    """Also while the box is still to be painted, and however fast."""
    settle, question = settled(key="1"), Question()
    assert all(settle.counts("l", 0.05 + n * 0.01, Kind.TYPES, question) for n in range(5))


def test_enter_waits_for_its_own_line() -> None:
    """Where only the line of Enter has changed, only Enter must be read again."""
    settle, question = Debouncer(READ_S), asked_at(0.0)
    assert settle.counts("enter", 5.0, Kind.ENTERS, question)
    question.line_changed()
    question.painted(5.05)
    assert not settle.counts("enter", 5.4, Kind.ENTERS, question)
    assert settle.counts("enter", 5.8, Kind.ENTERS, question)
    question.line_changed()
    assert settle.counts("2", 5.81, Kind.ANSWERS, question)
    assert not settle.counts("enter", 5.82, Kind.ENTERS, question)


def test_a_double_click_is_one_click() -> None:
    """On the same spot, also where nothing has changed; on another spot it is another click."""
    settle, question = Debouncer(READ_S), asked_at(0.0)
    assert settle.clicks(10, 5, 2.0, question)
    assert not settle.clicks(11, 5, 2.3, question)
    assert settle.clicks(10, 9, 2.5, question)
    assert settle.clicks(10, 9, 3.1, question)


def test_a_click_is_no_answer_to_what_nobody_can_have_read() -> None:
    """Wherever it goes, when the click before has changed what is asked."""
    settle = Debouncer(READ_S)
    assert settle.clicks(10, 5, 2.0, asked_at(0.0))
    assert not settle.clicks(40, 9, 2.6, asked_at(2.05))
    assert settle.clicks(40, 9, 3.2, asked_at(2.05))


def test_without_a_time_to_read_every_press_is_meant() -> None:
    """For tests, and for who turns it off; what was too early stays so."""
    settle, question = Debouncer(0), asked_at(1.0)
    assert all(settle.counts("1", 1.0, Kind.ANSWERS, question) for _ in range(3))
    assert all(settle.clicks(1, 1, 1.0, question) for _ in range(3))
    assert not settle.counts("1", 0.9, Kind.ANSWERS, question)
