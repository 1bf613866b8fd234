"""At the desk, one action is one entry, kept before anything moves on."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kiosk.desk.running import Running
from kiosk.desk.service import Desk
from kiosk.desk.station import Pack
from kiosk.desk.unfinished import UnfinishedRecords
from kiosk.errors import CannotResume, InvalidAnswer, KioskError, NotConfirmed, StoreUnusable
from kiosk.privacy.guard import PrivateText, UnclearText
from kiosk.privacy.meanings import Meaning
from kiosk.protocol.replies import Attempt, Called, CallResult, Chosen, Confirmed, Missing, Recorded, Reply, Ticked
from kiosk.record.encounter_record import fold
from kiosk.record.endings import Ending, Link, VoidReason
from kiosk.record.entries import Actor, Entry, encode
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import FixedClock
from tests.builders import CONTENT_HASH, DA, SAYS_AGENCY, SO, a_desk, a_pack, a_protocol, a_station, place
from tests.fakes import MemoryLog


def at_call(desk: Desk) -> Running:
    """An encounter whose call step is due."""
    running = desk.open()
    running = desk.answer(running, place("danger"), Chosen("no"))
    return desk.answer(running, place("who"), Chosen("federal"))


def at_facts(desk: Desk) -> Running:
    """An encounter that asks for facts."""
    return desk.attempt(at_call(desk), place("call-now"), Attempt(DA, 0, CallResult.REACHED))


def at_outcome(desk: Desk) -> Running:
    """An encounter that can be closed, with somebody still to call."""
    return desk.press(at_facts(desk), place("identify"), "they-left")


def all_told(desk: Desk) -> Running:
    """An encounter that can be closed, with nothing left to do."""
    return desk.call(at_outcome(desk), Attempt(SO, 0, CallResult.REACHED))


# -- one action, one entry ---------------------------------------------------------------------------------------------

Action = Callable[[Desk, Running], Any]
ACTIONS: dict[str, tuple[Callable[[Desk], Running], Action, str]] = {
    "open": (at_call, lambda desk, _: desk.open(), EntryKind.ENCOUNTER_OPENED),
    "answer": (at_facts, lambda desk, r: desk.answer(r, r.walk.at, SAYS_AGENCY), EntryKind.STEP_ANSWERED),
    "part": (
        at_facts,
        lambda desk, r: desk.answer_in_part(r, r.walk.at, Recorded.of({"badge": "12"})),
        EntryKind.STEP_PARTIAL,
    ),
    "press": (at_facts, lambda desk, r: desk.press(r, r.walk.at, "danger"), EntryKind.STEP_ANSWERED),
    "correct": (at_facts, lambda desk, r: desk.correct(r, place("who"), Chosen("police")), EntryKind.STEP_CORRECTED),
    "attempt": (
        at_call,
        lambda desk, r: desk.attempt(r, r.walk.at, Attempt(DA, 0, CallResult.NO_ANSWER)),
        EntryKind.STEP_ANSWERED,
    ),
    "call": (at_facts, lambda desk, r: desk.call(r, Attempt(SO, 0, CallResult.REACHED)), EntryKind.CALL_MADE),
    "note": (at_facts, lambda desk, r: desk.note(r, "white van"), EntryKind.NOTE_ADDED),
    "card": (at_facts, lambda desk, r: desk.card_shown(r, SO), EntryKind.CARD_SHOWN),
    "resume": (at_facts, lambda desk, r: desk.resume(r), EntryKind.ENCOUNTER_RESUMED),
    "close": (all_told, lambda desk, r: desk.close(r), EntryKind.ENCOUNTER_CLOSED),
    "pause": (at_facts, lambda desk, r: desk.pause(r), EntryKind.ENCOUNTER_PAUSED),
    "staff": (at_facts, lambda desk, r: desk.staffed_by(r, "AB"), EntryKind.STAFF_CHANGED),
    "link": (at_facts, lambda desk, r: desk.link(r, r, Link.SAME_PEOPLE), EntryKind.ENCOUNTER_LINKED),
    "void": (at_facts, lambda desk, r: desk.end(r, Ending.VOID, VoidReason.MISTAKE), EntryKind.ENCOUNTER_CLOSED),
    "start": (at_call, lambda desk, _: desk.start_session(), EntryKind.SESSION_STARTED),
    "end": (at_call, lambda desk, _: desk.end_session(), EntryKind.SESSION_ENDED),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_every_use_case_keeps_exactly_one_entry_before_it_returns(desk: Desk, log: MemoryLog, name: str) -> None:
    """No more, no less, of its own kind."""
    prepare, act, kind = ACTIONS[name]
    running = prepare(desk)
    before = log.size()
    act(desk, running)
    assert log.kinds()[before:] == [kind]


@pytest.mark.parametrize("name", ACTIONS)
def test_when_the_log_cannot_be_written_nothing_moves_and_trying_again_works(
    desk: Desk, log: MemoryLog, name: str
) -> None:
    """The value is the one from before; the second try leaves one entry and the very same result."""
    prepare, act, kind = ACTIONS[name]
    running = prepare(desk)
    before = log.size()
    log.failing = StoreUnusable("The disk is full.", "Free some space.")
    with pytest.raises(StoreUnusable):
        act(desk, running)
    assert log.size() == before
    act(desk, running)
    assert log.kinds()[before:] == [kind]


@pytest.mark.parametrize("landing", [True, False])
@pytest.mark.parametrize("name", ACTIONS)
def test_an_entry_whose_end_is_not_known_is_there_once_after_trying_again(
    desk: Desk, log: MemoryLog, name: str, landing: bool
) -> None:
    """Whether it had reached the disk or not, the retry neither loses nor doubles it."""
    prepare, act, kind = ACTIONS[name]
    running = prepare(desk)
    before, log.landing = log.size(), landing
    log.failing = NotConfirmed("The disk did not answer.", "Try again.")
    with pytest.raises(NotConfirmed):
        act(desk, running)
    assert log.size() == before + landing
    result = act(desk, running)
    assert log.kinds()[before:] == [kind]
    if isinstance(result, Running) and name != "open" and not result.closed:
        assert desk.unfinished() == UnfinishedRecords((result,))


def test_each_fact_is_in_one_entry(desk: Desk, log: MemoryLog) -> None:
    """Values saved in part are not written again when the step is done or corrected; a resumed desk knows them all."""
    running = desk.answer_in_part(at_facts(desk), place("identify"), Recorded.of({"agency-as-stated": "ICE"}))
    whole = Recorded.of({"agency-as-stated": "ICE", "agents-count": 2, "badge": Missing("deferred")})
    running = desk.answer(running, place("identify"), whole)
    running = desk.answer_in_part(running, place("identify"), Recorded.of({"badge": "12"}))
    written = [(e.kind, {n: v for n, v in e.body.items() if n.startswith("field.")}) for e in log.told()[-3:]]
    assert written == [
        (EntryKind.STEP_PARTIAL, {"field.agency-as-stated": "ICE"}),
        (EntryKind.STEP_ANSWERED, {"field.agents-count": 2, "field.badge": {"missing": "deferred"}}),
        (EntryKind.STEP_CORRECTED, {"field.badge": "12"}),
    ]
    assert desk.unfinished() == UnfinishedRecords((running,))
    assert running.walk.facts() == {"agency-as-stated": "ICE", "agents-count": 2, "badge": "12"}


def test_a_part_that_must_not_be_kept_is_not_written(desk: Desk, log: MemoryLog) -> None:
    """The guard stands before every way in."""
    running = at_facts(desk)
    before = log.size()
    with pytest.raises(PrivateText):
        desk.answer_in_part(running, place("identify"), Recorded.of({"agency-as-stated": "A123456789"}))
    assert log.size() == before


# -- presses that change nothing ---------------------------------------------------------------------------------------

IDLE: dict[str, tuple[Callable[[Desk], Running], Callable[[Desk, Running], Running]]] = {
    "a second answer": (at_call, lambda desk, r: desk.answer(r, place("who"), Chosen("federal"))),
    "an answer to come": (at_call, lambda desk, r: desk.answer(r, place("wait"), Chosen("yes"))),
    "a second call": (at_facts, lambda desk, r: desk.attempt(r, place("call-now"), Attempt(DA, 0, CallResult.REACHED))),
    "a call not asked for": (
        at_call,
        lambda desk, r: desk.attempt(r, place("call-now"), Attempt(DA, 9, CallResult.REACHED)),
    ),
    "a second interrupt": (at_outcome, lambda desk, r: desk.press(r, place("identify"), "they-left")),
    "an interrupt to here": (at_outcome, lambda desk, r: desk.press(r, r.walk.at, "they-left")),
    "no correction": (at_call, lambda desk, r: desk.correct(r, place("who"), Chosen("federal"))),
    "an empty note": (at_call, lambda desk, r: desk.note(r, " \n ")),
    "closing too early": (at_call, lambda desk, r: desk.close(r)),
}


@pytest.mark.parametrize("name", IDLE)
def test_a_press_that_changes_nothing_writes_nothing(desk: Desk, log: MemoryLog, name: str) -> None:
    """And gives back the very same value."""
    prepare, act = IDLE[name]
    running = prepare(desk)
    before = log.size()
    assert act(desk, running) is running
    assert log.size() == before


def test_a_reply_that_does_not_fit_is_refused_and_not_kept(desk: Desk, log: MemoryLog) -> None:
    """The log never holds what a step can't take."""
    running = at_call(desk)
    before = log.size()
    with pytest.raises(InvalidAnswer):
        desk.answer(running, running.walk.at, Confirmed())
    assert log.size() == before


