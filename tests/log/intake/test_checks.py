"""The checks of commands' entries, whoever writes them: kinds, records, holds, and text that must not be stored."""

from __future__ import annotations

from contextlib import closing, nullcontext
from dataclasses import replace
from datetime import date

import pytest

from kiosk.app.bootstrap import append_entry
from kiosk.errors import Refused
from kiosk.log.archive import open_history
from kiosk.log.intake.checks import require_enterable
from kiosk.log.record_search import find_record
from kiosk.log.recorded_keys import KeyOwner, changed_key
from kiosk.log.retention_state import holds
from kiosk.privacy.guard import PrivateText
from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.holds import placing, releasing
from kiosk.record.retention.schedule import ALL, COOLING_OFF, Period, RetentionRule, set_rule
from kiosk.settings import Home
from kiosk.system.clock import FixedClock, SystemClock
from tests.homes import encounter, replaced

PRIVATE = "SSN 123-45-6789"
UNCLEAR = "they have no papers"
HASH = "a123456789" + "0" * 54
KEY = "so+a1234567+AbC="
ADDED = (EntryKind.AMENDMENT_ADDED, EntryKind.CALL_MADE, EntryKind.DISCLOSURE_REVIEWED)


@pytest.fixture
def home(home: Home) -> Home:
    """A home with a closed record in a previous log, and a closed and an open one in the current log."""
    clock = replaced(home)
    encounter(home, clock=clock)
    encounter(home, close=False, clock=clock)
    return home


def ids_of(home: Home) -> list[str]:
    """The records of all logs, oldest first."""
    with closing(open_history(home, "live")) as log:
        return list(log.encounter_ids(EntryKind.ENCOUNTER_OPENED))


def by_command(kind: EntryKind, body: dict[str, Json], encounter_id: str | None = None) -> Entry:
    """An entry as a command makes it."""
    return Entry(kind, body, encounter_id, actor=Actor.COMMAND)


def test_what_commands_write_may_be_entered(home: Home) -> None:
    """About the kiosk, and about a closed record of any log."""
    earlier, closed, _ = ids_of(home)
    export = by_command(EntryKind.EXPORT_MADE, {"format": "csv", "for": "A. Example"})
    contacts = by_command(EntryKind.CONTACTS_CHANGED, {"changed": [], "roles": {"office": HASH}})
    key = by_command(EntryKind.KEY_FIXED, {"before": "", "now": KEY})
    amended = [by_command(EntryKind.AMENDMENT_ADDED, {"addition": "A third car"}, one) for one in (earlier, closed)]
    require_enterable(home, "live", [export, contacts, key, *amended])
    review = by_command(EntryKind.DISCLOSURE_REVIEWED, {"no": "2026-0002", "reason": "A badge", "by": "Ms. Asylum"})
    require_enterable(home, "live", [replace(review, encounter_id=closed)])


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        (EntryKind.ENCOUNTER_CLOSED, True),
        (EntryKind.STEP_ANSWERED, True),
        (EntryKind.RECORD_DESTROYED, True),
        (EntryKind.DESTRUCTION_AUTHORIZED, False),
        (EntryKind.EXPORT_MADE, True),
        (EntryKind.CONTACTS_CHANGED, True),
        (EntryKind.CHECKPOINT_LOST, False),
        (EntryKind.KEY_REFUSED, False),
        (EntryKind.PACK_OVERDUE, False),
        (EntryKind.LOG_STARTED, False),
        (EntryKind.DISCLOSURE_REVIEWED, False),
        (EntryKind.SESSION_ENDED, False),
        (EntryKind.AMENDMENT_ADDED, False),
    ],
)
def test_other_kinds_are_refused_even_for_a_closed_record(home: Home, kind: EntryKind, *, named: bool) -> None:
    """Steps and closings are the desk's; a destruction needs the log alone; a kind names a record or does not."""
    with pytest.raises(Refused):
        require_enterable(home, "live", [by_command(kind, {}, ids_of(home)[1] if named else None)])


