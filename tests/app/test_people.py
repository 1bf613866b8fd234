"""Logging in at the screen of a running kiosk, and the entries about what a person reads."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.bootstrap import append_entry, desk_of, is_closed_to_all
from kiosk.app.people import LogDoorkeeper, Unwatched
from kiosk.app.review import LogReview
from kiosk.errors import LogMustBeReplaced, Refused, ReplaceReason, StoreUnusable
from kiosk.i18n.strings import text
from kiosk.log.archive import open_history
from kiosk.log.people.verifier_file import save_verifiers
from kiosk.log.replace import replace_log
from kiosk.presentation.acts import Preview
from kiosk.presentation.people import Named
from kiosk.presentation.review import Shelf, Wanted
from kiosk.record.entries import Actor, Entry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.logins import Ended
from kiosk.record.people.people import Person, changed, removed
from kiosk.record.people.roles import Right
from kiosk.settings import Home, read_settings
from kiosk.system.clock import FixedClock, SystemClock
from tests.app.acts.walk import offer, walk
from tests.homes import a_home, encounter
from tests.record.people.staff import DANA, KIM, passphrase_of, set_up_people, with_a_record_and_people
from tests.typed import Stage, Typed

Enter = Callable[[Entry], object]


@pytest.fixture
def home(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with one record, an administrator and an auditor."""
    with_a_record_and_people(home, monkeypatch)
    return home


@pytest.fixture
def home_of_nobody(tmp_path: Path) -> Home:
    """A home with one record, where nobody is set up."""
    home = a_home(tmp_path / "nobody")
    encounter(home)
    return home


def a_door(home: Home, enter: Enter | None = None) -> LogDoorkeeper:
    """The doorkeeper of the home."""
    clock = FixedClock()
    enter = enter or partial(append_entry, home, "live", clock)
    return LogDoorkeeper(
        home, clock, lambda by: LogReview(home, "live", clock, None, by), enter, "desk", is_closed_to_all
    )


def entries(home: Home, kind: EntryKind) -> list[dict[str, Any]]:
    """The bodies of the entries of this kind, oldest first."""
    with closing(open_history(home, "live")) as log:
        return [dict(kept.body) for kept in map(decode, log.of_kind(kind))]


def test_the_names_come_from_the_log(home: Home) -> None:
    """With their roles; without anybody there is none, and without a log that knows them nobody gets in."""
    assert a_door(home).people() == [Named(DANA, "administrator"), Named(KIM, "auditor")]
    home.log("live").unlink()
    with pytest.raises(Refused):
        a_door(home).people()
    save_verifiers(home, [])
    assert a_door(home).people() == []


def test_each_record_list_and_search_is_one_entry_of_a_log_in(home: Home) -> None:
    """Counts, further pages and what is read again add none; another log-in does."""
    door, no = a_door(home), "2026-0001"
    for _ in range(2):
        reviewer = door.log_in(KIM, passphrase_of(KIM)).reviewer
        reviewer.counts()
        for wanted in (Wanted(), Wanted(), Wanted(before=no), Wanted(Shelf.UNFINISHED), Wanted(words="agency")):
            reviewer.rows(wanted)
        for _ in range(2):
            assert reviewer.record(no).record.no == no
        door.end(KIM, Ended.LEFT)
    looks = ["list", "list", "search", "record"] * 2
    assert [one["what"] for one in entries(home, EntryKind.RECORD_VIEWED)] == looks
    assert entries(home, EntryKind.LOGIN_ENDED) == [{"name": KIM, "why": "left"}] * 2


def test_copies_are_offered_to_a_person_who_may_export(home: Home) -> None:
    """An auditor is offered none, at the home and at a record."""
    door = a_door(home)
    auditor, administrator = (door.log_in(one, passphrase_of(one)).reviewer for one in (KIM, DANA))
    exporting = [[one.id for one in each.offers() if one.right is Right.EXPORT] for each in (auditor, administrator)]
    assert exporting == [[], ["report", "export"]]
    assert "save" not in [one.id for one in auditor.record("2026-0001").offers]
    assert "save" in [one.id for one in administrator.record("2026-0001").offers]


