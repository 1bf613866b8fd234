"""What is still to do for a closed record follows from its entries, and ends by later ones."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.record.canonical import Json
from kiosk.record.duties.open_tasks import OpenTasks, after, incomplete, tasks_of, with_completion
from kiosk.record.encounter_record import fold
from kiosk.record.endings import Ending, closing_body
from kiosk.record.entries import Actor, Entry, LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant

OFFICE, ADMINISTRATOR = "superintendent-office", "designated-administrator"
TWO = OpenTasks((OFFICE,), ("badge",))


def entries(
    *later: tuple[EntryKind, Mapping[str, Json]], closing: Mapping[str, Json] | None = None
) -> list[LoggedEntry]:
    """A record with a fact put off, closed with one office not notified, and what came after."""
    end = (
        {"outcome": "left", "notified": [ADMINISTRATOR], "not_notified": [OFFICE], "superseded": []}
        if closing is None
        else closing
    )
    told: list[tuple[EntryKind, Mapping[str, Json]]] = [
        (EntryKind.ENCOUNTER_OPENED, {"no": "2026-0001"}),
        (
            EntryKind.STEP_ANSWERED,
            {"visit": 1, "recorded": True, "field.badge": {"missing": "deferred"}, "field.agency": "FBI"},
        ),
        (EntryKind.ENCOUNTER_CLOSED, end),
        (EntryKind.RECORD_INCOMPLETE, {}),
        *later,
    ]
    return [
        LoggedEntry(n, f"e{n}", kind, "enc", None, "desk", None, Instant(n * 1_000_000, "b", n), body)
        for n, (kind, body) in enumerate(told)
    ]


def call(result: str, role: str = OFFICE) -> tuple[EntryKind, Mapping[str, Json]]:
    """A call made later."""
    return EntryKind.CALL_MADE, {"role": role, "person": 0, "result": result, "name": "The office"}


def filled(now: Json) -> tuple[EntryKind, Mapping[str, Json]]:
    """The fact that was put off, amended."""
    return EntryKind.AMENDMENT_ADDED, {
        "was.field.badge": {"missing": "deferred"},
        "field.badge": now,
        "reason": "r",
        "by": "AB",
    }


def test_calls_to_make_and_facts_put_off_stay_open_after_closing() -> None:
    """Whom the outcome names and nobody reached; what was left for later."""
    assert tasks_of(fold(entries())) == TWO


def test_nothing_is_open_before_the_closing_or_for_a_void_record() -> None:
    """An open record is done at the desk; a void one was none."""
    assert tasks_of(fold(entries()[:2])) == OpenTasks()
    assert tasks_of(fold(entries(closing=closing_body(Ending.VOID, "by-mistake")))) == OpenTasks()


def test_a_call_ends_its_duty_only_when_somebody_was_reached() -> None:
    """Tried in vain, it stays; reached or called back, it is done."""
    assert tasks_of(fold(entries(call("no-answer")))) == TWO
    assert tasks_of(fold(entries(call("reached", ADMINISTRATOR)))) == TWO
    for result in ("reached", "called-back"):
        assert tasks_of(fold(entries(call("no-answer"), call(result)))) == OpenTasks((), ("badge",))


def test_an_amendment_ends_a_fact_that_was_put_off() -> None:
    """By a value, or by why there is none; not by putting it off again."""
    assert tasks_of(fold(entries(filled("12")))) == OpenTasks((OFFICE,))
    assert tasks_of(fold(entries(filled({"missing": "refused"})))) == OpenTasks((OFFICE,))
    assert tasks_of(fold(entries(filled("12"), filled({"missing": "deferred"})))) == TWO


def test_the_entry_that_ends_the_last_duty_is_followed_by_one_that_says_so() -> None:
    """And no other entry is."""
    all_cited = Entry(EntryKind.CALL_MADE, call("reached")[1], "enc")
    written = Entry(EntryKind.AMENDMENT_ADDED, filled("12")[1], "enc", actor=Actor.COMMAND)
    assert with_completion(TWO, all_cited) == (all_cited,)
    assert after(TWO, all_cited) == OpenTasks((), ("badge",))
    last = with_completion(OpenTasks((), ("badge",)), written)
    assert [(entry.kind, entry.encounter_id, entry.actor) for entry in last] == [
        (EntryKind.AMENDMENT_ADDED, "enc", "command"),
        (EntryKind.RECORD_COMPLETED, "enc", "command"),
    ]
    assert with_completion(OpenTasks(), written) == (written,)
    assert with_completion(OpenTasks((OFFICE,)), Entry(EntryKind.NOTE_ADDED, {}, "enc")) == (
        Entry(EntryKind.NOTE_ADDED, {}, "enc"),
    )


def test_an_entry_ends_only_the_task_that_it_names() -> None:
    """Of several calls and facts, all others stay open."""
    open_ = OpenTasks((OFFICE, ADMINISTRATOR), ("badge", "card"))
    assert after(open_, Entry(*call("reached"))) == OpenTasks((ADMINISTRATOR,), ("badge", "card"))
    assert after(open_, Entry(*call("called-back", ADMINISTRATOR))) == OpenTasks((OFFICE,), ("badge", "card"))
    assert after(open_, Entry(*filled("12"))) == OpenTasks((OFFICE, ADMINISTRATOR), ("card",))
    assert after(open_, Entry(*filled({"missing": "refused"}))) == OpenTasks((OFFICE, ADMINISTRATOR), ("card",))


def test_an_entry_that_leaves_a_task_open_ends_none() -> None:
    """Nobody was reached; the fact was put off again; or a note was added or amended."""
    put_off: Json = {"missing": "deferred"}
    said: Mapping[str, Json] = {"was.text": "Two cars", "text": "Three cars"}
    for entry in (
        Entry(*call("no-answer")),
        Entry(*call("nobody")),
        Entry(*filled(put_off)),
        Entry(EntryKind.AMENDMENT_ADDED, said),
        Entry(EntryKind.AMENDMENT_ADDED, {"addition": "A third car"}),
        Entry(EntryKind.NOTE_ADDED, {"role": OFFICE, "result": "reached", "was.field.badge": put_off}),
    ):
        assert after(TWO, entry) == TWO
        assert with_completion(TWO, entry) == (entry,)


def test_the_entry_of_the_completion_has_no_values_and_the_same_protocol() -> None:
    """It only marks the record; so a search for its protocol finds it too."""
    written = Entry(*call("reached"), encounter_id="enc", pack="5e")
    completed = Entry(EntryKind.RECORD_COMPLETED, {}, "enc", pack="5e")
    assert with_completion(OpenTasks((OFFICE,)), written) == (written, completed)


def test_records_with_something_to_do_are_found_by_what_they_say() -> None:
    """One whose tasks ended without the entry that says so is not among them; one that does not read stops nothing."""
    kept = {"broken": entries()[1:], "done": entries(call("reached"), filled("12")), "open": entries()}
    found = incomplete(kept, kept.__getitem__)
    assert [(record.no, tasks) for record, tasks in found] == [("2026-0001", TWO)]
