"""`kiosk request`: from receipt to letter by commands, and each refusal on the way."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pytest

from kiosk.errors import Exit
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from tests.homes import encounter
from tests.keeping import said
from tests.running import running_kiosk
from tests.typed import Typed, at_a_terminal

NO: Final = "R-{year}-0001"
WHO: Final = ("--requester", "Robin Example", "--how", "email", "--asked", "The visit of March", "--by", "Dana Ruiz")
BY: Final = ("--by", "Dana Ruiz")
GROUND: Final = "CGS 1-210(b)(2)"


def today() -> date:
    """Today by this computer's clock."""
    return SystemClock().now().local().date()


def number(count: int = 1) -> str:
    """The number of a request of this year."""
    return f"R-{today().year}-{count:04}"


def new(typed: Typed, *more: str) -> str:
    """Enter a request; its number."""
    told = typed("request", "new", *WHO, *(more or ("--days", "30")))
    assert told.code == Exit.DONE, told
    return told.out.split()[0]


def exported(typed: Typed, home: Home, *more: str) -> str:
    """Export everything publicly, with a value withheld; the number of the entry."""
    level = () if "--level" in more else ("--level", "public")
    assert typed("log", "export", "--format", "csv", *level, "--for", "Robin Example", *more).code == Exit.DONE
    return str(said(home, EntryKind.EXPORT_MADE)[-1].seq)


def checks(typed: Typed) -> dict[str, Any]:
    """The daily check, by subject."""
    return {check["name"]: check for check in typed("doctor", "--json").json["checks"]}


