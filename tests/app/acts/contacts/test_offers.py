"""The acts on contacts and calendar: asked question by question, previewed, saved with an entry, and taken back."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.app.acts.contacts.offers import contact_offers
from kiosk.app.acts.entering import Acts
from kiosk.app.review import LogReview
from kiosk.desk.number_tests import newest_tests_of
from kiosk.errors import KioskError, Refused, StoreUnusable, UsageError
from kiosk.presentation.acts import Done, Group, Preview, Question
from kiosk.privacy.guard import PrivateText
from kiosk.protocol.site.contacts import Contact, read_contacts
from kiosk.record.contacts.entries import NumberResult, number_of
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.roles import Right
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from tests.desk.test_contact_changes import session
from tests.homes import CONTACTS
from tests.keeping import said
from tests.running import running_kiosk
from tests.typed import Stage, Typed

pytestmark = pytest.mark.stage(Stage.APPROVED)

TWO = CONTACTS.replace("  office:\n", "  office:   # first is called first\n") + (
    '    - {name: Sam Sample, phone: 890-555-0247, hours: "Mon-Fri 07:30-16:00"}\n'
)
BY = {"by": "Rosa Kern"}
TODAY = SystemClock().now().local().date()
LEAVE = TODAY + timedelta(days=3), TODAY + timedelta(days=5)


@pytest.fixture
def live(typed: Typed, home: Home) -> Home:
    """A live home with two people in its role, whose contacts the log has."""
    home.contacts_file.write_text(TWO, encoding="utf-8")
    session(home)
    return home


def asked(home: Home, name: str, answers: Mapping[str, str], language: str = "en", by: str = "") -> Question | Preview:
    """The next question of an act, or its preview."""
    offers = contact_offers(Acts(home, "live", SystemClock(), language, by))
    return next(one for one in offers if one.id == f"contacts.{name}").next(answers)


def previewed(home: Home, name: str, answers: Mapping[str, str]) -> Preview:
    """The preview of an act whose questions are all answered."""
    found = asked(home, name, {**answers, **BY})
    assert isinstance(found, Preview), found
    return found


def questions(home: Home, name: str, answers: Mapping[str, str]) -> list[str]:
    """The questions of an act, in order, each answered as given."""
    ids, known = [], dict[str, str]()
    while isinstance(found := asked(home, name, known), Question):
        ids.append(found.id)
        known[found.id] = {**answers, **BY}[found.id]
    assert known == {**answers, **BY}
    return ids


def do(preview: Preview) -> Done:
    """Do what was previewed."""
    return preview.do(lambda _done, _all: None)


def people(home: Home) -> tuple[Contact, ...]:
    """The people of the home's role, in order."""
    contacts = read_contacts(home.contacts_file.read_bytes(), "f").contacts
    assert contacts is not None
    return contacts.roles["office"]


CHANGE = {"role": "office", "person": "0", "what": "phone", "phone": "890-555-0299"}
ADD = {
    "role": "office",
    "name": "Lee Sample",
    "phone": "890-555-0251",
    "extension": "",
    "hours": "Mon-Fri 8:00 AM-4:00 PM",
    "title": "Clerk",
    "place": "1",
}
AWAY = {"name-of": "Dana Sample", "first": str(LEAVE[0]), "last": str(LEAVE[1])}
TESTED = {"result": "reached", "on": str(TODAY)}
DAY = {"day": str(LEAVE[0]), "state": "short", "times": "8:00 AM-12:00 PM"}


def test_the_acts_are_offered_with_their_right_and_in_their_list(live: Home, tmp_path: Path) -> None:
    """Not for a log that somebody brought, and not in PRACTICE, which has the contacts of the live desk."""
    offers = LogReview(live, "live", SystemClock()).offers()
    assert [one.id for one in offers if one.group is Group.CONTACTS] == [
        f"contacts.{name}" for name in ("change", "add", "away", "remove", "tested", "day", "undo")
    ]
    assert {one.right for one in offers if one.group is Group.CONTACTS} == {Right.CONTACTS}
    for review in (LogReview(live, "live", SystemClock(), tmp_path / "x"), LogReview(live, "practice", SystemClock())):
        assert [one for one in review.offers() if one.group is Group.CONTACTS] == []


