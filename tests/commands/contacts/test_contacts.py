"""`kiosk contacts`: people, absences, test calls and days are changed by command, each with its entry."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from kiosk.errors import Exit
from kiosk.protocol.site.contacts import Contact, read_contacts
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from tests.desk.test_contact_changes import session
from tests.keeping import said
from tests.running import running_kiosk
from tests.typed import Stage, Typed

pytestmark = pytest.mark.stage(Stage.APPROVED)

BY = ("--by", "Rosa Kern")
SAM = ("contacts", "add", "office", "Sam Sample", "--phone", "890-555-0247", *BY)
TODAY = SystemClock().now().local().date()
LATER = TODAY + timedelta(days=3)


@pytest.fixture
def live(typed: Typed, home: Home) -> Home:
    """A live home whose contacts the log has."""
    assert typed.home == home
    session(home)
    return home


def people(home: Home) -> tuple[Contact, ...]:
    """The people of the home's role, in order."""
    contacts = read_contacts(home.contacts_file.read_bytes(), "f").contacts
    assert contacts is not None
    return contacts.roles["office"]


def checks(typed: Typed) -> dict[str, Any]:
    """The daily check, by subject."""
    return {check["name"]: check for check in typed("doctor", "--json").json["checks"]}


def test_people_come_change_and_leave_by_command(typed: Typed, live: Home) -> None:
    """Each command prints what changed and who is called now; each has its entry."""
    told = typed(*SAM, "--hours", "Mon-Fri 7:30 AM-4:00 PM", "--order", "1")
    assert (told.code, told.out.splitlines()[0]) == (Exit.DONE, "The office: Sam Sample, 890-555-0247, is new.")
    assert "CALLED: The office" in told.out
    told = typed("contacts", "change", "office", "sam sample", "--phone", "890-555-0251", "--hours", "", *BY)
    assert told.out.splitlines()[:2] == [
        "The office: Sam Sample. Telephone: 890-555-0247 → 890-555-0251",
        "The office: Sam Sample. Hours: Mon-Fri 7:30 AM-4:00 PM → (none)",
    ]
    assert typed("contacts", "change", "office", "Sam Sample", "--name", "Sam B. Sample", "--order", "2", *BY).code == 0
    assert people(live)[1] == Contact("Sam B. Sample", phone="890-555-0251")
    assert typed("contacts", "remove", "Dana Sample", *BY).code == Exit.DONE
    assert [one.name for one in people(live)] == ["Sam B. Sample"]
    assert typed("contacts", "undo", *BY).code == Exit.DONE
    assert [one.name for one in people(live)] == ["Dana Sample", "Sam B. Sample"]
    entries = said(live, EntryKind.CONTACTS_CHANGED)[1:]
    assert [(one.body["by"], one.body["changed"]) for one in entries] == [("Rosa Kern", ["office"])] * 5
    trail = typed("log", "audit", "--search", "contacts").out
    assert "The contacts were changed by Rosa Kern: office." in trail


def test_an_absence_is_entered_shown_and_taken_back(typed: Typed, live: Home) -> None:
    """From today, unless another day is given."""
    assert typed("contacts", "away", "Dana Sample", "--to", str(LATER), *BY).code == Exit.DONE
    assert people(live)[0].away == f"{TODAY} to {LATER}"
    shown = typed("contacts", "show").out
    assert f"Dana Sample (away until {LATER})" in shown
    assert f"{TODAY} to {LATER}" in shown
    assert typed("contacts", "away", "Dana Sample", "--back", *BY).code == Exit.DONE
    assert people(live)[0].away == ""


def test_a_test_call_is_shown_with_its_day_and_by_the_daily_check(typed: Typed, live: Home) -> None:
    """A wrong number is amber until it is corrected; its hash is not that of the new one."""
    assert checks(typed)["numbers"]["words"] == "1 of 1 number never tried. `kiosk contacts show` has each."
    assert typed("contacts", "tested", "dana sample", "--result", "wrong-number", *BY).code == Exit.DONE
    assert f"{TODAY}: wrong number" in typed("contacts", "show").out
    assert (checks(typed)["numbers"]["state"], "Dana Sample" in checks(typed)["numbers"]["words"]) == ("amber", True)
    assert typed("contacts", "change", "office", "Dana Sample", "--phone", "890-555-0299", *BY).code == Exit.DONE
    assert checks(typed)["numbers"]["state"] == "green"
    yesterday = str(TODAY - timedelta(days=1))
    words = ("contacts", "tested", "Dana Sample", "--result", "reached", "--on", yesterday, "--phone", "890-555-0299")
    assert typed(*words, *BY).code == Exit.DONE
    assert checks(typed)["numbers"]["words"].startswith(
        f"0 of 1 number never tried. The oldest of the newest test calls is of {yesterday}."
    )
    (person,) = typed("contacts", "show", "--json").json["roles"]["office"]
    assert person["tried"] == {"on": yesterday, "result": "reached"}
    assert "Test call to Dana Sample" in typed("log", "audit", "--search", "test call").out
    assert len(said(live, EntryKind.CONTACT_TESTED)) == 2


