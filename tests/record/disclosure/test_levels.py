"""Levels: what each copy may show of an entry is decided by a table, and what is not in it stays in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest

from kiosk.protocol.content_hash import content_of
from kiosk.protocol.disclosure_classes import ProtocolClasses
from kiosk.protocol.model import DisclosureClass
from kiosk.protocol.pack import read_pack
from kiosk.protocol.replies import (
    Attempt,
    Called,
    CallResult,
    Chosen,
    Confirmed,
    Missing,
    Place,
    Pressed,
    Recorded,
    Ticked,
)
from kiosk.record import bodies
from kiosk.record.canonical import Json
from kiosk.record.disclosure.levels import (
    LEVELS,
    TABLE,
    Classes,
    Level,
    Withheld,
    classes_in,
    is_included,
    names_of,
    redacted,
    shown_from,
    unclassed,
    why_not,
)
from kiosk.record.disclosure.typed_text import typed_in
from kiosk.record.encounter_record import fold
from kiosk.record.entries import Entry, LoggedEntry, decode, encode
from kiosk.record.entry_kinds import EntryKind, Kind, UnknownKind
from kiosk.record.pack_entries import kept_entry
from kiosk.system.clock import FixedClock
from tests.builders import classes_with
from tests.fakes import MemoryLog
from tests.homes import PACK
from tests.record.rows import encoded

FIELDS: Final = {"agency": DisclosureClass.PUBLIC, "badge": DisclosureClass.EXEMPT, "remark": DisclosureClass.STAFF}


classes: Final = classes_with(FIELDS, "kept")
"""What a log that keeps one protocol says."""


def kept(kind: Kind, body: Mapping[str, object], *, step: str | None = None, pack: str = "kept") -> LoggedEntry:
    """An entry as it is read back."""
    return LoggedEntry(7, "id", kind, "enc", step, "desk", pack, FixedClock().now(), body)


@pytest.mark.parametrize("kind", EntryKind)
def test_every_kind_of_entry_is_in_the_table(kind: EntryKind) -> None:
    """Whoever adds one decides who may see its values."""
    assert kind in TABLE


def test_a_value_without_a_place_in_the_table_is_found() -> None:
    """What `tests/conftest.py` asks of every entry that a test writes to a log on a disk."""
    assert not unclassed(EntryKind.ENCOUNTER_CLOSED, ["outcome"])
    assert not unclassed(EntryKind.AMENDMENT_ADDED, ["field.badge", "was.field.badge", "was.text", "reason"])
    assert unclassed(EntryKind.ENCOUNTER_CLOSED, ["outcome", "what-came-later"]) == ["what-came-later"]
    assert unclassed(UnknownKind("what.came-later"), ["outcome"]) == ["outcome"]


@pytest.mark.parametrize(
    "reply",
    [
        Chosen("door"),
        Ticked(("a",)),
        Recorded.of({"badge": "4711"}),
        Called((Attempt("office", 0, CallResult.REACHED),)),
        Confirmed(),
        Pressed("left"),
    ],
)
def test_every_value_of_every_reply_is_in_the_table(reply: Chosen) -> None:
    """Facts by their class, the rest by name."""
    for name in bodies.reply_body(Place("here", 1), reply):
        assert name in TABLE[EntryKind.STEP_ANSWERED] or name == "field.badge"


@pytest.mark.parametrize(
    ("name", "first"),
    [("agency", Level.PUBLIC), ("badge", Level.COUNSEL), ("remark", Level.FULL), ("nobody-knows", Level.FULL)],
)
def test_a_fact_is_shown_by_its_class(name: str, first: Level) -> None:
    """Also where an amendment says it, or says the earlier value. A field nobody classed is kept in."""
    entry = kept(EntryKind.STEP_ANSWERED, {f"field.{name}": "words"})
    assert shown_from(entry, f"field.{name}", classes) == first
    values = {f"field.{name}": "new", f"was.field.{name}": "old", f"meaning.field.{name}": "street"}
    amended = kept(EntryKind.AMENDMENT_ADDED, values)
    assert {shown_from(amended, value, classes) for value in amended.body} == {first}


def test_a_protocol_that_is_not_kept_classes_nothing() -> None:
    """Then every fact is kept in: today's protocol is never asked."""
    entry = kept(EntryKind.STEP_ANSWERED, {"field.agency": "words"}, pack="gone")
    assert shown_from(entry, "field.agency", classes) == Level.FULL