@pytest.mark.parametrize(
    ("name", "answers"), [("change", CHANGE), ("add", ADD), ("away", AWAY), ("remove", {"name-of": "Sam Sample"})]
)
def test_each_act_asks_one_thing_at_a_time_and_last_who_does_it(
    live: Home, name: str, answers: Mapping[str, str]
) -> None:
    """Nothing is saved before the preview is confirmed."""
    before = live.contacts_file.read_bytes()
    assert questions(live, name, answers) == [*answers, "by"]
    assert live.contacts_file.read_bytes() == before
    assert isinstance(asked(live, name, answers, by="Rosa Kern"), Preview)


def test_a_choice_shows_the_person_with_number_and_hours(live: Home) -> None:
    """As they are now, in the language of the screen."""
    found = asked(live, "change", {"role": "office"})
    assert isinstance(found, Question)
    dana = "Dana Sample · 890-555-0242  ext 214 · Mon-Fri 7:30 AM-3:30 PM"
    assert [one.label for one in found.choices] == [dana, "Sam Sample · 890-555-0247 · Mon-Fri 7:30 AM-4:00 PM"]
    spanish = asked(live, "change", {"role": "office"}, "es")
    assert isinstance(spanish, Question)
    assert "lun-vie" in spanish.choices[0].label


def test_a_changed_number_is_previewed_saved_and_entered(live: Home) -> None:
    """The comments of the file stay; the entry has who did it, and no number."""
    preview = previewed(live, "change", CHANGE)
    assert preview.lines[0] == "The office: Dana Sample. Telephone: 890-555-0242 → 890-555-0299"
    assert preview.lines[1] == "CALLED: The office"
    assert do(preview).lines == ["The next record at the desk uses it."]
    assert live.contacts_file.read_text(encoding="utf-8") == TWO.replace("890-555-0242", "890-555-0299")
    entry = said(live, EntryKind.CONTACTS_CHANGED)[-1]
    assert (entry.body["by"], entry.body["changed"], "0299" in str(entry.body)) == ("Rosa Kern", ["office"], False)


def test_the_running_kiosk_enters_the_change(live: Home) -> None:
    """At once, so that its next record has the new number."""
    with running_kiosk(live) as kiosk:
        do(previewed(live, "change", CHANGE))
        assert kiosk.entered == [0]


@pytest.mark.parametrize(
    ("what", "words", "refused"),
    [
        ("phone", "890-555-02", "can't be dialed"),
        ("phone", "890-555-024", "can't be dialed"),
        ("phone", "860-555-0142", "made-up"),
        ("extension", "two", "extension"),
        ("hours", "Mon-Fri 8:00-4:30", "would end at night"),
        ("url", "http://example.org", "referral card"),
        ("phone", "890-555-0242", "Nothing would change"),
    ],
)
def test_a_value_is_checked_when_it_is_given(live: Home, what: str, words: str, refused: str) -> None:
    """The error names what is wrong and the repair, and nothing is saved."""
    with pytest.raises(UsageError) as told:
        asked(live, "change", {"role": "office", "person": "0", "what": what, what: words})
    assert refused in str(told.value)
    assert told.value.repair
    assert live.contacts_file.read_text(encoding="utf-8") == TWO


def test_private_text_is_refused(live: Home) -> None:
    """In a name, in which nobody looks for it."""
    with pytest.raises(PrivateText):
        asked(live, "add", {"role": "office", "name": "Dana Ruiz 123-45-6789"})


