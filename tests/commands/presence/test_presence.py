"""`kiosk presence`: from a rumor to the all clear by commands, and each refusal on the way."""

from __future__ import annotations

from typing import Final

import pytest

from kiosk.doctor.check import State
from kiosk.doctor.presence import check_presence
from kiosk.errors import Exit
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from kiosk.system.clock import FixedClock, SystemClock
from tests.homes import encounter
from tests.keeping import said
from tests.running import running_kiosk
from tests.typed import Typed, at_a_terminal

BY: Final = ("--by", "Dana Ruiz")
SEEN: Final = ("--where", "street", "--source", "family", *BY)
TEXT: Final = "Agents of the government are at our school."


@pytest.fixture
def no(typed: Typed, home: Home) -> str:
    """An unconfirmed report; both messages are approved."""
    encounter(home)
    for name, use, words in (("here", "notice", TEXT), ("left", "clear", "They have left.")):
        told = typed("presence", "approve", name, "--for", use, "--text", words, "--by", "A. Example")
        assert told.code == Exit.DONE, told
    return reported(typed)


def reported(typed: Typed, *more: str) -> str:
    """Report a presence; its number."""
    told = typed("presence", "report", *SEEN, *more)
    assert told.code == Exit.DONE, told
    return told.out.split()[0]


def confirmed(typed: Typed, no: str) -> None:
    """Confirm it."""
    told = typed("presence", "confirm", no, "--where", "entrance", "--confirmed-by", "Lee Novak", *BY)
    assert told.code == Exit.DONE, told


def test_a_rumor_becomes_a_notice_and_an_all_clear(typed: Typed, home: Home, no: str) -> None:
    """Who confirmed it and where, which approved words went to whom, and the second message; all in the audit trail."""
    no = reported(typed, "--record", "2026-0001", "--at", "2026-01-05 10:42")
    confirmed(typed, no)
    with running_kiosk(home):
        sent = ("--message", "here", "--to", "staff", "--to", "families")
        assert typed("presence", "notice", no, *sent, *BY).code == Exit.DONE
        end = ("--message", "left", "--to", "staff", "--to", "families")
        assert typed("presence", "clear", no, *end, *BY).code == Exit.DONE
    (found, other) = typed("presence", "list", "--json").json
    assert (found["no"], found["state"], found["seen"]) == (no, "cleared", "2026-01-05 10:42")
    assert (found["confirmed"]["confirmed_by"], found["confirmed"]["where"]) == ("Lee Novak", "entrance")
    assert (found["notices"][0]["text"], found["notices"][0]["to"]) == (TEXT, ["families", "staff"])
    assert found["clear"]["message"] == "left"
    assert [one["no"] for one in typed("presence", "list", "--open", "--json").json] == [other["no"]]
    shown = typed("log", "show", "2026-0001").out
    assert (no in shown, other["no"] in shown) == (True, False)
    assert typed("log", "show", "2026-0001", "--json").json["presence"][0]["no"] == no
    assert len(typed("log", "audit", "--search", no).out.splitlines()) == 1 + 4
    assert typed("log", "verify").code == Exit.DONE


def test_a_false_report_ends_with_how_it_is_known(typed: Typed, no: str) -> None:
    """Also after a mistaken confirmation; not after a notice."""
    assert typed("presence", "false", no, "--reason", "A delivery van", *BY).code == Exit.DONE
    assert "A delivery van" in typed("presence", "list").out
    second = reported(typed)
    confirmed(typed, second)
    assert typed("presence", "notice", second, "--message", "here", "--to", "staff", *BY).code == Exit.DONE
    typed.refused(Exit.REFUSED, "presence", "false", second, "--reason", "A delivery van", *BY)


def test_without_a_notice_somebody_says_why(typed: Typed, no: str) -> None:
    """A court order forbids it, or they left before."""
    confirmed(typed, no)
    typed.refused(Exit.REFUSED, "presence", "clear", no, *BY)
    typed.refused(Exit.REFUSED, "presence", "clear", no, "--message", "left", "--to", "staff", *BY)
    assert typed("presence", "clear", no, "--reason", "A court order forbids it", *BY).code == Exit.DONE