def test_the_name_that_the_kiosk_gives_a_backup_is_no_private_text(home: Home) -> None:
    """A log's ID can look like somebody's number; the place that a person chose is checked."""
    body: dict[str, Json] = {"to": "/media/stick/kiosk-backup-live-a1234567-20261130T203629034857Z", "size": 3}
    require_enterable(home, "live", [by_command(EntryKind.BACKUP_MADE, body)])
    with pytest.raises(PrivateText):
        require_enterable(home, "live", [by_command(EntryKind.BACKUP_MADE, {"to": "/media/A1234567/kiosk-backup"})])


def test_a_retention_period_must_have_its_cooling_off(home: Home) -> None:
    """Whatever program sends it."""
    today = SystemClock().now().local().date()
    for day, refused in ((today + COOLING_OFF, False), (today, True), (date(2020, 1, 1), True)):
        entry = set_rule(RetentionRule(ALL, Period(years=1), "A schedule", "A. Ruiz", day))
        with pytest.raises(Refused) if refused else nullcontext():
            require_enterable(home, "live", [entry])
    with pytest.raises(Refused):
        require_enterable(home, "live", [by_command(EntryKind.RETENTION_SET, {"category": ALL, "period": "1 year"})])


@pytest.mark.parametrize(
    ("kind", "name", "wrong"),
    [
        (EntryKind.CONTACT_TESTED, "result", "perhaps"),
        (EntryKind.CONTACT_TESTED, "number", "890-555-0242"),
        (EntryKind.CONTACT_TESTED, "on", "2999-01-01"),
        (EntryKind.CONTACT_TESTED, "on", "today"),
        (EntryKind.CONTACT_TESTED, "by", ""),
        (EntryKind.CALENDAR_CHANGED, "day", "Thanksgiving"),
        (EntryKind.CALENDAR_CHANGED, "now", "a student named Kim"),
        (EntryKind.CALENDAR_CHANGED, "was", 7),
    ],
)
def test_an_entry_about_contacts_has_only_the_values_that_it_may_have(
    home: Home, kind: EntryKind, name: str, wrong: Json
) -> None:
    """A public copy shows most of them, so none is free text."""
    bodies: dict[EntryKind, dict[str, Json]] = {
        EntryKind.CONTACT_TESTED: {
            "name": "Dana Ruiz",
            "number": HASH,
            "result": "reached",
            "on": "2026-01-30",
            "by": "A. Example",
        },
        EntryKind.CALENDAR_CHANGED: {"day": "2026-11-25", "was": "", "now": "08:00-12:00", "by": "A. Example"},
    }
    require_enterable(home, "live", [by_command(kind, bodies[kind])])
    with pytest.raises(Refused):
        require_enterable(home, "live", [by_command(kind, {**bodies[kind], name: wrong})])


@pytest.mark.parametrize("before", ["", KEY])
def test_a_records_officers_key_must_have_its_cooling_off(home: Home, before: str) -> None:
    """The first one and one in place of another."""
    today = SystemClock().now().local().date()
    for day, refused in ((today + COOLING_OFF, False), (today, True), (None, True)):
        with pytest.raises(Refused) if refused else nullcontext():
            require_enterable(home, "live", [changed_key(before, KEY, KeyOwner.RECORDS_OFFICER, day)])


def test_a_record_must_be_there_and_closed(home: Home) -> None:
    """An open one is changed at the desk; only a hold can be placed on it."""
    *_, unfinished = ids_of(home)
    require_enterable(home, "live", [placing(unfinished, "2026-0003", reason="A request", by="Dana Ruiz")])
    for encounter_id in (unfinished, "nobody's"):
        for kind in (*ADDED, EntryKind.RECORD_COMPLETED):
            with pytest.raises(Refused):
                require_enterable(home, "live", [by_command(kind, {}, encounter_id)])
    with pytest.raises(Refused):
        require_enterable(home, "live", [placing("nobody's", "2026-0009", reason="A request", by="Dana Ruiz")])


def closes(encounter_id: str, ending: str = "unfinished", reason: str = "Left open") -> Entry:
    """The entry that closes a record."""
    body: dict[str, Json] = {"ending": ending, "reason": reason, "by": "Dana Ruiz"}
    return by_command(EntryKind.ENCOUNTER_CLOSED, body, encounter_id)