def test_the_order_of_calls_changes(live: Home) -> None:
    """The preview has both orders."""
    preview = previewed(live, "change", {"role": "office", "person": "1", "what": "order", "order": "0"})
    assert preview.lines[0] == "The office: Dana Sample, Sam Sample → Sam Sample, Dana Sample"
    do(preview)
    assert [one.name for one in people(live)] == ["Sam Sample", "Dana Sample"]


def test_a_person_is_added_between_others(live: Home) -> None:
    """With the values that were typed."""
    preview = previewed(live, "add", ADD)
    assert preview.lines[0] == "The office: Lee Sample, 890-555-0251, is new."
    do(preview)
    lee = Contact("Lee Sample", "Clerk", "890-555-0251", hours="Mon-Fri 8:00 AM-4:00 PM")
    assert [one.name for one in people(live)] == ["Dana Sample", "Lee Sample", "Sam Sample"]
    assert people(live)[1] == lee
    with pytest.raises(Refused):
        asked(live, "add", {"role": "office", "name": "lee sample"})


def test_who_is_away_is_called_last_until_the_last_day(live: Home) -> None:
    """The preview begins on the first day away, and shows the day of the return."""
    preview = previewed(live, "away", AWAY)
    assert f"{LEAVE[0]} to {LEAVE[1]}" in preview.lines[0]
    assert any(str(LEAVE[0]) in line and "Dana" not in line for line in preview.lines[3:])
    do(preview)
    dana, _ = people(live)
    assert (dana.away, dana.available_at(SystemClock().now().local() + timedelta(days=4))) == (
        f"{LEAVE[0]} to {LEAVE[1]}",
        False,
    )
    answers = {"name-of": "Dana Sample", "absence": "back"}
    assert questions(live, "away", answers) == ["name-of", "absence", "by"]
    do(previewed(live, "away", answers))
    assert people(live)[0].away == ""


@pytest.mark.parametrize(
    "answers",
    [{**AWAY, "first": "soon"}, {**AWAY, "last": str(TODAY)}, {**AWAY, "first": "2026-01-01", "last": "2026-01-02"}],
)
def test_an_absence_of_other_days_is_refused(live: Home, answers: Mapping[str, str]) -> None:
    """Words, an end before the start, and days that are over."""
    with pytest.raises(UsageError):
        asked(live, "away", answers)


def test_a_person_who_leaves_is_removed_but_not_the_last_one(live: Home) -> None:
    """The successor comes first."""
    preview = previewed(live, "remove", {"name-of": "Dana Sample"})
    assert preview.lines[0] == "The office: Dana Sample leaves."
    do(preview)
    assert [one.name for one in people(live)] == ["Sam Sample"]
    with pytest.raises(Refused) as told:
        asked(live, "remove", {"name-of": "Sam Sample"})
    assert told.value.repair == "Add the successor first."


def test_a_test_call_is_entered_and_shown(live: Home) -> None:
    """With its day; the number itself is not in the log."""
    found = asked(live, "tested", {})
    assert isinstance(found, Question)
    assert [one.label.endswith("no test call entered") for one in found.choices] == [True, True]
    key = found.choices[0].id
    assert questions(live, "tested", {"number": key, **TESTED}) == ["number", "result", "on", "by"]
    do(previewed(live, "tested", {"number": key, **TESTED}))
    test = newest_tests_of(live)[number_of(people(live)[0])]
    assert (test.name, test.result, test.on, test.by) == ("Dana Sample", NumberResult.REACHED, TODAY, "Rosa Kern")
    again = asked(live, "tested", {})
    assert isinstance(again, Question)
    assert again.choices[0].label.endswith(f"last test call {TODAY}")
    with pytest.raises(UsageError):
        asked(live, "tested", {"number": key, "result": "reached", "on": str(TODAY + timedelta(days=1))})