# -- private words -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["the mother is undocumented", "123-45-6789", "A123456789"])
def test_private_words_never_reach_the_log(desk: Desk, log: MemoryLog, words: str) -> None:
    """Neither as a fact, nor as a corrected fact, nor as a note; the encounter stands where it stood."""
    running = at_facts(desk)
    reply = Recorded.of({"agency-as-stated": words, "agents-count": 2, "badge": Missing("refused")})
    before = log.size()
    with pytest.raises(PrivateText):
        desk.answer(running, place("identify"), reply)
    with pytest.raises(PrivateText):
        desk.note(running, f"They said: {words}")
    assert log.size() == before
    passed = desk.answer(running, place("identify"), SAYS_AGENCY)
    with pytest.raises(PrivateText):
        desk.correct(passed, place("identify"), reply)
    assert not log.holds(words)
    assert passed.walk.at == place("request")


# -- calls -------------------------------------------------------------------------------------------------------------


def test_calls_are_kept_with_name_result_and_time(desk: Desk, clock: FixedClock) -> None:
    """At call steps and outside them, in the order in which they were made."""
    running = desk.attempt(at_call(desk), place("call-now"), Attempt(DA, 0, CallResult.NO_ANSWER))
    clock.advance(60)
    running = desk.call(running, Attempt(SO, 0, CallResult.NO_ANSWER))
    clock.advance(60)
    running = desk.attempt(running, place("call-now"), Attempt(DA, 1, CallResult.REACHED))
    assert [(c.name, c.result) for c in running.calls] == [
        ("Dana Ruiz", "no-answer"),
        ("Superintendent's Office", "no-answer"),
        ("Sam Whitfield", "reached"),
    ]
    times = [c.at.wall_us for c in running.calls]
    assert [b - a for a, b in itertools.pairwise(times)] == [60_000_000, 60_000_000]
    assert running.notified == {DA}