def test_only_an_unfinished_record_can_be_closed_and_only_before_its_outcome(home: Home) -> None:
    """Together with the entry that something is still to do, which says nothing alone."""
    _, closed, unfinished = ids_of(home)
    incomplete = by_command(EntryKind.RECORD_INCOMPLETE, {}, unfinished)
    require_enterable(home, "live", [incomplete, closes(unfinished)])
    require_enterable(home, "live", [closes(unfinished, "void")])
    wrong = ([closes(closed)], [incomplete], [closes(unfinished, "outcome")], [closes("nobody's")])
    for entries in (*wrong, [replace(incomplete, encounter_id=closed), closes(unfinished)]):
        with pytest.raises(Refused):
            require_enterable(home, "live", entries)
    with pytest.raises(PrivateText):
        require_enterable(home, "live", [closes(unfinished, reason=PRIVATE)])


@pytest.mark.parametrize(
    "body",
    [
        {"addition": PRIVATE},
        {"field.badge": PRIVATE},
        {"text": PRIVATE},
        {"reason": PRIVATE},
        {"by": PRIVATE},
        {"made-up": PRIVATE},
        {"field.badge": {"missing": PRIVATE}},
        {"addition": ["A third car", [PRIVATE]]},
        {"addition": UNCLEAR},
        {"was.text": PRIVATE, "text": "A third car"},
        {"now": PRIVATE},
        {PRIVATE: "A third car"},
        {"addition": PRIVATE, "meaning.addition": "street"},
        {"addition": UNCLEAR, "meaning.addition": "street"},
        {"addition": UNCLEAR, "meaning.reason": "visitors"},
        {"addition": UNCLEAR, "meaning.addition": PRIVATE},
        {"addition": f"{UNCLEAR}, his mother is undocumented", "meaning.addition": "visitors"},
        {"addition": "A third car", "meaning.addition": PRIVATE},
    ],
)
def test_text_that_must_not_be_stored_is_refused_wherever_it_is(home: Home, body: dict[str, Json]) -> None:
    """In a value of any name, and in a name."""
    with pytest.raises(PrivateText):
        require_enterable(home, "live", [by_command(EntryKind.AMENDMENT_ADDED, body, ids_of(home)[1])])


def test_a_text_with_two_meanings_is_entered_with_the_one_that_was_said(home: Home) -> None:
    """The meaning is one that settles this doubt, and stands next to the text."""
    body: dict[str, Json] = {"addition": UNCLEAR, "meaning.addition": "visitors"}
    require_enterable(home, "live", [by_command(EntryKind.AMENDMENT_ADDED, body, ids_of(home)[1])])


def test_hashes_keys_and_names_are_no_private_text(home: Home) -> None:
    """A hash can hold the digits of an A-number, and a person or a folder the name of a street."""
    withheld: Json = [{"no": "2026-0001", "value": "badge", "ground": "A law", "by": "Ms. Asylum"}]
    body: dict[str, Json] = {"manifest": "a1234567b", "for": "Ms. Asylum", "path": "/srv/asylum/a.csv"}
    require_enterable(home, "live", [by_command(EntryKind.EXPORT_MADE, body | {"withheld": withheld})])


def test_an_original_value_may_repeat_what_the_record_has(home: Home) -> None:
    """Text that a stricter check would refuse today can still be corrected; of another record it is refused."""
    earlier, closed, _ = ids_of(home)
    append_entry(home, "live", FixedClock(), by_command(EntryKind.AMENDMENT_ADDED, {"addition": PRIVATE}, closed))
    body: dict[str, Json] = {"was.text": PRIVATE, "text": "A third car"}
    require_enterable(home, "live", [by_command(EntryKind.AMENDMENT_ADDED, body, closed)])
    with pytest.raises(PrivateText):
        require_enterable(home, "live", [by_command(EntryKind.AMENDMENT_ADDED, body, earlier)])


