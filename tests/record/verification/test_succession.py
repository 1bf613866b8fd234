"""A log that replaced another: the logs it cites, the values it carries over, and whether it was acknowledged."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pytest

from kiosk.errors import ReplaceReason
from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Entry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.checkpoint_loss import CheckpointLoss, checkpoint_lost
from kiosk.record.verification.succession import (
    AT_DESK,
    CarriedOver,
    LogState,
    all_cited,
    carried_over,
    cited,
    cited_keys,
    cited_states,
    log_started,
    merge,
    numbered_before,
    start_entry,
    unacknowledged,
    unacknowledged_losses,
    waiting_in,
)
from tests.fakes import MemoryLog
from tests.record.rows import encoded

ROOT: Final = bytes(range(32))
PREVIOUS: Final = LogState("front-office-kiosk/previous", 12, ROOT)
PAST: Final = CarriedOver(7, {"small": ("2026.1", "a1" * 32)}, ("2026-0003", "2026-0007"))


def a_log(*entries: Entry) -> MemoryLog:
    """A log with these entries."""
    log = MemoryLog()
    log.append(encoded(entries, log.origin))
    return log


def started(past: CarriedOver = PAST, *, by: str = "restore") -> Entry:
    """The first entry of a log that replaced another."""
    return log_started(ReplaceReason.RESTORED, PREVIOUS, past, by=by)


def with_body(**values: Json) -> MemoryLog:
    """A log whose first entry has other values than `log_started` writes, as another version may write them."""
    return a_log(replace(started(), body={**started().body, **values}))


def altered(log: MemoryLog, seq: int = 0) -> MemoryLog:
    """The log with another leaf hash for one entry."""
    log.kept[seq] = replace(log.kept[seq], leaf=bytes(32))
    return log


def opened(encounter_id: str, number: str) -> Entry:
    """The first entry of an encounter."""
    return Entry(EntryKind.ENCOUNTER_OPENED, {"no": number}, encounter_id)


def closed(encounter_id: str) -> Entry:
    """The entry that closes an encounter."""
    return Entry(EntryKind.ENCOUNTER_CLOSED, {"outcome": "left"}, encounter_id)


def installed(pack: str, version: str, content_hash: str) -> Entry:
    """The entry about an installed version of a pack."""
    return Entry(EntryKind.PACK_ACTIVATED, {"id": pack, "version": version, "content_hash": content_hash})


# -- the first entry ---------------------------------------------------------------------------------------------------


def test_the_first_entry_has_every_value_that_the_new_log_needs() -> None:
    """Reason, cited logs, carried-over values and the decision maker, as the log stores them."""
    other = LogState("front-office-kiosk/previous", 15, bytes(32))
    entry = log_started(
        ReplaceReason.ROLLED_BACK, PREVIOUS, PAST, by=AT_DESK, other_states=[other, LogState()], keys=["a+1+x"]
    )
    assert (entry.kind, entry.actor, entry.encounter_id) == (EntryKind.LOG_STARTED, Actor.KIOSK, None)
    assert dict(decode(encoded([entry])[0]).body) == {
        "reason": "rolled-back",
        "before": {
            "origin": "front-office-kiosk/previous",
            "size": 12,
            "root": base64.b64encode(ROOT).decode(),
        },
        "other_states": [
            {"origin": "front-office-kiosk/previous", "size": 15, "root": base64.b64encode(bytes(32)).decode()},
            {"origin": None, "size": None, "root": None},
        ],
        "keys": ["a+1+x"],
        "numbered": 7,
        "packs": {"small": ["2026.1", "a1" * 32]},
        "unfinished": ["2026-0003", "2026-0007"],
        "by": "desk",
    }


def test_a_first_log_has_no_start_entry() -> None:
    """It replaced nothing: it cites no log, and its record numbers begin at one."""
    log = a_log(opened("one", "2026-0001"))
    assert start_entry(log) is None
    assert cited(start_entry(log)) == ()
    assert numbered_before(log) == 0
    assert unacknowledged(log) == ()


def test_the_start_entry_is_the_oldest_of_its_kind() -> None:
    """A later entry of that kind does not replace it."""
    log = a_log(started(), started(CarriedOver(99)))
    found = start_entry(log)
    assert found is not None
    assert (found.seq, numbered_before(log)) == (0, 7)


def test_an_altered_start_entry_counts_as_none() -> None:
    """The desk still opens; `kiosk log verify` reports the change."""
    log = altered(a_log(started(by=AT_DESK)))
    assert start_entry(log) is None
    assert numbered_before(log) == 0
    assert unacknowledged(log) == ()


@pytest.mark.parametrize("count", ["7", None, [7]])
def test_a_count_that_is_not_a_number_counts_as_none(count: Json) -> None:
    """Another version may write it so; a record number must still be given."""
    assert numbered_before(with_body(numbered=count)) == 0


def test_a_missing_count_counts_as_none() -> None:
    """A value of an entry can be missing from a damaged file."""
    body = {name: value for name, value in started().body.items() if name != "numbered"}
    assert numbered_before(a_log(replace(started(), body=body))) == 0


# -- cited logs --------------------------------------------------------------------------------------------------------


def test_a_log_cites_the_log_it_replaced_and_all_other_known_states() -> None:
    """In that order. A log whose ID could not be read is not cited."""
    others = [LogState("second", 1, ROOT), LogState(None, 2, ROOT), LogState("third")]
    entry = log_started(ReplaceReason.FORKED, LogState("first"), CarriedOver(), by="setup", other_states=others)
    assert cited(start_entry(a_log(entry))) == ("first", "second", "third")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"before": None}, ()),
        ({"before": "previous"}, ()),
        ({"before": {"size": 3}}, ()),
        ({"before": {"origin": ""}}, ()),
        ({"other_states": None}, ("front-office-kiosk/previous",)),
        ({"other_states": "second"}, ("front-office-kiosk/previous",)),
        ({"other_states": ["second", None, {"origin": "third"}]}, ("front-office-kiosk/previous", "third")),
    ],
)
def test_a_citation_of_another_form_is_left_out(values: Mapping[str, Json], expected: tuple[str, ...]) -> None:
    """A newer version may write it; nothing fails, and no part of it passes for a log ID."""
    assert cited(start_entry(with_body(**values))) == expected


def test_citations_are_followed_from_log_to_log() -> None:
    """Each is found once, also by two paths, and also when it is not here itself. Unrelated logs stay out."""
    cites = {"now": ["b", "c"], "b": ["a"], "c": ["a", "gone"], "other": ["elsewhere"]}
    assert all_cited("now", cites) == {"a", "b", "c", "gone"}
    assert all_cited("a", cites) == set()


def test_logs_that_cite_each_other_come_to_an_end() -> None:
    """Altered entries can form a circle; the log itself is not among the logs that it cites."""
    assert all_cited("a", {"a": ["b", "a"], "b": ["c"], "c": ["a", "b"]}) == {"b", "c"}


# -- carried-over values -----------------------------------------------------------------------------------------------


def test_a_log_carries_over_its_numbers_its_versions_and_its_unfinished_records() -> None:
    """Record numbers of previous logs count too; a closed record is not unfinished."""
    log = a_log(
        started(),
        installed("small", "2026.2", "b2" * 32),
        opened("one", "2026-0008"),
        opened("two", "2026-0009"),
        Entry(EntryKind.NOTE_ADDED, {"text": "A car."}, "two"),
        closed("one"),
        opened("three", "2026-0010"),
    )
    assert carried_over(log) == CarriedOver(10, {"small": ("2026.2", "b2" * 32)}, ("2026-0009", "2026-0010"))


def test_an_empty_log_carries_nothing_over() -> None:
    """The next log then begins like a first log."""
    assert carried_over(a_log()) == CarriedOver() == CarriedOver(0, {}, ())


def test_a_record_whose_first_entry_was_altered_has_no_number_to_carry_over() -> None:
    """It still counts as numbered, so its number is not given twice."""
    log = altered(a_log(opened("one", "2026-0001"), opened("two", "2026-0002")))
    assert carried_over(log) == CarriedOver(2, {}, ("2026-0002",))


def test_a_record_without_its_number_is_unfinished_all_the_same() -> None:
    """Its number can be missing from a damaged file; an administrator must still acknowledge the new log."""
    log = a_log(Entry(EntryKind.ENCOUNTER_OPENED, {"school": "Lincoln Elementary School"}, "one"))
    past = carried_over(log)
    assert past == CarriedOver(1, {}, ("",))
    assert unacknowledged(a_log(started(past))) != ()


def test_a_record_of_which_the_log_gives_no_entry_has_no_number_to_carry_over() -> None:
    """A damaged file may list an encounter and not find its entries."""

    class Damaged(MemoryLog):
        def entries(self, encounter_id: str | None = None) -> list[Any]:
            return []

    log = Damaged()
    log.append(encoded([opened("one", "2026-0001")], log.origin))
    assert carried_over(log) == CarriedOver(1)


@pytest.mark.parametrize(
    ("versions", "highest"),
    [
        (["2026.1", "2026.2"], "2026.2"),
        (["2026.2", "2026.1"], "2026.2"),
        (["2026.9", "2026.10"], "2026.10"),
        (["draft", "2026.1"], "2026.1"),
        (["2026.1", "draft"], "2026.1"),
        (["2026.1", "2026.1.0"], "2026.1"),
    ],
)
def test_only_the_highest_version_of_a_pack_is_carried_over(versions: list[str], highest: str) -> None:
    """By its numbers, whatever the order of installation; of two equal versions, the first."""
    log = a_log(*(installed("small", version, f"hash of {version}") for version in versions))
    assert carried_over(log).packs == {"small": (highest, f"hash of {highest}")}


def test_each_pack_has_its_own_highest_version() -> None:
    """Another pack's version is never compared with it."""
    log = a_log(
        installed("small", "2026.2", "s2"), installed("large", "2025.1", "l1"), installed("small", "2026.1", "s1")
    )
    assert carried_over(log).packs == {"small": ("2026.2", "s2"), "large": ("2025.1", "l1")}