def test_a_corrected_call_is_corrected_in_the_list_too(desk: Desk, clock: FixedClock) -> None:
    """Pressed “reached” by mistake: the role is not notified after all."""
    running = at_facts(desk)
    assert running.notified == {DA}
    clock.advance(5)
    running = desk.correct(running, place("call-now"), Called((Attempt(DA, 0, CallResult.NO_ANSWER),)))
    assert (running.notified, len(running.calls)) == (frozenset(), 1)
    assert running.walk.at == place("call-now")


def test_a_call_to_a_role_nobody_fills_is_kept_under_the_role(desk: Desk) -> None:
    """No name is made up."""
    assert desk.call(at_call(desk), Attempt("janitor", 0, CallResult.NO_ANSWER)).calls[0].name == "janitor"


# -- unfinished encounters ---------------------------------------------------------------------------------------------


class TickingClock(FixedClock):
    """A clock that never tells the same time twice, as no real one does."""

    def now(self) -> Any:
        """A thousandth of a second later each time."""
        self.advance(0.001)
        return super().now()


def lived(desk: Desk) -> list[Running]:
    """Every value of an encounter that has everything in it, in order."""
    running = at_call(desk)
    seen = [running]

    def then(moved: Running) -> Running:
        seen.append(moved)
        return moved

    running = then(desk.attempt(running, place("call-now"), Attempt(DA, 0, CallResult.NO_ANSWER)))
    running = then(desk.note(running, "white van"))
    running = then(desk.call(running, Attempt(SO, 0, CallResult.REACHED)))
    running = then(desk.attempt(running, place("call-now"), Attempt(DA, 1, CallResult.REACHED)))
    running = then(desk.answer(running, place("identify"), SAYS_AGENCY))
    running = then(desk.press(running, place("request"), "went-past"))
    running = then(desk.answer(running, place("past"), Confirmed()))
    running = then(desk.answer(running, place("request", 2), Ticked(("records", "papers"))))
    running = then(desk.correct(running, place("who"), Chosen("parent")))
    running = then(desk.correct(running, place("who"), Chosen("police")))
    running = then(desk.correct(running, place("call-now"), Called((Attempt(DA, 0, CallResult.NO_ANSWER),) * 1)))
    running = then(desk.resume(running))
    running = then(desk.attempt(running, place("call-now"), Attempt(DA, 1, CallResult.REACHED)))
    then(desk.press(running, place("papers"), "they-left"))
    return seen


