"""Old records beside new ones: the same fact in the same column."""

from __future__ import annotations

from dataclasses import replace

from kiosk.record.amendments import Ref
from kiosk.record.encounter_record import EncounterRecord, LoggedCall, Passed, ProtocolUsed
from kiosk.record.id_migration import in_todays_ids
from kiosk.system.clock import FixedClock
from tests.reports.records import an_amendment

NOW = FixedClock().now()

OLD = EncounterRecord(
    id="e",
    no="2026-0001",
    school="S",
    desk="D",
    mode="live",
    protocol=ProtocolUsed("sample", "1", "00"),
    opened_at=NOW,
    outcome="done",
    fields={"badge-number": "7"},
    calls=(LoggedCall("main-office", "Dana Ruiz", NOW, "reached"),),
    path=(
        Passed("person", NOW, "federal", corrected=False),
        Passed("request", NOW, ["papers", "files"], corrected=False),
        Passed("note", NOW, {"badge-number": "7"}, corrected=False),
    ),
)

RENAMED = {
    ("steps", "person"): "who",
    ("steps", "who", "options", "federal"): "agent",
    ("steps", "request", "choose", "files"): "records",
    ("fields", "badge-number"): "badge",
    ("roles", "main-office"): "office",
    ("outcomes", "done"): "over",
}


def test_an_old_record_is_told_in_todays_ids() -> None:
    """Facts, outcome, calls, steps and answers are called as the protocol calls them now."""
    today = in_todays_ids(OLD, RENAMED)
    assert (today.outcome, today.fields, today.calls[0].role) == ("over", {"badge": "7"}, "office")
    assert [(p.step, p.answer) for p in today.path[:2]] == [("who", "agent"), ("request", ["papers", "records"])]


def test_a_channel_is_the_answer_of_its_step() -> None:
    """So old records are counted with the new ones."""
    renamed = RENAMED | {("steps", "channel", "options", "gate"): "door"}
    assert in_todays_ids(replace(OLD, channel="gate"), renamed).channel == "door"
    assert in_todays_ids(OLD, renamed).channel is None


def test_nothing_else_is_touched() -> None:
    """Who, when and what was said stay as they were."""
    today = in_todays_ids(OLD, RENAMED)
    same = replace(today, outcome=OLD.outcome, fields=OLD.fields, calls=OLD.calls, path=OLD.path)
    assert same == OLD
    assert in_todays_ids(OLD, {}) is OLD


def test_an_amendment_follows_its_fact_to_todays_id() -> None:
    """So it stands beside it in the sheet; an amended note stays what it is."""
    made = tuple(an_amendment(name, "7", "8") for name in ("field.badge-number", "text"))
    today = in_todays_ids(replace(OLD, places={"badge-number": Ref(1, "e1")}, amendments=made), RENAMED)
    assert [a.name for a in today.amendments] == ["field.badge", "text"]
    assert today.places == {"badge": Ref(1, "e1")}


def test_the_roles_that_are_still_to_call_have_todays_ids() -> None:
    """Else a sheet would list one role under two names."""
    today = in_todays_ids(replace(OLD, not_notified=("main-office", "nurse")), RENAMED)
    assert today.not_notified == ("office", "nurse")


def test_an_answer_is_renamed_only_at_its_own_step() -> None:
    """The same id at another step, and an answer that is no id, stay."""
    path = (
        Passed("elsewhere", NOW, "federal", corrected=False),
        Passed("elsewhere", NOW, ["files"], corrected=False),
        Passed("person", NOW, None, corrected=False),
        Passed("request", NOW, ["papers"], corrected=True, partial=True, ref=Ref(3, "e3")),
    )
    today = in_todays_ids(replace(OLD, path=path), RENAMED)
    assert today.path == (*path[:2], replace(path[2], step="who"), path[3])


def test_a_record_without_an_outcome_has_none_today() -> None:
    """It is still open, or was closed before an outcome."""
    assert in_todays_ids(replace(OLD, outcome=None), RENAMED).outcome is None