def test_a_version_of_the_previous_log_stays_the_highest() -> None:
    """Else a lower version could be installed after a log was replaced."""
    assert carried_over(a_log(started(), installed("small", "2025.4", "old"))).packs == PAST.packs


def test_the_values_of_several_logs_become_one() -> None:
    """The largest count, as each counts its previous logs too; the highest versions; each unfinished record once."""
    one = CarriedOver(7, {"small": ("2026.1", "s1"), "large": ("2025.3", "l3")}, ("2026-0003", "2026-0007"))
    two = CarriedOver(9, {"small": ("2026.2", "s2"), "large": ("2025.1", "l1")}, ("2026-0007", "2026-0009"))
    both = {"small": ("2026.2", "s2"), "large": ("2025.3", "l3")}
    assert merge([one, two]) == CarriedOver(9, both, ("2026-0003", "2026-0007", "2026-0009"))
    assert merge(iter([two, one])) == CarriedOver(9, both, ("2026-0007", "2026-0009", "2026-0003"))


def test_no_logs_carry_nothing_over() -> None:
    """Where no previous log can be read, numbers begin at one."""
    assert merge([]) == CarriedOver()
    assert merge([PAST]) == PAST


# -- acknowledgment ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "unfinished", "waits"),
    [
        (AT_DESK, (), True),
        (AT_DESK, ("2026-0003",), True),
        ("restore", ("2026-0003",), True),
        ("restore", (), False),
        ("setup", (), False),
    ],
)
def test_an_administrator_acknowledges_what_no_administrator_decided_or_left_unfinished(
    by: str, unfinished: tuple[str, ...], waits: bool
) -> None:
    """A command that left no record unfinished was run by an administrator, who knows of it."""
    log = a_log(started(CarriedOver(7, {}, unfinished), by=by))
    assert bool(unacknowledged(log)) is waits