PARTS: Final = Classes(
    {
        "kept": ProtocolClasses(
            fields={"agency": DisclosureClass.PUBLIC},
            steps={"who": DisclosureClass.PUBLIC, "care": DisclosureClass.EXEMPT, "court": DisclosureClass.STAFF},
            outcomes={"gone": DisclosureClass.PUBLIC, "cared-for": DisclosureClass.EXEMPT},
            interrupts={"left": DisclosureClass.PUBLIC, "hurry": DisclosureClass.EXEMPT},
            answers={("who", "parent"): DisclosureClass.PUBLIC, ("who", "worker"): DisclosureClass.EXEMPT},
        )
    }.get
)
"""A protocol with parts of each class."""


@pytest.mark.parametrize(
    ("kind", "step", "first"),
    [
        (EntryKind.STEP_ANSWERED, "who", Level.STATISTICS),
        (EntryKind.STEP_ANSWERED, "care", Level.COUNSEL),
        (EntryKind.CALL_MADE, "care", Level.COUNSEL),
        (EntryKind.NOTE_ADDED, "court", Level.FULL),
        (EntryKind.CARD_SHOWN, "cared-for", Level.COUNSEL),  # at the screen of an outcome
        (EntryKind.CARD_SHOWN, "gone", Level.STATISTICS),
        (EntryKind.STEP_ANSWERED, "nobody-knows", Level.COUNSEL),
        (EntryKind.ENCOUNTER_CLOSED, None, Level.STATISTICS),
    ],
)
def test_a_copy_below_the_class_of_a_step_has_no_entry_of_it(kind: EntryKind, step: str | None, first: Level) -> None:
    """Not even its header, which names the step. A step that the protocol lacks may be of any class."""
    entry = kept(kind, {}, step=step)
    assert [level for level in Level if is_included(entry, level, PARTS)] == [one for one in Level if one >= first]


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ({"chosen": "parent"}, Level.PUBLIC),
        ({"chosen": "worker"}, Level.COUNSEL),
        ({"ticked": ["parent"]}, Level.PUBLIC),
        ({"ticked": ["parent", "worker"]}, Level.COUNSEL),
        ({"pressed": "left"}, Level.PUBLIC),
        ({"pressed": "hurry"}, Level.COUNSEL),
    ],
)
def test_an_answer_is_shown_by_its_class(body: Mapping[str, Json], first: Level) -> None:
    """Of several ticks, the narrowest counts."""
    ((name, _),) = body.items()
    assert shown_from(kept(EntryKind.STEP_ANSWERED, body, step="who"), name, PARTS) is first


CLOSED: Final = {"refer": "office", "notified": ["office"], "not_notified": [], "ending": "outcome"}


@pytest.mark.parametrize(
    ("outcome", "superseded", "shown"),
    [
        ("gone", ["who"], {"outcome", "refer", "notified", "not_notified", "ending", "superseded"}),
        ("gone", ["who", "care#2"], {"outcome", "refer", "notified", "not_notified", "ending"}),
        ("cared-for", ["who"], {"ending", "superseded"}),
        ("nobody-knows", [], {"ending", "superseded"}),
    ],
)
def test_a_public_copy_does_not_say_that_a_record_had_an_exempt_outcome(
    outcome: str, superseded: list[str], shown: set[str]
) -> None:
    """Neither by its name, nor by whom it refers to and notifies, nor by a step that was gone back from."""
    entry = kept(EntryKind.ENCOUNTER_CLOSED, {**CLOSED, "outcome": outcome, "superseded": superseded})
    assert redacted(entry, Level.PUBLIC, PARTS).body.keys() == shown
    statistics = redacted(entry, Level.STATISTICS, PARTS).body
    assert statistics.get("outcome") == (outcome if outcome == "gone" else None)