def test_after_a_power_cut_the_very_same_encounter_goes_on(log: MemoryLog) -> None:
    """At every single step: path, place, answers, facts, calls with their times, notes."""
    clock = TickingClock()
    seen = lived(a_desk(log, clock))
    assert len(seen) > 10
    opened = log.kinds().index(EntryKind.ENCOUNTER_OPENED)
    every = log.kept
    for n, before in enumerate(seen):
        log.kept = every[: opened + 3 + n]
        assert a_desk(log, clock).unfinished() == UnfinishedRecords((before,))


def test_there_is_nothing_unfinished_in_an_empty_log_or_after_closing(desk: Desk) -> None:
    """Then the kiosk begins at its first screen."""
    assert desk.unfinished() == UnfinishedRecords()
    desk.close(at_outcome(desk))
    assert desk.unfinished() == UnfinishedRecords()


def test_all_unfinished_encounters_are_offered_the_newest_first(desk: Desk) -> None:
    """Each is its own, and each can be continued."""
    older, newest = desk.open(), desk.open()
    assert desk.unfinished() == UnfinishedRecords((newest, older))


def test_an_encounter_goes_on_with_the_protocol_it_was_begun_with(log: MemoryLog) -> None:
    """A new protocol came into force overnight; yesterday's encounter is not read by it."""
    before = at_call(a_desk(log))
    new = Pack(replace(a_protocol(), start="call-911"), "ab" * 32)
    old = {CONTENT_HASH: a_pack()}
    desk = Desk(log, FixedClock(), a_station(), new, pack_by_hash=old.get)
    assert desk.unfinished() == UnfinishedRecords((before,))
    assert desk.open().walk.at == place("call-911")


def test_when_that_protocol_is_gone_the_desk_says_so_and_can_still_begin_anew(log: MemoryLog) -> None:
    """One calm sentence with the record's number; no crash, no guess."""
    number = at_call(a_desk(log)).no
    desk = a_desk(log, pack=Pack(a_protocol(), "ab" * 32))
    left = desk.unfinished()
    assert left.records == ()
    assert isinstance(left.trouble, CannotResume)
    assert number in left.trouble.what
    assert left.trouble.repair
    assert desk.open().walk.at == place("danger")