def test_the_entry_to_acknowledge_is_the_one_that_started_the_log() -> None:
    """So a reader can show its reason."""
    (found,) = unacknowledged(a_log(started(by=AT_DESK), opened("one", "2026-0008")))
    assert (found.seq, found.kind, found.body["by"]) == (0, EntryKind.LOG_STARTED, "desk")


def test_an_acknowledged_log_waits_no_longer() -> None:
    """One acknowledgment is enough."""
    log = a_log(started(by=AT_DESK), Entry(EntryKind.LOG_ACKNOWLEDGED))
    assert unacknowledged(log) == ()


def test_every_loss_of_the_remembered_checkpoint_waits_for_an_acknowledgement_of_its_own() -> None:
    """One that comes after an acknowledgement waits again, also in a first log."""
    lost = [checkpoint_lost(how) for how in CheckpointLoss]
    seen = Entry(EntryKind.LOG_ACKNOWLEDGED)
    for entries, waiting in (
        ([], []),
        (lost, [0, 1]),
        ([*lost, seen], []),
        ([lost[0], seen, lost[1]], [2]),
        ([started(by=AT_DESK), lost[0]], [0, 1]),
        ([started(by=AT_DESK), seen, lost[0]], [2]),
    ):
        log = a_log(*entries)
        assert [kept.seq for kept in unacknowledged(log)] == waiting
        losses = [seq for seq in waiting if entries[seq].kind == EntryKind.CHECKPOINT_LOST]
        assert [kept.seq for kept in unacknowledged_losses(log)] == losses
    assert [kept.body["how"] for kept in unacknowledged_losses(a_log(*lost))] == list(CheckpointLoss)