def test_a_request_runs_from_receipt_to_letter(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Entered, extended, answered by a copy with a value withheld; the letter names it with its ground."""
    record = encounter(home, agency="A fictional agency", note="Two cars", session=True)
    no = new(typed, "--business-days", "4", "--record", record)
    assert no == number()
    assert typed("request", "list", "--open").out.splitlines()[1].split()[0] == no
    assert "requests" in checks(typed)
    later = str(today() + timedelta(days=60))
    assert typed("request", "extend", no, "--until", later, "--reason", "Many records", *BY).code == Exit.DONE
    withhold = ("--record", record, "--withhold", f"{record}:agency-as-stated", "--ground", GROUND, *BY)
    entry = exported(typed, home, *withhold, "-o", str(tmp_path / "copy.csv"))
    assert typed("request", "give", no, "--export", entry, *BY).code == Exit.DONE
    for name in ("letter.txt", "letter.html", "letter.pdf"):
        assert typed("report", "request", no, "-o", str(tmp_path / name)).code == Exit.DONE
    assert typed("request", "close", no, "--as", "answered", *BY).code == Exit.DONE
    text = (tmp_path / "letter.txt").read_text(encoding="utf-8")
    html = (tmp_path / "letter.html").read_text(encoding="utf-8")
    for words in (no, "Robin Example", "The visit of March", later, "Many records", GROUND, "Note 1", "How to appeal"):
        assert (words in text, words in html) == (True, True)
    made = said(home, EntryKind.EXPORT_MADE)[-1].body
    assert made["sha256"] == sha256((tmp_path / "letter.pdf").read_bytes()).hexdigest()
    assert (made["format"], made["level"], made["for"]) == ("request-letter.pdf", "public", "Robin Example")
    assert "A fictional agency" not in text
    assert "Two cars" not in text
    shown = typed("request", "show", no, "--json").json
    assert (shown["state"], shown["deadline"], shown["given"][0]["entry"]) == ("answered", later, int(entry))
    withheld = {one["value"]: one for one in shown["copies"][0]["withheld"]}
    assert withheld["agency-as-stated"]["ground"] == GROUND
    assert withheld["note-1"]["records"] == [record]
    assert typed("request", "list", "--open").out == ""
    assert "requests" not in checks(typed)
    audit = typed("log", "audit", "--search", no).out
    assert len(audit.splitlines()) == 1 + 4
    assert typed("log", "verify").code == Exit.DONE


def test_business_days_are_those_of_the_districts_calendar(typed: Typed, home: Home) -> None:
    """A closed day in the settings does not count, and the command names it; changing a setting keeps it."""
    received = today() - timedelta(days=28 + today().weekday())  # a Monday
    closed = received + timedelta(days=2)
    days = ("--received", str(received), "--business-days", "4")
    assert new(typed, *days) == number(1)
    home.district_file.write_text(
        f"kind: settings\nformat: 1\nprotocol: small\nchoices: {{}}\nclosed_days: [{closed}]\n"
    )
    told = typed("request", "new", *WHO, *days)
    assert (told.out.split()[0], str(closed) in told.err) == (number(2), True)
    dues = [one["due"] for one in typed("request", "list", "--json").json]
    assert dues == [str(received + timedelta(days=7)), str(received + timedelta(days=4))]
    assert typed("setup", "--setting", "wait-place=inside").code == Exit.DONE
    assert str(closed) in home.district_file.read_text()


def test_an_overdue_request_is_amber_in_the_daily_check(typed: Typed) -> None:
    """Until it is answered, or its deadline is extended to a day that is not over."""
    late = new(typed, "--received", str(today() - timedelta(days=9)), "--days", "8")
    on_time = new(typed, "--received", str(today() - timedelta(days=9)), "--days", "9")
    assert [one["no"] for one in typed("request", "list", "--overdue", "--json").json] == [late]
    check = checks(typed)["requests"]
    assert (check["state"], late in check["words"], on_time in check["words"]) == ("amber", True, False)
    assert "OVERDUE" in typed("request", "show", late).out
    assert typed("request", "extend", late, "--until", str(today()), "--reason", "Many", *BY).code == Exit.DONE
    assert checks(typed)["requests"]["state"] == "green"


def test_a_denial_has_a_letter_with_its_ground(typed: Typed) -> None:
    """So has an answer for which there is nothing; a withdrawn request has none."""
    for how, reason in (("denied", "A law"), ("answered", "No such records")):
        no = new(typed)
        assert typed("request", "close", no, "--as", how, "--reason", reason, *BY).code == Exit.DONE
        assert reason in typed("report", "request", no).out
    no = new(typed)
    assert typed("request", "close", no, "--as", "withdrawn", *BY).code == Exit.DONE
    typed.refused(Exit.REFUSED, "report", "request", no)


WRONG: Final[tuple[tuple[tuple[str, ...], Exit], ...]] = (
    (("new", *WHO), Exit.USAGE),
    (("new", *WHO, "--days", "4", "--business-days", "4"), Exit.USAGE),
    (("new", *WHO, "--days", "0"), Exit.USAGE),
    (("new", *WHO, "--due", "soon"), Exit.USAGE),
    (("new", *WHO, "--received", "2026-01-05", "--due", "2026-01-04"), Exit.USAGE),
    (("new", *WHO, "--received", "9999-12-01", "--days", "4"), Exit.USAGE),
    (("new", *WHO, "--days", "4", "--record", "2026-0099"), Exit.USAGE),
    (("new", *WHO[2:], "--days", "4"), Exit.USAGE),
    (("new", *WHO, "--how", "pigeon", "--days", "4"), Exit.USAGE),
    (("show", "R-2026-9999"), Exit.USAGE),
    (("give", "{no}", "--export", "0", *BY), Exit.USAGE),
    (("extend", "{no}", "--until", "2020-01-01", "--reason", "Many", *BY), Exit.REFUSED),
    (("extend", "{no}", "--until", "9000-01-01", *BY), Exit.USAGE),
    (("close", "{no}", "--as", "answered", *BY), Exit.REFUSED),
    (("close", "{no}", "--as", "denied", *BY), Exit.REFUSED),
    (("close", "{no}", "--as", "lost", *BY), Exit.USAGE),
    (("extend", "{closed}", "--until", "9000-01-01", "--reason", "Many", *BY), Exit.REFUSED),
    (("close", "{closed}", "--as", "withdrawn", *BY), Exit.REFUSED),
)
"""Command lines that fit no request, with the exit code."""


def test_what_does_not_fit_is_refused(typed: Typed) -> None:
    """One sentence, and no entry."""
    no, closed = new(typed), new(typed)
    assert typed("request", "close", closed, "--as", "denied", "--reason", "A law", *BY).code == Exit.DONE
    before = typed("log", "audit", "--json").json
    for words, code in WRONG:
        typed.refused(code, "request", *(word.format(no=no, closed=closed) for word in words))
    assert typed("log", "audit", "--json").json == before


def test_the_same_export_is_given_once(typed: Typed, home: Home) -> None:
    """Another one can follow; then a denial no longer fits."""
    encounter(home)
    no, first, second = new(typed), exported(typed, home), exported(typed, home, "--level", "full")
    assert typed("request", "give", no, "--export", first, *BY).code == Exit.DONE
    typed.refused(Exit.REFUSED, "request", "give", no, "--export", first, *BY)
    assert typed("request", "give", no, "--export", second, *BY).code == Exit.DONE
    typed.refused(Exit.REFUSED, "request", "close", no, "--as", "denied", "--reason", "A law", *BY)
    levels = [copy["level"] for copy in typed("request", "show", no, "--json").json["copies"]]
    assert levels == ["public", "full"]


def test_the_kiosk_that_is_open_enters_it_too(typed: Typed, home: Home) -> None:
    """And checks it again."""
    encounter(home)
    entry = exported(typed, home)
    with running_kiosk(home):
        no = new(typed)
        assert typed("request", "give", no, "--export", entry, *BY).code == Exit.DONE
        assert typed("request", "close", no, "--as", "answered", *BY).code == Exit.DONE
    assert typed("log", "verify").code == Exit.DONE


def test_practice_has_requests_of_its_own(typed: Typed, home: Home) -> None:
    """With numbers that can't be taken for others."""
    encounter(home, "practice")
    no = new(typed, "--days", "4", "--practice")
    assert no == f"P-{number()}"
    assert "--practice" in typed.refused(Exit.USAGE, "request", "show", no)
    assert typed("request", "show", no, "--practice").code == Exit.DONE
    assert typed("request", "list").out == ""


def test_a_person_at_a_terminal_is_asked(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """For who asks, for what, and who enters it; a question is asked only when the rest fits."""
    at_a_terminal(monkeypatch, "Robin Example\n", "All of March\n", "Dana Ruiz\n", "Many\n", "Dana Ruiz\n")
    assert typed("request", "new", "--how", "letter", "--days", "4").code == Exit.DONE
    assert typed("request", "extend", number(), "--until", "9000-01-01").code == Exit.DONE
    typed.refused(Exit.REFUSED, "request", "extend", number(), "--until", "9000-01-01")