def test_an_act_is_offered_to_a_person_who_may_do_it(home: Home) -> None:
    """Its entry has the name, so nothing asks for it; an auditor reads only."""
    door = a_door(home)
    assert door.log_in(KIM, passphrase_of(KIM)).reviewer.record("2026-0001").offers == []
    offers = door.log_in(DANA, passphrase_of(DANA)).reviewer.record("2026-0001").offers
    add = next(one for one in offers if one.id == "add")
    preview = add.next({"text": "A third car", "why": "Forgotten"})
    assert isinstance(preview, Preview)
    preview.do(lambda _done, _all: None)
    assert [one["by"] for one in entries(home, EntryKind.AMENDMENT_ADDED)] == [DANA]


def test_a_records_request_has_the_acts_that_the_person_may_do(home: Home) -> None:
    """The entry has the person's name, who is not asked for it."""
    door = a_door(home)
    dana, kim = (door.log_in(name, passphrase_of(name)).reviewer for name in (DANA, KIM))
    assert "request.new" not in {one.id for one in kim.offers()}
    new = offer(dana.offers(), "request.new")
    answers = {
        "requester": "A reporter",
        "how": "email",
        "received": "2026-09-14",
        "asked": "All visits",
        "records": "",
    }
    walked = walk(new, answers | {"deadline": "days", "due": "3"})
    assert "by" not in walked.asked
    walked.preview.do(lambda *_: None)
    (entered,) = entries(home, EntryKind.REQUEST_RECEIVED)
    assert (entered["no"], entered["by"]) == ("R-2026-0001", DANA)
    assert [one.id for one in dana.item("R-2026-0001").offers] == ["request.give", "request.extend", "request.close"]
    assert kim.item("R-2026-0001").offers == []
    assert kim.item("R-2026-0001").lines[0] == "R-2026-0001  open, nothing given"


def test_who_was_removed_meanwhile_reads_nothing_more(home: Home) -> None:
    """Not even a further page of a list that was read, or what a role no longer allows."""
    door = a_door(home)
    kim = door.log_in(KIM, passphrase_of(KIM)).reviewer
    kim.rows(Wanted())
    append_entry(home, "live", FixedClock(), removed(Person(KIM, "auditor", ""), by=DANA, reason="Left"))
    looks: list[Callable[[], object]] = [
        kim.counts,
        kim.offers,
        lambda: kim.rows(Wanted()),
        lambda: kim.rows(Wanted(before="2026-0001")),
        lambda: kim.record("2026-0001"),
        lambda: kim.item("R-2026-0001"),
    ]
    for look in looks:
        with pytest.raises(Refused) as refused:
            look()
        assert refused.value.text_id == "people.no-more"


def test_who_has_another_role_meanwhile_is_offered_what_that_allows(home: Home) -> None:
    """And what was previewed before is not entered any more."""
    door = a_door(home)
    dana = door.log_in(DANA, passphrase_of(DANA)).reviewer
    preview = walk(offer(dana.record("2026-0001").offers, "add"), {"text": "A third car", "why": "Forgotten"}).preview
    append_entry(home, "live", FixedClock(), changed(Person(DANA, "auditor", ""), by=DANA))
    assert [*dana.record("2026-0001").offers] == []
    assert {one.right for one in dana.offers()} == {Right.VERIFY}
    with pytest.raises(Refused):
        preview.do(lambda *_: None)


