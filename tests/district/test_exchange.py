"""The exchange with the district about one log: what is sent next, and what follows from an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.district.calls import Answer, Word
from kiosk.district.sending.exchange import (
    NOTHING_YET,
    Acknowledged,
    Call,
    Compare,
    Rest,
    SendEntries,
    SendValues,
    heard,
    next_call,
)
from kiosk.district.told import Told, Weight
from kiosk.record.transparency.merkle import Tree


@dataclass(frozen=True)
class Own:
    """A log of made-up leaves; one that forked has other leaves from an entry on."""

    size: int
    forked_at: int = 10**9

    def root_at(self, size: int) -> bytes:
        """The root hash of the first leaves."""
        return Tree().grown(bytes([n % 251 if n < self.forked_at else 255] * 32) for n in range(size)).root


COMPARED = Acknowledged(4, 4, compared=True)


@pytest.mark.parametrize(
    ("known", "size", "call"),
    [
        (NOTHING_YET, 9, Compare(0)),
        (Acknowledged(4, 2), 9, Compare(4)),
        (Acknowledged(12, 12), 9, Compare(9)),
        (Acknowledged(4, 2, compared=True), 9, SendValues(2, 4)),
        (COMPARED, 9, SendEntries(4)),
        (COMPARED, 4, Rest()),
        (Acknowledged(4, 4, compared=True, stopped=Told.FORKED), 9, Compare(4)),
    ],
)
def test_what_is_sent_next(known: Acknowledged, size: int, call: Call) -> None:
    """A connection begins with a comparison; values follow their entries at once."""
    assert next_call(known, size) == call


def answer(word: Word, size: int, own: Own, values: int = 0) -> Answer:
    """An answer of a district whose copy is a beginning of the log."""
    return Answer(word, size, own.root_at(size), values)


@pytest.mark.parametrize(("word", "size"), [(Word.OK, 7), (Word.GAP, 5), (Word.OK, 4)])
def test_only_an_answer_with_the_desks_root_moves_what_is_acknowledged(word: Word, size: int) -> None:
    """Also forward, when an acknowledgement was lost."""
    own = Own(9)
    found = heard(COMPARED, 4, answer(word, size, own, 4), own)
    assert found.now == Acknowledged(size, 4, compared=True)
    assert found.told is None


@pytest.mark.parametrize(("size", "values"), [(2, 2), (4, 1), (0, 0)])
def test_a_district_that_went_back_gets_the_rest_again(size: int, values: int) -> None:
    """It was restored from a backup, or another server took its place."""
    own = Own(9)
    found = heard(COMPARED, 4, answer(Word.GAP, size, own, values), own)
    assert (found.now, found.told, found.since) == (Acknowledged(size, values, compared=True), Told.WENT_BACK, 4)
    assert Told.WENT_BACK.weight is Weight.HEALED


def test_a_district_that_has_more_means_an_older_copy_of_the_log() -> None:
    """Nothing is sent from it."""
    found = heard(COMPARED, 4, answer(Word.OK, 12, Own(99)), Own(9))
    assert (found.told, found.moved) == (Told.OLDER_COPY, False)


def test_other_entries_are_told_to_the_district_too() -> None:
    """The desk compares once more at the district's size, so that it keeps both; then it stops."""
    own = Own(9)
    first = heard(COMPARED, 4, answer(Word.OK, 6, Own(9, forked_at=5)), own)
    assert (first.told, first.now.stopped, first.moved) == (Told.FORKED, Told.FORKED, True)
    assert next_call(first.now, 9) == Compare(6)
    again = heard(first.now, 6, Answer(Word.ROOT_MISMATCH, 6, bytes(32), 0), own)
    assert (again.now.stopped, again.moved) == (Told.FORKED, False)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        (Word.FORKED, Told.FORKED),
        (Word.ROOT_MISMATCH, Told.FORKED),
        (Word.QUARANTINED, Told.QUARANTINED),
        (Word.MALFORMED, Told.MALFORMED),
        (Word.NOT_COMMITTED, Told.NOT_COMMITTED),
        (Word.TOO_WIDE, Told.TOO_WIDE),
    ],
)
def test_what_the_district_refuses_stops_the_log(word: Word, told: Told) -> None:
    """A person must look; what was acknowledged stays."""
    found = heard(COMPARED, 7, Answer(word, 4, bytes(32), 4), Own(9))
    assert (found.told, found.now.stopped, found.moved, found.now.entries) == (told, told, False, 4)
    assert told.weight is Weight.STOPPED


def test_a_replaced_log_rests_once_all_of_it_is_there() -> None:
    """If it is not, that is told."""
    own = Own(9)
    whole = heard(COMPARED, 9, answer(Word.REPLACED, 9, own), own)
    assert next_call(whole.now, 9) == Rest()
    assert heard(COMPARED, 9, answer(Word.REPLACED, 6, own), own).told is Told.REPLACED


def test_a_server_that_keeps_nothing_is_not_asked_again_and_again() -> None:
    """It says “ok” and has no more than before."""
    own = Own(9)
    assert not heard(COMPARED, 7, answer(Word.OK, 4, own, 4), own).moved


@dataclass
class Server:
    """A district whose copy is a beginning of the log. losses: which calls it takes without an answer, in turn."""

    own: Own
    losses: Sequence[bool]
    size: int = 0
    values: int = 0
    calls: int = field(default=0)

    def take(self, call: Call) -> Answer | None:
        """Take a call; None when the answer is lost."""
        self.calls += 1
        match call:
            case Compare(size):
                word = Word.OK if size <= self.size else Word.GAP
            case SendEntries(first):
                word = Word.OK if first <= self.size else Word.GAP
                self.size = max(self.size, min(first + 3, self.own.size)) if word is Word.OK else self.size
            case SendValues(_, upto):
                word, self.values = Word.OK, max(self.values, min(upto, self.size))
            case Rest():
                raise AssertionError("nothing was to be sent")
        lost = self.calls <= len(self.losses) and self.losses[self.calls - 1]
        return None if lost else answer(word, self.size, self.own, self.values)


@given(
    st.integers(0, 40),
    st.lists(st.booleans(), max_size=20),
    st.integers(0, 40),
    st.integers(0, 40),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_whatever_is_lost_the_district_has_everything_in_the_end(
    size: int, losses: list[bool], at: int, values: int, known: int, known_values: int
) -> None:
    """From any beginning of the copy and any cursor, also a wrong one; nothing is acknowledged that is not there."""
    own = Own(size)
    server = Server(own, losses, min(at, size), min(values, at, size))
    now = Acknowledged(known, min(known, known_values))
    for _ in range(200):
        call = next_call(now, size)
        if call == Rest():
            break
        sent = call.size if isinstance(call, Compare) else call.upto if isinstance(call, SendValues) else 0
        found = server.take(call)
        if found is None:
            now = Acknowledged(now.entries, now.values)  # a new connection
            continue
        now = heard(now, sent, found, own).now
        assert now.entries <= server.size
        assert now.values <= server.values
    assert (server.size, server.values) == (size, size)
    assert next_call(now, size) == Rest()
