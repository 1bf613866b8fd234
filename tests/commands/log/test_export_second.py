"""A copy that shows what an earlier one withheld takes two persons."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest

from kiosk.errors import Exit
from kiosk.log.archive import open_history
from kiosk.record.entries import decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from tests.homes import encounter, made_once
from tests.record.people.staff import DANA, KIM, REESE, as_person, cheap_passphrases, passphrase_file, with_people
from tests.typed import Typed

LAW = "CGS 1-210(b)(2)"
EXPORT = ("log", "export", "--format", "jsonl", "--level", "full")
WITHHELD = ("--withhold", "2026-0001:agency-as-stated", "--ground", LAW)
AGAIN = [{"no": "2026-0001", "value": "agency-as-stated", "ground": LAW}]


def exports(home: Home) -> list[dict[str, Any]]:
    """The exports in the log, oldest first."""
    with closing(open_history(home, "live")) as log:
        return [dict(kept.body) for kept in map(decode, log.of_kind(EntryKind.EXPORT_MADE))]


def test_while_nobody_is_set_up_the_two_are_named(typed: Typed) -> None:
    """Refused with one; with two, both are in the entry, and the next copy needs one again."""
    encounter(typed.home)
    assert typed(*EXPORT, *WITHHELD, "--by", "A. Example").code == Exit.DONE
    typed.refused(Exit.REFUSED, *EXPORT)
    typed.refused(Exit.REFUSED, *EXPORT, "--by", "A. Example", "--second", "Example")
    assert typed(*EXPORT, "--by", "A. Example", "--second", "B. Sample").code == Exit.DONE
    assert typed(*EXPORT).code == Exit.DONE
    said = [(one.get("by"), one.get("second"), one.get("lifted")) for one in exports(typed.home)]
    assert said == [(None, None, None), ("A. Example", "B. Sample", AGAIN), (None, None, None)]


def test_a_second_person_is_not_asked_for_without_need(typed: Typed) -> None:
    """A name in the log says that two decided something."""
    encounter(typed.home)
    typed.refused(Exit.USAGE, *EXPORT, "--by", "A. Example", "--second", "B. Sample")
    assert exports(typed.home) == []


def test_people_who_are_set_up_both_log_in(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second with the right, the own passphrase, and as another person."""
    cheap_passphrases(monkeypatch)
    encounter(typed.home)
    made_once(typed.home, "people and a record", lambda: with_people(typed))
    home, dana = typed.home, as_person(typed.home, DANA)

    def second(name: str, of: str) -> tuple[str, ...]:
        return "--second", name, "--second-passphrase-file", passphrase_file(home, of)

    assert typed(*EXPORT, *WITHHELD, *dana).code == Exit.DONE
    typed.refused(Exit.REFUSED, *EXPORT, *dana)
    for wrong in (second(DANA, DANA), second(KIM, KIM), second(REESE, DANA), second("A. Example", REESE)):
        typed.refused(Exit.REFUSED, *EXPORT, *dana, *wrong)
    assert len(exports(home)) == 1
    assert typed(*EXPORT, *dana, *second(REESE, REESE)).code == Exit.DONE
    made = exports(home)[-1]
    assert (made["by"], made["second"], made["lifted"]) == (DANA, REESE, AGAIN)