def test_what_was_opened_before_people_were_set_up_must_be_opened_again(
    home_of_nobody: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody had logged in, so a typed name would be taken for that of a person: there are neither looks nor acts."""
    home = home_of_nobody
    clock = FixedClock()
    reads = Unwatched(LogReview(home, "live", clock), home)
    add = offer(reads.record("2026-0001").offers, "add")
    answers = {"text": "A third car", "why": "Forgotten", "by": DANA}
    preview = walk(add, answers).preview
    set_up_people(home, clock, monkeypatch)
    refused: list[Callable[[], object]] = [
        reads.counts,
        reads.offers,
        lambda: reads.rows(Wanted()),
        lambda: reads.record("2026-0001"),
        lambda: reads.item("R-2026-0001"),
        lambda: add.next(answers),
        lambda: preview.do(lambda *_: None),
    ]
    for one in refused:
        with pytest.raises(Refused) as why:
            one()
        assert why.value.text_id == "people.log-in"
    assert entries(home, EntryKind.AMENDMENT_ADDED) == []


def test_what_can_not_be_recorded_is_not_shown(home: Home) -> None:
    """The log is busy; but a log that nobody can write any more is evidence, and a right passphrase opens it."""

    def failing(error: StoreUnusable) -> Enter:
        def enter(_: Entry) -> object:
            raise error

        return enter

    with pytest.raises(StoreUnusable):
        a_door(home, failing(StoreUnusable("Busy."))).log_in(KIM, passphrase_of(KIM))
    found = a_door(home, failing(LogMustBeReplaced("Altered."))).log_in(KIM, passphrase_of(KIM))
    assert found.reviewer.record("2026-0001").record.no == "2026-0001"


@pytest.mark.stage(Stage.APPROVED)
class TestALiveDesk:
    """The desk's own thread writes what the screen enters."""

    @pytest.fixture
    def live(self, typed: Typed, monkeypatch: pytest.MonkeyPatch) -> Home:
        """A home that runs live, with people."""
        set_up_people(typed.home, SystemClock(), monkeypatch)
        return typed.home

    def test_a_log_in_goes_through_the_desk_that_has_the_log_open(self, live: Home) -> None:
        """By the rules for commands; when the log is closed, nothing is entered."""
        opener = desk_of(live, read_settings(live), practice=False, clock=SystemClock())[2]
        with ThreadPoolExecutor(max_workers=1) as thread:
            desk = thread.submit(opener.open).result()
            try:
                opener.attend(lambda work: thread.submit(work, desk), lambda: None)
                door = a_door(live, opener.enter)
                assert door.log_in(KIM, passphrase_of(KIM)).name == KIM
                with pytest.raises(Refused):
                    opener.enter(Entry(EntryKind.EXPORT_MADE, {"count": 1, "by": KIM}, actor=Actor.COMMAND))
            finally:
                thread.submit(opener.close).result()
        with pytest.raises(StoreUnusable):
            door.end(KIM, Ended.LEFT)
        assert [one["name"] for one in entries(live, EntryKind.LOGIN_SUCCEEDED)] == [KIM]

    def test_a_changed_file_is_a_warning_on_the_home_screen_and_an_entry(self, live: Home) -> None:
        """The desk opens as always."""
        warning = text("people.changed")
        assert warning not in self.reasons(live)
        save_verifiers(live, [])
        assert warning in self.reasons(live)
        assert entries(live, EntryKind.PEOPLE_REFUSED) == [{"names": [DANA, KIM]}]

    def test_people_of_a_previous_log_are_compared_too(self, live: Home) -> None:
        """A log that was replaced does not forget them."""
        replace_log(live, "live", SystemClock(), ReplaceReason.KEY_LOST, by="setup")
        assert text("people.changed") not in self.reasons(live)
        save_verifiers(live, [])
        assert text("people.changed") in self.reasons(live)

    @staticmethod
    def reasons(home: Home) -> tuple[str, ...]:
        """What the home screen shows when the desk opens."""
        opener = desk_of(home, read_settings(home), practice=False, clock=SystemClock())[2]
        opener.open().end_session()
        opener.close()
        return opener.reasons()