@pytest.mark.parametrize(("outcome", "shown"), [("gone", True), ("cared-for", False)])
def test_a_destroyed_record_keeps_the_class_of_its_outcome(outcome: str, *, shown: bool) -> None:
    """The entry of the destruction repeats it."""
    record = {"no": "2026-0001", "outcome": outcome, "protocol": {"content_hash": "kept"}}
    entry = kept(EntryKind.RECORD_DESTROYED, {"record": record})
    assert ("outcome" in redacted(entry, Level.PUBLIC, PARTS).body["record"]) is shown
    assert redacted(entry, Level.COUNSEL, PARTS).body["record"] == record


@pytest.mark.parametrize(
    ("cls", "first"),
    [
        (DisclosureClass.PUBLIC, Level.PUBLIC),
        (DisclosureClass.EXEMPT, Level.COUNSEL),
        (DisclosureClass.STAFF, Level.FULL),
    ],
)
def test_the_district_chooses_the_class_of_staff_names_and_of_holds(cls: DisclosureClass, first: Level) -> None:
    """Each alone; its reason and its matter are typed text, and stay for counsel."""
    names, holds = replace(PARTS, staff_names=cls), replace(PARTS, holds=cls)
    call = kept(EntryKind.CALL_MADE, {"name": "Dana Ruiz", "by": "Dana Ruiz", "staff": "DR"}, step="who")
    hold = kept(EntryKind.HOLD_PLACED, {"no": "2026-0001", "matter": "A matter", "reason": "A reason", "by": "D. Ruiz"})
    assert {shown_from(call, name, names) for name in call.body} == {first}
    assert {shown_from(call, name, holds) for name in call.body} == {Level.COUNSEL}
    assert [is_included(hold, level, holds) for level in Level] == [level >= first for level in Level]
    assert [is_included(hold, level, names) for level in Level] == [level >= Level.COUNSEL for level in Level]
    assert {shown_from(hold, name, holds) for name in ("matter", "reason")} == {Level.COUNSEL}


def test_names_are_typed_text_whatever_their_class() -> None:
    """So the guard checks them before they are stored."""
    assert dict(typed_in(EntryKind.CALL_MADE, {"name": "Dana Ruiz", "role": "office"})) == {"name": "Dana Ruiz"}


@pytest.mark.parametrize(
    ("kind", "name"),
    [(UnknownKind("what.came"), "later"), (EntryKind.ENCOUNTER_CLOSED, "new"), (EntryKind.AMENDMENT_ADDED, "was.new")],
)
def test_what_is_not_in_the_table_is_shown_in_full_copies_only(kind: Kind, name: str) -> None:
    """A newer version may have written it."""
    assert why_not(kept(kind, {name: "words"}), name, Level.COUNSEL, classes) is Withheld.STAFF
    assert why_not(kept(kind, {name: "words"}), name, Level.FULL, classes) is None


def test_how_they_came_counts_and_other_answers_do_not() -> None:
    """Statistics need the first and no more."""
    assert (
        shown_from(kept(EntryKind.STEP_ANSWERED, {"chosen": "door"}, step="channel"), "chosen", classes)
        == Level.STATISTICS
    )
    assert (
        shown_from(kept(EntryKind.STEP_ANSWERED, {"chosen": "yes"}, step="danger"), "chosen", classes) == Level.PUBLIC
    )


def test_the_levels_are_those_of_the_contract() -> None:
    """By name, the widest first."""
    assert list(LEVELS) == ["full", "counsel", "public", "statistics"]


def test_what_was_let_go_is_told_apart_from_what_is_withheld() -> None:
    """A copy that may show it says that it is gone; one that may not does not say even that."""
    entry = LoggedEntry(
        7, "id", EntryKind.NOTE_ADDED, "enc", None, "desk", "kept", FixedClock().now(), {}, withheld=("text",)
    )
    assert why_not(entry, "text", Level.FULL, classes) is Withheld.DESTROYED
    assert why_not(entry, "text", Level.PUBLIC, classes) is Withheld.EXEMPT


