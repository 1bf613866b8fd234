"""Who may do what at the screen: each act needs the right of its command, when it is offered, asked and done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from kiosk.app.bootstrap import append_entry, is_closed_to_all
from kiosk.app.people import LogDoorkeeper
from kiosk.app.review import LogReview
from kiosk.commands.common.people import declared
from kiosk.commands.root import root
from kiosk.errors import Refused
from kiosk.log.people.verifier_file import save_verifiers
from kiosk.presentation.acts import Offer
from kiosk.presentation.review import Reviewer, Shelf, Wanted
from kiosk.record.entries import Entry
from kiosk.record.people.people import Person, added, changed, removed
from kiosk.record.people.roles import Right, Role, rights_of
from kiosk.record.people.verifiers import hash_of, new_verifier
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.app.acts.copies.answering import a_stick, unseen
from tests.app.acts.walk import offer, walk
from tests.commands.common.test_people import commands
from tests.homes import PACK_WITH_DUTIES, a_home, encounter
from tests.record.people.staff import DANA, KIM, REESE, cheap_passphrases, passphrase_of

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "close": ("log amend", "close"),
    "void": ("log amend", "void"),
    "read": ("log amend", "reviewed"),
    "called": ("log amend", "called"),
    "correct": ("log amend", "field"),
    "add": ("log amend", "add"),
    "assess": ("assess", ""),
    "duty.done": ("duty done", ""),
    "duty.assign": ("duty assign", ""),
    "duty.except": ("duty except", ""),
    "save": ("report encounter", ""),
    "request.new": ("request new", ""),
    "request.give": ("request give", ""),
    "request.extend": ("request extend", ""),
    "request.close": ("request close", ""),
    "presence.report": ("presence report", ""),
    "presence.approve": ("presence approve", ""),
    "presence.confirm": ("presence confirm", ""),
    "presence.notice": ("presence notice", ""),
    "presence.clear": ("presence clear", ""),
    "presence.false": ("presence false", ""),
    "report": ("report period", ""),
    "export": ("log export", ""),
    "verify": ("log verify", ""),
    "contacts.change": ("contacts change", ""),
    "contacts.add": ("contacts add", ""),
    "contacts.away": ("contacts away", ""),
    "contacts.remove": ("contacts remove", ""),
    "contacts.tested": ("contacts tested", ""),
    "contacts.day": ("contacts day", ""),
    "contacts.undo": ("contacts undo", ""),
}
"""The command of each act, and the option that it stands for."""
PEOPLE: Final = {DANA: Role.ADMINISTRATOR, REESE: Role.RECORDS_OFFICER, KIM: Role.AUDITOR}
REQUEST: Final = {
    "requester": "A reporter",
    "how": "letter",
    "received": "2026-09-11",
    "deadline": "days",
    "due": "4",
    "asked": "All visits",
    "records": "",
}
SEEN: Final = {"place": "street", "seen": "2026-01-05 10:42", "source": "family", "record": ""}
CONFIRMED: Final = {"place": "street", "seen": "2026-01-05 10:42", "confirmed_by": "Lee Novak"}
REPORT: Final = {"which": "names", "days": "all", "format": "screen"}
"""Answers that lead to a preview."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Everything that has an act, and a person of each role."""
    home = a_home(tmp_path, pack=PACK_WITH_DUTIES)
    a_stick(tmp_path, monkeypatch)
    encounter(home, session=True, names_child=True, note="Two cars")
    encounter(home, close=False)
    nobody = LogReview(home, "live", FixedClock())
    for name, answers in (("request.new", REQUEST), ("presence.report", SEEN), ("presence.report", SEEN)):
        walk(offer(nobody.offers(), name), {**answers, "by": DANA}).preview.do(unseen)
    confirmed = offer(nobody.item("S-2026-0001").offers, "presence.confirm")
    walk(confirmed, {**CONFIRMED, "by": DANA}).preview.do(unseen)
    cheap_passphrases(monkeypatch)
    verifiers = {name: new_verifier(passphrase_of(name)) for name in PEOPLE}
    save_verifiers(home, verifiers.values())
    for name, role in PEOPLE.items():
        append_entry(home, "live", FixedClock(), added(Person(name, role, hash_of(verifiers[name])), by=DANA))
    return home


def reviewer_of(home: Home, name: str) -> Reviewer:
    """What this person reads after a log-in."""
    clock = FixedClock()
    enter = partial(append_entry, home, "live", clock)
    door = LogDoorkeeper(home, clock, lambda by: LogReview(home, "live", clock, None, by), enter, "d", is_closed_to_all)
    return door.log_in(name, passphrase_of(name)).reviewer


def offers(reads: Reviewer) -> Iterator[Offer]:
    """Every act that is offered: at the home, at each record, request and report."""
    yield from reads.offers()
    for row in reads.rows(Wanted()).rows:
        yield from reads.record(row.no).offers
    for shelf in (Shelf.REQUESTS, Shelf.PRESENCE):
        for row in reads.rows(Wanted(shelf)).rows:
            yield from reads.item(row.no).offers


def test_each_act_needs_the_right_of_its_command(home: Home) -> None:
    """Nobody may do at the screen what the command refuses, or the other way round."""
    known = dict(commands(root))

    def right_of(path: str, option: str) -> Right | None:
        needed = declared(known[path])
        assert needed is not None
        return needed.for_options({option: "x"} if option else {})

    found = {one.id: one.right for one in offers(LogReview(home, "live", FixedClock(), None, DANA))}
    assert found == {act: right_of(*command) for act, command in COMMANDS.items()}


@pytest.mark.parametrize(("name", "role"), PEOPLE.items())
def test_each_role_is_offered_exactly_what_it_may_do(home: Home, name: str, role: Role) -> None:
    """At every place where acts are offered."""
    everything = {one.id: one.right for one in offers(LogReview(home, "live", FixedClock(), None, name))}
    may = {act for act, right in everything.items() if right in rights_of(role)}
    assert {one.id for one in offers(reviewer_of(home, name))} == may


@pytest.mark.parametrize("role", [None, Role.AUDITOR], ids=["removed", "auditor"])
def test_what_was_opened_before_the_right_was_lost_asks_and_shows_nothing_more(home: Home, role: Role | None) -> None:
    """Each act, at its first question: its choices and lines are of the log too."""
    reads = reviewer_of(home, DANA)
    opened = [one for one in offers(reads) if one.right is not Right.VERIFY]
    entry = removed(Person(DANA, "", ""), by=REESE, reason="Left") if role is None else changed_to(role)
    append_entry(home, "live", FixedClock(), entry)
    for one in opened:
        with pytest.raises(Refused):
            one.next({})


def test_a_preview_is_not_done_once_the_right_was_lost(home: Home) -> None:
    """A report to read needs the right to export, although nothing leaves the computer."""
    preview = walk(offer(reviewer_of(home, DANA).offers(), "report"), REPORT).preview
    append_entry(home, "live", FixedClock(), changed_to(Role.AUDITOR))
    with pytest.raises(Refused, match="may not export records"):
        preview.do(unseen)


def changed_to(role: Role) -> Entry:
    """The entry that gives the administrator this role."""
    return changed(Person(DANA, role, ""), by=DANA)