@pytest.mark.parametrize("ground", [PRIVATE, UNCLEAR])
def test_a_text_about_the_kiosk_is_checked_too(home: Home, ground: str) -> None:
    """Also an original value, of which no record could have the text."""
    bodies: list[dict[str, Json]] = [{"withheld": [{"ground": ground}]}, {"was.for": ground}]
    for body in bodies:
        with pytest.raises(PrivateText):
            require_enterable(home, "live", [by_command(EntryKind.EXPORT_MADE, body)])


def test_only_a_hold_in_force_on_that_record_is_released(home: Home) -> None:
    """Not one of another record, not one that was released, and not a made-up one."""
    earlier, closed, _ = ids_of(home)
    append_entry(home, "live", FixedClock(), placing(earlier, "2026-0001", reason="A request", by="Dana Ruiz"))
    (hold,) = holds(home, "live")
    release = releasing(hold, reason="It is over", by="Dana Ruiz")
    require_enterable(home, "live", [release])
    for wrong in (
        by_command(EntryKind.HOLD_RELEASED, dict(release.body), closed),
        by_command(EntryKind.HOLD_RELEASED, {"hold": "made-up"}, earlier),
        by_command(EntryKind.HOLD_RELEASED, {}, earlier),
    ):
        with pytest.raises(Refused):
            require_enterable(home, "live", [wrong])
    append_entry(home, "live", FixedClock(), release)
    with pytest.raises(Refused):
        require_enterable(home, "live", [release])


def owing(home: Home) -> str:
    """The id of a closed record with a duty."""
    closed = ids_of(home)[1]
    duties: Json = [{"id": "papers", "owner": "office", "due": "2026-09-14T23:59:59-04:00"}]
    owed = Entry(EntryKind.DUTIES_OWED, {"no": "2026-0002", "outcome": "handover", "duties": duties}, closed)
    append_entry(home, "live", FixedClock(), owed)
    return closed


def test_only_a_duty_of_the_record_can_be_done(home: Home) -> None:
    """A record without duties has none to enter."""
    closed = owing(home)
    body: dict[str, Json] = {
        "no": "2026-0002",
        "outcome": "handover",
        "duty": "papers",
        "on": "2026-09-14",
        "by": "A. Ruiz",
    }
    settled = by_command(EntryKind.DUTIES_SETTLED, {}, closed)
    require_enterable(home, "live", [by_command(EntryKind.DUTY_DONE, body, closed), settled])
    earlier, *_ = ids_of(home)
    wrong: list[tuple[dict[str, Json], str]] = [
        ({**body, "duty": "camera"}, closed),
        ({}, closed),
        (body, earlier),
        ({**body, "duty": ["papers"]}, closed),
    ]
    for values, encounter_id in wrong:
        with pytest.raises(Refused):
            require_enterable(home, "live", [by_command(EntryKind.DUTY_DONE, values, encounter_id)])


def test_only_one_entry_says_that_no_duty_is_open(home: Home) -> None:
    """That of the last duty. Such entries are counted, to know when all are found."""
    closed = owing(home)
    settled = by_command(EntryKind.DUTIES_SETTLED, {"no": "2026-0002", "outcome": "handover"}, closed)
    done = by_command(EntryKind.DUTY_DONE, {"duty": "papers", "on": "2026-09-14", "by": "A. Ruiz"}, closed)
    require_enterable(home, "live", [done, settled])
    for wrong in ([settled], [done]):
        with pytest.raises(Refused):
            require_enterable(home, "live", wrong)
    append_entry(home, "live", FixedClock(), done, settled)
    require_enterable(home, "live", [done])
    with pytest.raises(Refused):
        require_enterable(home, "live", [done, settled])


def test_a_record_is_complete_when_an_entry_says_so(home: Home) -> None:
    """With the last open task and not before, and not for a record that had none: it is found by that entry."""
    no = encounter(home)
    with closing(open_history(home, "live")) as log:
        complete = find_record(log, no).id
    completed = by_command(EntryKind.RECORD_COMPLETED, {}, complete)
    call = by_command(EntryKind.CALL_MADE, {"role": "office", "result": "reached", "by": "A. Ruiz"}, complete)
    require_enterable(home, "live", [call])
    for wrong in ([completed], [call, completed]):
        with pytest.raises(Refused):
            require_enterable(home, "live", wrong)