def test_a_record_reads_on_when_its_values_are_withheld() -> None:
    """Dates, steps, roles and the outcome are there; a note and a fact leave a mark, a name too."""
    told = [
        kept(
            EntryKind.ENCOUNTER_OPENED, {"no": "1", "school": "S", "desk": "D", "mode": "live", "protocol": {"id": "p"}}
        ),
        kept(
            EntryKind.STEP_ANSWERED, {"visit": 1, "field.badge": "4711", "field.agency": "An agency"}, step="identify"
        ),
        kept(
            EntryKind.CALL_MADE,
            {"role": "office", "person": 0, "result": "reached", "name": "Dana Ruiz"},
            step="identify",
        ),
        kept(EntryKind.NOTE_ADDED, {"text": "A red car"}, step="identify"),
        kept(
            EntryKind.ENCOUNTER_CLOSED,
            {"outcome": "handover", "refer": "office", "notified": [], "not_notified": [], "superseded": []},
        ),
    ]
    record = fold(redacted(one, Level.PUBLIC, classes) for one in told)
    assert record.fields == {"badge": Missing("withheld"), "agency": "An agency"}
    assert [(c.role, c.name, c.result) for c in record.calls] == [("office", "withheld", "reached")]
    assert [note.text for note in record.notes] == ["(withheld)"]
    assert (record.desk, record.outcome) == ("", "handover")
    assert "Ruiz" not in repr(record)
    assert fold(redacted(one, Level.FULL, classes) for one in told) == fold(told)


def test_a_header_holds_nothing_that_was_typed_or_anybodys_name() -> None:
    """Headers are in every copy, so nothing personal may be in them: only values' names and what `encode` adds."""
    body: dict[str, Json] = {
        "text": "A red car",
        "name": "Dana Ruiz",
        "field.badge": "4711",
        "slots": {"office": "860-555-0142"},
    }
    entry = Entry(EntryKind.NOTE_ADDED, body, "enc", step="identify", pack="5ea1")
    new = encode(entry, origin="o", seq=0, event_id="e", at=FixedClock().now())
    assert [words for words in ("red car", "Ruiz", "4711", "860") if words in new.header] == []
    assert decode(new).body == body


def test_the_classes_come_from_the_log_alone() -> None:
    """A log that keeps no protocol knows none."""
    assert classes_in(MemoryLog()).of_protocol("5ea1") is None


# -- one entry as a copy shows it --------------------------------------------------------------------------------------


def test_marks_are_in_the_order_of_the_values_that_they_replace() -> None:
    """So two copies of the same records have the same bytes, in whatever process they are made."""
    names = [f"field.remark-{n}" for n in range(9)]
    shown = redacted(
        kept(EntryKind.STEP_ANSWERED, dict.fromkeys(names, "words"), step="identify"), Level.PUBLIC, classes
    )
    assert [*shown.body] == names


def test_an_entry_that_a_level_shows_completely_is_the_same_entry() -> None:
    """Nothing is copied, and no value counts as withheld."""
    entry = kept(EntryKind.NOTE_ADDED, {"text": "A red car"})
    assert redacted(entry, Level.COUNSEL, classes) is entry


@pytest.mark.parametrize(
    ("kind", "name", "mark"),
    [
        (EntryKind.NOTE_ADDED, "text", "(withheld)"),
        (EntryKind.CALL_MADE, "name", "withheld"),
        (EntryKind.STEP_ANSWERED, "field.badge", {"missing": "withheld"}),
        (EntryKind.AMENDMENT_ADDED, "was.field.badge", {"missing": "withheld"}),
        (EntryKind.AMENDMENT_ADDED, "reason", None),
    ],
)
def test_a_mark_replaces_a_withheld_fact_note_or_name(kind: EntryKind, name: str, mark: object) -> None:
    """So the record still reads. A value without a mark is left out, and only such a value counts as withheld."""
    shown = redacted(kept(kind, {name: "words"}, step="identify"), Level.PUBLIC, classes)
    assert shown.body.get(name) == mark
    assert shown.withheld == (() if mark else (name,))


def test_values_withheld_before_stay_withheld() -> None:
    """With those that this level withholds too, sorted."""
    entry = replace(
        kept(EntryKind.ENCOUNTER_CLOSED, {"outcome": "left", "reason": "They left.", "by": "D. Ruiz"}),
        withheld=("ending",),
    )
    shown = redacted(entry, Level.PUBLIC, classes)
    assert (shown.body, shown.withheld) == ({"outcome": "left"}, ("by", "ending", "reason"))


OPENING: Final = {"no": "2026-0001", "mode": "live", "language": "en", "desk": "Dana Ruiz", "later": "value"}