def test_a_day_is_closed_shortened_and_made_usual(typed: Typed, live: Home) -> None:
    """The output says who is there then; the desk's other settings stay."""
    live.district_file.write_text(
        "kind: settings  # ours\nformat: 1\nprotocol: small\nchoices: {wait-place: inside}\n", encoding="utf-8"
    )
    told = typed("contacts", "day", str(LATER), "--closed", *BY)
    assert (told.code, "nobody is there; Dana Sample is called first" in told.out) == (Exit.DONE, True)
    assert typed("contacts", "show", "--json").json["closed_days"] == [str(LATER)]
    assert typed("contacts", "day", str(LATER), "--open", "8:00 AM-12:00 PM", *BY).code == Exit.DONE
    shown = typed("contacts", "show", "--json").json
    assert (shown["closed_days"], shown["short_days"]) == ([], {str(LATER): "08:00-12:00"})
    assert typed("contacts", "day", str(LATER), "--usual", *BY).code == Exit.DONE
    words = live.district_file.read_text(encoding="utf-8")
    assert ("# ours" in words, "wait-place: inside" in words, str(LATER) in words) == (True, True, False)
    assert [one.body["now"] for one in said(live, EntryKind.CALENDAR_CHANGED)] == ["closed", "08:00-12:00", ""]


def test_changes_while_the_kiosk_is_open_are_entered_by_it(typed: Typed, live: Home) -> None:
    """People, test calls and days."""
    with running_kiosk(live) as kiosk:
        assert typed(*SAM).code == Exit.DONE
        assert typed("contacts", "tested", "Sam Sample", "--result", "no-answer", *BY).code == Exit.DONE
        assert typed("contacts", "day", str(LATER), "--closed", *BY).code == Exit.DONE
        assert kiosk.entered == [0, 1, 2]


def test_an_import_can_be_undone(typed: Typed, live: Home) -> None:
    """As any change."""
    before = live.contacts_file.read_bytes()
    file = live.path.parent / "new.yaml"
    file.write_bytes(before.replace(b"0242", b"0299"))
    assert typed("contacts", "import", str(file)).code == Exit.DONE
    assert typed("contacts", "undo", *BY).code == Exit.DONE
    assert live.contacts_file.read_bytes() == before


@pytest.mark.parametrize(
    ("code", "words", "about"),
    [
        (Exit.USAGE, ("add", "guard", "Lee Sample", "--phone", "890-555-0251", *BY), "no role guard"),
        (Exit.USAGE, ("add", "office", "Lee Sample", *BY), "has no phone"),
        (Exit.USAGE, ("add", "office", "Lee Sample", "--phone", "12", *BY), "can't be dialed"),
        (Exit.REFUSED, ("add", "office", "DANA SAMPLE", "--phone", "890-555-0251", *BY), "already"),
        (Exit.USAGE, ("change", "office", "Dana Sample", *BY), "Nothing would change"),
        (Exit.USAGE, ("change", "office", "Lee Sample", "--phone", "890-555-0251", *BY), "not in the role"),
        (Exit.USAGE, ("change", "office", "Dana Sample", "--hours", "Mon-Fri 8:00-4:30", *BY), "would end at night"),
        (Exit.USAGE, ("change", "office", "Dana Sample", "--title", "a student named Kim Lee", *BY), "child"),
        (Exit.REFUSED, ("remove", "Dana Sample", *BY), "Add the successor first"),
        (Exit.USAGE, ("remove", "Lee Sample", *BY), "No contact is named"),
        (Exit.USAGE, ("away", "Dana Sample", *BY), "--to"),
        (Exit.USAGE, ("away", "Dana Sample", "--back", *BY), "No absence"),
        (Exit.USAGE, ("away", "Dana Sample", "--back", "--to", "2099-01-01", *BY), "Leave out"),
        (Exit.USAGE, ("tested", "Dana Sample", "--result", "reached", "--on", "2099-01-01", *BY), "not here yet"),
        (Exit.USAGE, ("tested", "Dana Sample", "--result", "reached", "--phone", "1", *BY), "890-555-0242"),
        (Exit.USAGE, ("day", "2099-01-01", *BY), "Give one of"),
        (Exit.USAGE, ("day", "2099-01-01", "--closed", "--usual", *BY), "Give one of"),
        (Exit.USAGE, ("day", "2099-01-01", "--usual", *BY), "Nothing would change"),
        (Exit.USAGE, ("day", "2099-01-01", "--open", "morning", *BY), "day"),
        (Exit.USAGE, ("day", "soon", "--closed", *BY), "not a day"),
        (Exit.REFUSED, ("undo", *BY), "No previous contacts"),
    ],
)
def test_what_is_refused_names_the_repair_and_changes_nothing(
    typed: Typed, live: Home, code: Exit, words: tuple[str, ...], about: str
) -> None:
    """One sentence, its exit code, and no entry."""
    before = live.contacts_file.read_bytes()
    told = typed("contacts", *words)
    assert (told.code, about in told.err) == (code, True), told
    assert (live.contacts_file.read_bytes(), live.district_file.exists()) == (before, False)
    assert len(said(live, EntryKind.CONTACTS_CHANGED)) == 1