# -- numbers, mode, settings -------------------------------------------------------------------------------------------


def test_records_are_numbered_by_year_and_never_twice(desk: Desk, clock: FixedClock, log: MemoryLog) -> None:
    """Also by another desk over the same log."""
    assert [desk.open().no, desk.open().no] == ["2026-0001", "2026-0002"]
    clock.advance(200 * 86_400)
    assert a_desk(log, clock).open().no == "2027-0003"


def test_practice_records_can_be_told_by_their_number(log: MemoryLog) -> None:
    """They must never be taken for live ones."""
    assert a_desk(log, mode="practice").open().no == "P-2026-0001"


def test_the_opening_says_where_by_what_and_with_which_choices(desk: Desk, log: MemoryLog) -> None:
    """Everything an export needs later, without the protocol's file."""
    desk.open()
    body = log.told()[0].body
    assert (body["school"], body["desk"], body["mode"]) == ("Lincoln Elementary School", "Front office", "live")
    assert body["settings"] == {"wait-place": "entrance"}
    assert body["people"] == {DA: 2, SO: 1}
    assert body["protocol"] == {"id": "sample", "version": "2026.1", "content_hash": CONTENT_HASH}


def test_a_setting_the_protocol_no_longer_has_falls_back_to_its_default(log: MemoryLog) -> None:
    """An old choice must not stop the desk."""
    station = replace(a_station(), settings={"wait-place": "on-the-moon", "colour": "red"})
    running = Desk(log, FixedClock(), station, a_pack(), pack_by_hash=lambda _: None).open()
    assert running.walk.situation.settings == {"wait-place": "entrance"}


# -- closing -----------------------------------------------------------------------------------------------------------


def test_closing_says_the_outcome_whom_it_refers_to_and_who_is_not_told_yet(desk: Desk, log: MemoryLog) -> None:
    """Open facts are part of the record."""
    closed = desk.close(desk.correct(at_outcome(desk), place("danger"), Chosen("no")))
    body = log.told()[-1].body
    assert closed.closed
    assert body == {"outcome": "left", "refer": SO, "notified": [], "not_notified": [SO], "superseded": []}


def test_closing_names_the_answers_that_stand_aside(desk: Desk, log: MemoryLog) -> None:
    """They are kept, and marked as not part of the way."""
    running = desk.correct(at_outcome(desk), place("who"), Chosen("parent"))
    desk.close(running)
    assert log.told()[-1].body["superseded"] == ["call-now", "identify"]


def test_closing_twice_closes_once(desk: Desk, log: MemoryLog) -> None:
    """The second Enter finds it closed."""
    closed = desk.close(at_outcome(desk))
    before = log.size()
    assert desk.close(closed) is closed
    assert log.size() == before


def test_a_closed_record_moves_no_more(desk: Desk, log: MemoryLog) -> None:
    """It can be added to, by a note or a call; its way is what it was."""
    closed = desk.close(at_outcome(desk))
    before = log.size()
    assert desk.press(closed, closed.walk.at, "start-over") is closed
    assert desk.correct(closed, place("who"), Chosen("parent")) is closed
    assert log.size() == before
    told = desk.call(closed, Attempt(SO, 0, CallResult.REACHED))
    assert (told.not_notified, log.size()) == ((), before + 1)


# -- the session ------------------------------------------------------------------------------------------------------


def test_a_session_says_whether_the_last_one_ended_in_order(log: MemoryLog) -> None:
    """None before, ended, or cut off by a power cut or crash."""
    for _ in range(2):
        a_desk(log).start_session()
        a_desk(log).end_session()
    a_desk(log).start_session()
    a_desk(log).open()
    a_desk(log).start_session()
    a_desk(log).start_session()
    befores = [e.body["before"] for e in log.told() if e.kind == EntryKind.SESSION_STARTED]
    assert befores == ["none", "ended", "ended", "unclean", "unclean"]