@pytest.mark.parametrize(
    ("level", "names"),
    [
        (Level.STATISTICS, {"no", "mode"}),
        (Level.PUBLIC, {"no", "mode", "language"}),
        (Level.COUNSEL, {"no", "mode", "language", "desk", "later"}),
    ],
)
def test_a_destroyed_record_shows_what_its_opening_may_show(level: Level, names: set[str]) -> None:
    """The entry repeats the opening as one value; its parts keep their own levels below the level of the whole."""
    shown = redacted(kept(EntryKind.RECORD_DESTROYED, {"no": "2026-0001", "record": OPENING}), level, classes)
    assert shown.body["record"] == {name: value for name, value in OPENING.items() if name in names}
    assert shown.withheld == ()


def test_the_names_of_an_entry_are_those_it_was_recorded_with() -> None:
    """Present, withheld or encrypted, each once, in order."""
    entry = replace(
        kept(EntryKind.STEP_ANSWERED, {"visit": 1, "field.b": {"missing": "encrypted"}}),
        withheld=("field.a",),
        encrypted=("field.b",),
    )
    assert names_of(entry) == ["field.a", "field.b", "visit"]


@pytest.mark.parametrize(
    ("level", "why"),
    [
        (Level.STATISTICS, Withheld.EXEMPT),
        (Level.PUBLIC, Withheld.EXEMPT),
        (Level.COUNSEL, Withheld.ENCRYPTED),
        (Level.FULL, Withheld.ENCRYPTED),
    ],
)
def test_a_value_that_only_the_district_can_read_says_so_where_it_may_be_shown(level: Level, why: Withheld) -> None:
    """A narrower copy gives the reason of its level."""
    entry = replace(kept(EntryKind.STEP_ANSWERED, {}), encrypted=("field.badge",))
    assert why_not(entry, "field.badge", level, classes) is why


@pytest.mark.parametrize(
    ("name", "why"), [("agency", Withheld.COUNTS), ("badge", Withheld.EXEMPT), ("remark", Withheld.STAFF)]
)
def test_each_level_withholds_for_its_own_reason(name: str, why: Withheld) -> None:
    """The reason is that of the first level that shows the value."""
    entry = kept(EntryKind.STEP_ANSWERED, {f"field.{name}": "words"})
    assert why_not(entry, f"field.{name}", Level.STATISTICS, classes) is why


def test_the_classes_are_those_of_the_protocol_in_the_log() -> None:
    """Each protocol is read once."""
    files = {"protocol.yaml": PACK.replace("{label: {en: Agency}", "{label: {en: Agency}, class: public").encode()}
    protocol = read_pack(files).protocol
    assert protocol is not None
    content, content_hash = content_of(files)
    log = MemoryLog()
    log.append(encoded([kept_entry(protocol, content_hash, content)], log.origin))
    known = classes_in(log).of_protocol
    classed = known(content_hash)
    assert classed is not None
    assert classed.fields == {"agency-as-stated": DisclosureClass.PUBLIC, "badge": DisclosureClass.EXEMPT}
    log.kept.clear()
    assert known(content_hash) is classed
    assert classes_in(log).of_protocol(content_hash) is None


@pytest.mark.parametrize(
    "kind",
    [
        EntryKind.DUTIES_OWED,
        EntryKind.DUTY_ASSIGNED,
        EntryKind.DUTY_DONE,
        EntryKind.DUTY_EXCEPTED,
        EntryKind.DUTIES_SETTLED,
    ],
)
def test_entries_about_duties_have_the_class_of_their_outcome(kind: EntryKind) -> None:
    """Of a public outcome they are for counsel; of one for staff, in full copies only, header and all."""
    known = ProtocolClasses({}, {}, {"raid": DisclosureClass.STAFF}, {}, {})
    staff = replace(classes, of_protocol=lambda _: known)
    body = {name: "raid" if name == "outcome" else "words" for name in TABLE[kind]}
    public = {**body, "outcome": "handover"}
    levels = [level for level in Level if is_included(kept(kind, public), level, classes)]
    assert levels == [Level.COUNSEL, Level.FULL]
    assert [level for level in Level if is_included(kept(kind, body), level, staff)] == [Level.FULL]
    assert {shown_from(kept(kind, body), name, staff) for name in body} == {Level.FULL}
    assert not is_included(kept(kind, {}), Level.PUBLIC, classes)