CONFIRM: Final = ("--where", "street", "--confirmed-by", "Lee Novak", *BY)
NOTICE: Final = ("--message", "here", "--to", "staff", *BY)
WRONG: Final[tuple[tuple[tuple[str, ...], Exit], ...]] = (
    (("report", "--where", "the house of a family", "--source", "family", *BY), Exit.USAGE),
    (("report", "--where", "street", "--source", "a neighbor", *BY), Exit.USAGE),
    (("report", *SEEN, "--record", "2026-0099"), Exit.USAGE),
    (("report", *SEEN, "--at", "yesterday"), Exit.USAGE),
    (("report", *SEEN, "--at", "9999-01-01 10:00"), Exit.USAGE),
    (("confirm", "S-2026-9999", *CONFIRM), Exit.USAGE),
    (("confirm", "{confirmed}", *CONFIRM), Exit.REFUSED),
    (("confirm", "{false}", *CONFIRM), Exit.REFUSED),
    (("notice", "{no}", *NOTICE), Exit.REFUSED),
    (("notice", "{false}", *NOTICE), Exit.REFUSED),
    (("notice", "{confirmed}", "--message", "here", *BY), Exit.REFUSED),
    (("notice", "{confirmed}", "--to", "staff", *BY), Exit.REFUSED),
    (("notice", "{confirmed}", "--message", "left", "--to", "staff", *BY), Exit.REFUSED),
    (("notice", "{confirmed}", "--message", "other", "--to", "staff", *BY), Exit.USAGE),
    (("notice", "{confirmed}", "--message", "here", "--to", "Robin Example", *BY), Exit.USAGE),
    (("clear", "{no}", "--reason", "They left", *BY), Exit.REFUSED),
    (("clear", "{false}", "--reason", "They left", *BY), Exit.REFUSED),
    (("false", "{false}", "--reason", "A van", *BY), Exit.REFUSED),
    (("false", "{no}", *BY), Exit.USAGE),
    (("approve", "Here!", "--for", "notice", "--text", TEXT, *BY), Exit.USAGE),
    (("approve", "here", "--for", "warning", "--text", TEXT, *BY), Exit.USAGE),
    (("approve", "here", "--for", "notice", "--text", "\x1b[2J", *BY), Exit.USAGE),
    (("approve", "here", "--for", "notice", "--text", "They take undocumented families", *BY), Exit.USAGE),
    (("confirm", "{no}", "--where", "street", "--confirmed-by", "A\u202eB", *BY), Exit.USAGE),
    (("false", "{no}", "--reason", "x" * 5000, *BY), Exit.USAGE),
)
"""Command lines that fit no report, with the exit code."""


def test_what_does_not_fit_is_refused(typed: Typed, no: str) -> None:
    """One sentence, and no entry."""
    sure, false = reported(typed), reported(typed)
    confirmed(typed, sure)
    assert typed("presence", "false", false, "--reason", "A van", *BY).code == Exit.DONE
    before = typed("log", "audit", "--json").json
    for words, code in WRONG:
        typed.refused(code, "presence", *(word.format(no=no, confirmed=sure, false=false) for word in words))
    assert typed("log", "audit", "--json").json == before


def test_messages_are_kept_with_who_approved_them(typed: Typed, home: Home, no: str) -> None:
    """A later approval replaces an earlier one, and the log keeps both."""
    assert no
    again = ("presence", "approve", "here", "--for", "notice", "--text", "Other words.", *BY)
    assert typed(*again).code == Exit.DONE
    found = {one["name"]: one for one in typed("presence", "messages", "--json").json}
    assert (found["here"]["text"], found["here"]["by"]) == ("Other words.", "Dana Ruiz")
    assert "They have left." in typed("presence", "messages").out
    assert len(said(home, EntryKind.MESSAGE_APPROVED)) == 3


def test_a_report_that_nobody_ends_is_amber_after_a_day(typed: Typed, home: Home, no: str) -> None:
    """Not before."""
    clock = FixedClock()
    clock.advance((SystemClock().now().wall_us - clock.now().wall_us) / 1e6)
    assert list(check_presence(home, clock.now())) == []
    clock.advance(25 * 3600)
    (check,) = check_presence(home, clock.now())
    assert (check.state, no in check.words) == (State.AMBER, True)


def test_a_person_at_a_terminal_is_asked_only_for_what_fits(
    typed: Typed, no: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For names, once the rest is possible."""
    at_a_terminal(monkeypatch, "Lee Novak\n", "Dana Ruiz\n")
    assert typed("presence", "confirm", no, "--where", "bus").code == Exit.DONE
    typed.refused(Exit.REFUSED, "presence", "confirm", no, "--where", "bus")


def test_practice_has_reports_of_its_own(typed: Typed, home: Home) -> None:
    """With numbers that can't be taken for others."""
    encounter(home, "practice")
    encounter(home)
    no = reported(typed, "--practice")
    assert no.startswith("P-S-")
    assert "--practice" in typed.refused(Exit.USAGE, "presence", "false", no, "--reason", "A van", *BY)
    assert typed("presence", "list").out == ""