@pytest.mark.parametrize(("ended", "before"), [(True, "ended"), (False, "unclean"), (None, "none")])
def test_what_a_command_added_in_between_does_not_look_like_a_cut_off_session(
    log: MemoryLog, clock: FixedClock, ended: bool | None, before: str
) -> None:
    """An export between two sessions is no crash, and hides none."""
    if ended is not None:
        a_desk(log, clock).start_session()
    if ended:
        a_desk(log, clock).end_session()
    made = Entry(EntryKind.EXPORT_MADE, {"level": "full"}, actor=Actor.COMMAND)
    log.append([encode(made, origin=log.origin, seq=log.size(), event_id="e", at=clock.now())])
    a_desk(log, clock).start_session()
    assert log.told()[-1].body["before"] == before


# -- what is kept ------------------------------------------------------------------------------------------------------


def test_entries_name_their_encounter_step_and_pack_and_have_their_own_ids(desk: Desk, log: MemoryLog) -> None:
    """So that any of them can be read on its own."""
    running = desk.close(at_outcome(desk))
    told = log.told()
    assert {e.encounter_id for e in told} == {running.id}
    assert {e.pack for e in told} == {CONTENT_HASH}
    assert [e.step for e in told] == [None, "danger", "who", "call-now", "identify", None, None]
    assert len({e.event_id for e in told}) == len(told)
    assert [e.seq for e in told] == list(range(len(told)))


def test_no_typed_word_is_in_a_header(desk: Desk, log: MemoryLog) -> None:
    """Headers are permanent."""
    running = desk.note(desk.answer(at_facts(desk), place("identify"), SAYS_AGENCY), "white van")
    assert running.notes == ("white van",)
    assert not [e for e in log.kept if "Homeland" in e.header or "white van" in e.header]
    assert log.holds("Homeland Security")


def test_the_fake_log_fails_once_when_told_to(log: MemoryLog) -> None:
    """Check the assumptions of the tests above."""
    log.failing = StoreUnusable("Full.", "")
    with pytest.raises(KioskError):
        a_desk(log).open()
    a_desk(log).open()
    assert log.kinds() == [EntryKind.ENCOUNTER_OPENED]


def test_every_kind_of_reply_is_kept(desk: Desk, log: MemoryLog) -> None:
    """The encounter that the power-cut test cuts off everywhere has them all."""
    final = lived(desk)[-1]
    kinds: set[type[Reply]] = {type(reply) for reply in final.walk.replies.values()}
    assert len(kinds) == 6


# -- words with two meanings -------------------------------------------------------------------------------------------

ASYLUM = "came from Asylum"


def test_words_with_two_meanings_are_kept_with_the_one_that_staff_said(desk: Desk, log: MemoryLog) -> None:
    """A fact and a note; the record has both, and asks nobody about the same words again."""
    running, meant = at_facts(desk), {ASYLUM: Meaning.STREET}
    with pytest.raises(UnclearText):
        desk.note(running, ASYLUM)
    part = Recorded.of({"agency-as-stated": ASYLUM})
    running = desk.answer_in_part(running, place("identify"), part, meant)
    running = desk.note(running, ASYLUM)
    record = fold(entry for entry in log.told() if entry.encounter_id is not None)
    assert (record.meanings, [note.meaning for note in record.notes]) == ({"agency-as-stated": "street"}, ["street"])
    assert desk.unfinished().records[0].meant == running.meant == meant


def test_a_meaning_excuses_nothing_unmistakable(desk: Desk, log: MemoryLog) -> None:
    """Neither in the same sentence nor in other words."""
    running, before = desk.open(), log.size()
    for words in ("Asylum Avenue, he has no papers", f"{ASYLUM} 123-45-6789"):
        with pytest.raises(PrivateText):
            desk.note(running, words, {words: Meaning.STREET, ASYLUM: Meaning.STREET})
    assert log.size() == before