def test_an_altered_loss_waits_for_nobody() -> None:
    """The desk still opens; `kiosk log verify` reports the change."""
    assert unacknowledged(altered(a_log(checkpoint_lost(CheckpointLoss.MISSING)))) == ()


# -- what it cites -----------------------------------------------------------------------------------------------------


def test_a_log_cites_the_states_that_it_knows_whole() -> None:
    """A state without its size or its root can't be compared."""
    states = [LogState("another", 3, bytes(32)), LogState("a third"), LogState("a fourth", 2)]
    entry = log_started(ReplaceReason.ROLLED_BACK, PREVIOUS, PAST, by="setup", other_states=states)
    expected = (Checkpoint("front-office-kiosk/previous", 12, ROOT), Checkpoint("another", 3, bytes(32)))
    assert cited_states(start_entry(a_log(entry))) == expected
    assert cited_states(None) == ()


@pytest.mark.parametrize(
    "state",
    [None, "text", {}, {"origin": "a", "size": -1, "root": ""}, {"origin": "a", "size": 1, "root": "no base64"}],
)
def test_a_state_of_another_form_is_passed_over(state: Json) -> None:
    """Another version may write it."""
    assert cited_states(start_entry(with_body(before=state, other_states=[state]))) == ()


def test_a_log_cites_the_keys_that_the_kiosk_signed_with() -> None:
    """None in a log that replaced nothing, or that says something else in that place."""
    entry = log_started(ReplaceReason.RESTORED, PREVIOUS, PAST, by="restore", keys=["a+1+x", "b+2+y"])
    assert cited_keys(start_entry(a_log(entry))) == ("a+1+x", "b+2+y")
    assert (cited_keys(None), cited_keys(start_entry(with_body(keys="text")))) == ((), ())


def test_a_later_log_acknowledges_the_losses_of_the_logs_before_it() -> None:
    """Only the newest log's own start is asked for; that of an older one follows from the rest."""
    lost, seen = checkpoint_lost(CheckpointLoss.MISSING), Entry(EntryKind.LOG_ACKNOWLEDGED)
    first, started_by_desk = a_log(lost), started(by=AT_DESK)
    assert [kept.kind for kept in waiting_in([first, a_log(started_by_desk)])] == [
        EntryKind.CHECKPOINT_LOST,
        EntryKind.LOG_STARTED,
    ]
    assert waiting_in([first, a_log(started_by_desk, seen)]) == ()
    assert [kept.seq for kept in waiting_in([first, a_log(started_by_desk), a_log(started())])] == [0, 0]
    assert waiting_in([]) == ()