def test_a_short_day_is_entered_and_taken_back(live: Home) -> None:
    """In the district's settings; the preview says who is there then."""
    assert questions(live, "day", DAY) == ["day", "state", "times", "by"]
    preview = previewed(live, "day", DAY)
    assert preview.lines[0] == f"{LEAVE[0]}: As usual → 08:00-12:00"
    assert preview.lines[1].startswith("The office: ")
    do(preview)
    assert f'{{day: {LEAVE[0]}, open: "08:00-12:00"}}' in live.district_file.read_text(encoding="utf-8")
    body = said(live, EntryKind.CALENDAR_CHANGED)[-1].body
    assert body == {"day": str(LEAVE[0]), "was": "", "now": "08:00-12:00", "by": "Rosa Kern"}
    closed = previewed(live, "day", {"day": str(LEAVE[0]), "state": "closed"})
    assert closed.lines == [
        f"{LEAVE[0]}: 08:00-12:00 → Closed",
        "The office: nobody is there; Dana Sample is called first",
    ]
    do(previewed(live, "day", {"day": str(LEAVE[0]), "state": "usual"}))
    assert str(LEAVE[0]) not in live.district_file.read_text(encoding="utf-8")


@pytest.mark.parametrize("times", ["morning", "12:00-08:00", "08:00-10:00, 11:00-12:00"])
def test_other_times_of_a_short_day_are_refused(live: Home, times: str) -> None:
    """One span within the day."""
    with pytest.raises(UsageError):
        asked(live, "day", {**DAY, "times": times})


def test_the_newest_change_is_undone_and_done_again(live: Home) -> None:
    """Both are entries, and the file is the old one, byte for byte."""
    do(previewed(live, "change", CHANGE))
    changed = live.contacts_file.read_bytes()
    preview = previewed(live, "undo", {})
    assert preview.lines[0] == "The office: Dana Sample. Telephone: 890-555-0299 → 890-555-0242"
    do(preview)
    assert live.contacts_file.read_text(encoding="utf-8") == TWO
    do(previewed(live, "undo", {}))
    assert live.contacts_file.read_bytes() == changed
    assert [one.body["by"] for one in said(live, EntryKind.CONTACTS_CHANGED)[1:]] == ["Rosa Kern"] * 3


def test_nothing_but_what_the_log_recorded_is_undone(live: Home) -> None:
    """Without an earlier file, with another one, and after a change by hand."""
    with pytest.raises(Refused):
        asked(live, "undo", {})
    do(previewed(live, "change", CHANGE))
    kept, now = live.previous_contacts_file.read_bytes(), live.contacts_file.read_bytes()
    live.previous_contacts_file.write_bytes(kept.replace(b"0242", b"0666"))
    with pytest.raises(Refused):
        asked(live, "undo", {})
    live.previous_contacts_file.write_bytes(kept)
    live.contacts_file.write_bytes(now.replace(b"0247", b"0666"))
    with pytest.raises(Refused):
        asked(live, "undo", {})
    live.contacts_file.write_bytes(now)
    assert isinstance(asked(live, "undo", BY), Preview)


def test_what_was_changed_by_hand_before_is_in_the_preview_too(live: Home) -> None:
    """The entry has it with the person's name, so the person reads of it first."""
    assert [one for one in previewed(live, "change", CHANGE).lines if "by hand" in one] == []
    live.contacts_file.write_bytes(live.contacts_file.read_bytes().replace(b"0247", b"0248"))
    preview = previewed(live, "change", CHANGE)
    assert preview.lines[0] == (
        "The office: changed by hand since the log has the contacts. "
        "Look at each number: this is entered with your change."
    )
    do(preview)
    assert [
        one for one in previewed(live, "change", CHANGE | {"phone": "890-555-0298"}).lines if "by hand" in one
    ] == []


def test_a_change_of_other_contacts_than_were_shown_is_refused(live: Home) -> None:
    """Two people at once: the second looks again."""
    first, second = previewed(live, "change", CHANGE), previewed(live, "remove", {"name-of": "Dana Sample"})
    day, other = previewed(live, "day", DAY), previewed(live, "day", {"day": str(TODAY), "state": "closed"})
    do(first)
    do(other)
    for late in (second, day):
        with pytest.raises(Refused, match="meanwhile"):
            do(late)
    assert [one.name for one in people(live)] == ["Dana Sample", "Sam Sample"]


