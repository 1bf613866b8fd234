"""`kiosk log amend --called`, `--close`, `--void`: what was left to do, or left open, ends by an entry that says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kiosk.desk.service import Desk
from kiosk.desk.station import Pack, Station
from kiosk.log.log import open_writer
from kiosk.packs.library import Library
from kiosk.protocol.replies import CallResult, Chosen, Missing, Place, Recorded
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.builders import some_contacts
from tests.homes import encounter
from tests.running import running_kiosk
from tests.typed import Typed

WHO = ("--by", "Dana Ruiz")
CALLED = ("--called", "office")
REACHED = (*CALLED, "--result", "reached", *WHO)


@contextmanager
def at_the_desk(home: Home) -> Iterator[Desk]:
    """The desk over the live log."""
    found = Library(home).find("small")
    assert found.protocol is not None
    station, log = (
        Station("Lincoln Elementary School", "Front office", "live", some_contacts()),
        open_writer(home, "live", FixedClock()),
    )
    try:
        pack = Pack(found.protocol, found.content_hash, found.content)
        desk = Desk(log, FixedClock(), station, pack, pack_by_hash=lambda _: None)
        desk.start_session()
        yield desk
    finally:
        log.close()


def unfinished_records(home: Home) -> str:
    """The number of a record that stands at its facts; the office is not notified."""
    with at_the_desk(home) as desk:
        running = desk.answer(desk.open(), Place("channel"), Chosen("phone"))
        return running.no


def incomplete(home: Home) -> str:
    """The number of a closed record with the office not notified, and a fact put off."""
    with at_the_desk(home) as desk:
        running = desk.answer(desk.open(), Place("channel"), Chosen("phone"))
        facts = Recorded.of({"agency-as-stated": "An agency", "badge": Missing("deferred")})
        running = desk.close(desk.answer(running, Place("identify"), facts))
        return running.no


def doctor(typed: Typed, name: str) -> list[tuple[str, str]]:
    """(state, words) of the lines of `kiosk doctor` with that name."""
    checks = typed("doctor", "--json").json["checks"]
    return [(check["state"], check["words"]) for check in checks if check["name"] == name]


def still_to_do(typed: Typed, no: str) -> dict[str, list[str]]:
    """What the JSON of a record says is still to do."""
    found: dict[str, list[str]] = typed("log", "show", no, "--json").json["still_to_do"]
    return found


def test_a_call_still_to_make_is_in_the_list_the_record_the_check_and_the_exports(typed: Typed, home: Home) -> None:
    """Until a later call ends it; then it is a call of the record, after its closing."""
    no = incomplete(home)
    assert "1 call still to make, 1 fact to fill in" in typed("log", "list").out
    assert still_to_do(typed, no) == {"calls": ["office"], "facts": ["badge"]}
    ((state, words),) = doctor(typed, "calls")
    assert (state, f"{no} (office)" in words) == ("amber", True)
    assert doctor(typed, "facts")[0][0] == "green"
    assert '"call office; fill in badge"' in typed("log", "export", "--format", "csv", "--level", "full").out
    told = typed("log", "amend", no, *REACHED, "--name", "Lee Novak")
    assert (told.code, "fill in badge" in told.out) == (0, True)
    assert still_to_do(typed, no) == {"calls": [], "facts": ["badge"]}
    assert doctor(typed, "calls") == []
    assert "office (Lee Novak): reached, after it was closed" in typed("log", "show", no).out
    assert (
        typed("log", "amend", no, "--field", "badge", "--not-recorded", "refused", "--reason", "Seen", *WHO).code == 0
    )
    assert still_to_do(typed, no) == {"calls": [], "facts": []}
    assert doctor(typed, "facts") == []
    assert typed("log", "verify").code == 0


def test_a_call_in_vain_is_kept_and_ends_nothing(typed: Typed, home: Home) -> None:
    """Who was tried and when is worth knowing; the call is still to make."""
    no = incomplete(home)
    typed("log", "amend", no, *CALLED, "--result", "no-answer", *WHO)
    assert still_to_do(typed, no)["calls"] == ["office"]
    assert f"office: {CallResult.NO_ANSWER.words}" in typed("log", "show", no).out


def test_a_call_is_recorded_by_the_running_kiosk_at_once(typed: Typed, home: Home) -> None:
    """Together with the entry that nothing is left to do."""
    no = incomplete(home)
    with running_kiosk(home):
        assert typed("log", "amend", no, *REACHED).code == 0
        assert still_to_do(typed, no)["calls"] == []


REFUSED: dict[str, tuple[int, tuple[str, ...]]] = {
    "no result": (2, ("amend", "NO", *CALLED, *WHO)),
    "a result that is none": (2, ("amend", "NO", *CALLED, "--result", "maybe", *WHO)),
    "a role that is not the record's": (2, ("amend", "NO", "--called", "janitor", "--result", "reached", *WHO)),
    "no such record": (2, ("amend", "2026-9999", *REACHED)),
    "nobody says who": (2, ("amend", "NO", *CALLED, "--result", "reached")),
    "words that are never kept": (2, ("amend", "NO", *REACHED, "--name", "A123456789")),
    "closing what is closed": (3, ("amend", "NO", "--close", "--reason", "Left open", *WHO)),
    "closing without a reason": (2, ("amend", "OPEN", "--close", *WHO)),
    "a reason that is never kept": (2, ("amend", "OPEN", "--close", "--reason", "A123456789", *WHO)),
    "a call for an open record": (3, ("amend", "OPEN", *REACHED)),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_can_not_be_done_is_refused_in_a_sentence(typed: Typed, home: Home, what: str) -> None:
    """With its exit code, and nothing is written."""
    numbers = {"NO": incomplete(home), "OPEN": unfinished_records(home)}
    before = typed("log", "list", "--json").out
    code, words = REFUSED[what]
    typed.refused(code, "log", *(numbers.get(word, word) for word in words))
    assert typed("log", "list", "--json").out == before


def test_a_call_without_its_role_is_answered_with_those_still_to_make(typed: Typed, home: Home) -> None:
    """Also with a role that the record does not have."""
    no = incomplete(home)
    for called in ((), ("janitor",)):
        told = typed.refused(2, "log", "amend", no, "--called", *called, "--result", "reached", *WHO)
        assert told.endswith("Still to call: office.\n")


def test_nobody_is_still_to_call(typed: Typed, home: Home) -> None:
    """Then the roles of the record are named, and the call is added all the same."""
    no = encounter(home)
    assert "Choose one of: office." in typed.refused(2, "log", "amend", no, "--called", "--result", "reached", *WHO)
    assert "Nothing is left" in typed("log", "amend", no, *REACHED).out


def test_a_record_left_open_is_closed_and_the_office_is_still_to_call(typed: Typed, home: Home) -> None:
    """The closing says why and by whom; the desk offers it no more."""
    no = unfinished_records(home)
    assert doctor(typed, "unfinished")[0][0] == "amber"
    assert typed("log", "amend", no, "--close", "--reason", "Nobody finished it", *WHO).code == 0
    shown = typed("log", "show", no, "--json").json
    assert (shown["ending"], shown["reason"], shown["outcome"]) == ("unfinished", "Nobody finished it", None)
    assert shown["still_to_do"]["calls"] == ["office"]
    assert "closed unfinished: Nobody finished it, Dana Ruiz" in typed("log", "show", no).out
    assert doctor(typed, "unfinished") == []
    with at_the_desk(home) as desk:
        assert desk.unfinished().records == ()


def test_a_record_left_open_is_void(typed: Typed, home: Home) -> None:
    """Nobody need know of it."""
    no = unfinished_records(home)
    assert typed("log", "amend", no, "--void", "--reason", "A slip", *WHO).code == 0
    shown = typed("log", "show", no, "--json").json
    assert (shown["ending"], shown["still_to_do"]) == ("void", {"calls": [], "facts": []})
    assert "void" in typed("log", "list").out


def test_a_record_is_not_closed_under_the_hands_of_the_desk(typed: Typed, home: Home) -> None:
    """While the desk works on a record, only the desk closes it; once the desk has left it, the open kiosk does it."""
    with running_kiosk(home) as kiosk:
        kiosk.thread.submit(kiosk.desk.start_session).result()
        running = kiosk.thread.submit(kiosk.desk.open).result()
        close = ("log", "amend", running.no, "--close", "--reason", "Left", *WHO)
        told = typed(*close)
        assert (told.code, told.out, "The kiosk is open" in told.err) == (3, "", True)
        assert typed("log", "show", running.no, "--json").json["ending"] is None
        kiosk.thread.submit(kiosk.desk.pause, running).result()
        assert typed(*close).code == 0
        assert typed("log", "show", running.no, "--json").json["ending"] == "unfinished"
        assert kiosk.thread.submit(kiosk.desk.resume, running).result().closed


def test_a_record_whose_protocol_is_gone_can_be_closed(typed: Typed, home: Home) -> None:
    """With what the log still knows of it."""
    with at_the_desk(home) as desk:
        desk.pack = Pack(desk.pack.protocol, "ab" * 32)
        no = desk.open().no
    assert typed("log", "amend", no, "--close", "--reason", "Its protocol is gone", *WHO).code == 0
    assert typed("log", "show", no, "--json").json["ending"] == "unfinished"