def test_a_log_that_can_not_be_written_does_not_stop_a_new_number(live: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so; the kiosk records the change when it opens."""
    preview, day = previewed(live, "change", CHANGE), previewed(live, "day", DAY)

    def full(*_: object, **__: object) -> int:
        raise StoreUnusable("The disk is full.", "Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr("kiosk.app.bootstrap.enter", full)
        assert do(preview).lines == ["It is saved, but the log has no entry of it yet. The disk is full."]
        assert "The disk is full." in do(day).lines[0]
    assert people(live)[0].phone == "890-555-0299"
    session(live)
    assert said(live, EntryKind.CONTACTS_CHANGED)[-1].body["changed"] == ["office"]


def test_a_person_without_the_right_changes_nothing(live: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program that writes the log decides, whatever the screen offered."""
    preview, day = previewed(live, "change", CHANGE), previewed(live, "day", DAY)

    def refuse(*_: object, **__: object) -> int:
        raise Refused("Rosa Kern may not change the contacts.", "Ask the administrator.")

    monkeypatch.setattr("kiosk.app.bootstrap.enter", refuse)
    for one in (preview, day):
        with pytest.raises(Refused):
            do(one)
    assert (live.contacts_file.read_text(encoding="utf-8"), live.district_file.exists()) == (TWO, False)


class _PulledPlug(BaseException):
    """The power goes."""


@pytest.mark.parametrize("at", range(8))
def test_a_pulled_plug_leaves_the_old_contacts_or_the_new(live: Home, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """At each write to the disk; the kiosk then opens, and its log has what the file has."""
    preview, left = previewed(live, "change", CHANGE), [at]

    def counted(real: object) -> object:
        assert callable(real)

        def one(*args: object, **named: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise _PulledPlug
            return real(*args, **named)

        return one

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", counted(os.fsync))
        patch.setattr(Path, "replace", counted(Path.replace))
        with suppress(_PulledPlug):
            do(preview)
    new = TWO.replace("890-555-0242", "890-555-0299")
    assert live.contacts_file.read_text(encoding="utf-8") in {TWO, new}
    session(live)
    is_new = live.contacts_file.read_text(encoding="utf-8") == new
    assert (len(said(live, EntryKind.CONTACTS_CHANGED)) == 2) is is_new


def test_an_act_on_contacts_that_can_not_be_read_says_so(live: Home) -> None:
    """It names the command that shows why."""
    live.contacts_file.write_text("{", encoding="utf-8")
    for name in ("change", "add", "away", "remove", "tested", "day", "undo"):
        with pytest.raises(KioskError) as told:
            asked(live, name, {})
        assert "kiosk contacts check" in told.value.repair
    live.contacts_file.unlink()
    with pytest.raises(KioskError, match="no contacts yet"):
        asked(live, "change", {})


def test_a_day_needs_settings_that_can_be_read(live: Home) -> None:
    """A broken file is not written over."""
    live.district_file.write_text("closed_days: [soon]\n", encoding="utf-8")
    with pytest.raises(UsageError, match="settings"):
        asked(live, "day", DAY)
    assert live.district_file.read_text(encoding="utf-8") == "closed_days: [soon]\n"


def test_a_full_disk_changes_nothing(live: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, and the old contacts; with room, the same preview is saved."""
    preview = previewed(live, "change", CHANGE)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(StoreUnusable, match="the disk is full"):
            do(preview)
    assert live.contacts_file.read_text(encoding="utf-8") == TWO
    assert [file.name for file in live.path.iterdir() if file.name.startswith(".saving")] == []
    do(preview)
    assert people(live)[0].phone == "890-555-0299"
