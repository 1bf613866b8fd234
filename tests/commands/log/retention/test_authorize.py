"""`kiosk log retention authorize`, and what `destroy` refuses: destruction is an act of two, with the officer's key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.errors import ReplaceReason
from kiosk.log.replace import replace_log
from kiosk.record.bodies import meanings_in
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.key_file import new_key, read_key
from kiosk.record.retention.authorization import AuthorizationRefusal as Why
from kiosk.record.retention.authorization import read_authorization
from kiosk.record.retention.eligibility import KeptBecause
from kiosk.record.retention.request import read_request
from kiosk.record.transparency.signed_note import Signer, verify
from kiosk.settings import Home
from kiosk.system.clock import FixedClock, SystemClock
from tests.homes import PASSPHRASE, a_home, encounter
from tests.keeping import (
    ALLOWED,
    OFFICER,
    PRACTICE,
    RECORDS,
    REF,
    WHO,
    authorized,
    closed,
    destroy,
    knows_officer,
    mark,
    note_of,
    request,
    said,
    words_of,
)
from tests.typed import Typed, at_a_terminal

pytestmark = pytest.mark.usefixtures("synchronized")

STRANGER = Signer("records", bytes([11] * 32))


@pytest.fixture
def no(typed: Typed, home: Home) -> str:
    """The number of a closed record that is eligible, on a kiosk that knows the officer's key."""
    number = closed(home)
    mark(typed)
    knows_officer(home)
    return number


@pytest.fixture
def office(tmp_path: Path) -> tuple[str, ...]:
    """The options of the officer: key, passphrase, reference and name."""
    (tmp_path / "records.key").write_bytes(new_key("records", PASSPHRASE))
    (tmp_path / "words").write_text(PASSPHRASE, encoding="utf-8")
    key = ("--key", str(tmp_path / "records.key"), "--passphrase-file", str(tmp_path / "words"))
    return (*key, "--reference", REF, "--by", OFFICER)


def with_note(typed: Typed, note: bytes, *more: str) -> str:
    """Use this authorization; it must be refused with exit code 3 and nothing destroyed: the line about it."""
    file = typed.home.path.parent / "note"
    file.write_bytes(note)
    return typed.refused(3, "log", "retention", "destroy", "--authorization", str(file), *(more or ALLOWED))


def why(home: Home) -> list[str]:
    """Why the log says that authorizations were refused."""
    return [kept.body["why"] for kept in said(home, EntryKind.AUTHORIZATION_REFUSED)]


# -- request and authorization -----------------------------------------------------------------------------------------


def test_a_request_is_signed_on_a_computer_without_a_kiosk(
    typed: Typed, no: str, office: tuple[str, ...], tmp_path: Path
) -> None:
    """It names the record and shows what would be destroyed; the signed file has all of it."""
    asked, signed = tmp_path / "request", tmp_path / "signed"
    told = typed("log", "retention", "eligible", "-o", str(asked))
    assert (told.code, no in told.out) == (0, True)
    elsewhere = Typed(Home(tmp_path / "nowhere"), typed._capsys)
    told = elsewhere("log", "retention", "authorize", str(asked), *office, "--yes", "-o", str(signed))
    assert (told.code, no in told.err, OFFICER in told.out) == (0, True, True), told
    assert not (tmp_path / "nowhere").exists()
    said_ = read_authorization(verify(signed.read_bytes(), read_key((tmp_path / "records.key").read_bytes()).public))
    assert (said_.by, said_.reference) == (OFFICER, REF)
    assert said_.request == read_request(asked.read_bytes())
    assert [one.no for one in said_.request.records] == [no]


@pytest.mark.usefixtures("no")
@pytest.mark.parametrize(("answer", "code"), [("yes\n", 0), ("no\n", 3), ("\n", 3)])
def test_the_officer_is_asked(
    typed: Typed,
    office: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    code: int,
) -> None:
    """Nothing is signed without a yes; without a terminal it needs --yes."""
    asked, signed = tmp_path / "request", tmp_path / "signed"
    assert typed("log", "retention", "eligible", "-o", str(asked)).code == 0
    words = ("log", "retention", "authorize", str(asked), *office, "-o", str(signed))
    assert (typed(*words).code, signed.exists()) == (2, False)
    at_a_terminal(monkeypatch, answer)
    assert (typed(*words).code, signed.exists()) == (code, not code)


def test_a_reference_with_two_meanings_is_signed_and_kept_with_its_meaning(
    typed: Typed, home: Home, no: str, office: tuple[str, ...], tmp_path: Path
) -> None:
    """The officer says it; the person who destroys is shown it, and does not say it again."""
    asked, signed = tmp_path / "request", tmp_path / "signed"
    typed("log", "retention", "eligible", "-o", str(asked))
    options = [word if word != REF else "RC-075 no. 555010199" for word in office]
    words = ("log", "retention", "authorize", str(asked), *options, "--yes", "-o", str(signed))
    assert "--meaning" in typed.refused(3, *words)
    assert typed(*words, "--meaning", "case").code == 0
    text = verify(signed.read_bytes(), read_key((tmp_path / "records.key").read_bytes()).public)
    signed.write_bytes(RECORDS.sign(text))
    told = typed("log", "retention", "destroy", "--authorization", str(signed), *ALLOWED)
    assert (told.code, "[means: case number]" in told.err) == (0, True), told
    assert meanings_in(said(home, EntryKind.RECORD_DESTROYED)[0].body) == {"reference": "case"}
    assert "[means: case number]. Reason" in words_of(typed, no)


def test_a_name_of_two_lines_is_signed_as_one(typed: Typed, no: str, office: tuple[str, ...], tmp_path: Path) -> None:
    """No name can pass as another line of the text."""
    asked, signed = tmp_path / "request", tmp_path / "signed"
    typed("log", "retention", "eligible", "-o", str(asked))
    words = (*office[:-1], "Pat Example\nreference: another")
    assert typed("log", "retention", "authorize", str(asked), *words, "--yes", "-o", str(signed)).code == 0
    text = verify(signed.read_bytes(), read_key((tmp_path / "records.key").read_bytes()).public)
    assert read_authorization(text).by == "Pat Example reference: another"


def test_a_request_leaves_out_what_is_on_hold_and_is_not_made_ahead(
    typed: Typed, home: Home, no: str, tmp_path: Path
) -> None:
    """Held records are listed, not requested; without any other there is no file, and none for a day to come."""
    held = closed(home, 2019)
    typed("log", "hold", "place", held, *WHO)
    told = typed("log", "retention", "eligible", "-o", str(tmp_path / "one"))
    assert (told.code, held in told.out) == (0, True)
    assert [one.no for one in read_request((tmp_path / "one").read_bytes()).records] == [no]
    typed.refused(2, "log", "retention", "eligible", "--as-of", "2030-01-01", "-o", str(tmp_path / "two"))
    typed("log", "hold", "place", no, *WHO)
    assert typed("log", "retention", "eligible", "-o", str(tmp_path / "two")).code == 0
    assert not (tmp_path / "two").exists()


# -- attacks -----------------------------------------------------------------------------------------------------------


FORGED: dict[str, tuple[Callable[[bytes], bytes], Why]] = {
    "unsigned": (lambda note: note.rpartition(b"\n\n")[0] + b"\n", Why.UNSIGNED),
    "signed by another key": (lambda note: STRANGER.sign(note.decode().rpartition("\n\n")[0] + "\n"), Why.OTHER_KEY),
    "edited after signing": (lambda note: note.replace(b"eligible from", b"eligible  from"), Why.EDITED),
    "another record after signing": (lambda note: note.replace(b"record 20", b"record 21"), Why.EDITED),
    "no text at all": (lambda _: bytes([255]), Why.UNSIGNED),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_authorization_destroys_nothing(typed: Typed, home: Home, no: str, name: str) -> None:
    """Exit code 3, one sentence, an entry with the reason."""
    forge, code = FORGED[name]
    with_note(typed, forge(note_of(request(home, [no]))))
    assert why(home) == [code]
    assert "Two cars" in words_of(typed, no)


def test_a_request_that_was_edited_before_signing_destroys_nothing(typed: Typed, home: Home, no: str) -> None:
    """The officer was shown another number than the record that would go; a second one is not known at all."""
    other = closed(home, 2021, note="Three cars")
    asked = request(home, [no, other])
    first, second = asked.records
    swapped = (replace(first, no=second.no), replace(second, no=first.no))
    with_note(typed, note_of(replace(asked, records=swapped)))
    assert [kept.body["why"] for kept in said(home, EntryKind.DESTRUCTION_REFUSED)] == [KeptBecause.CHANGED] * 2
    with_note(typed, note_of(replace(asked, records=(replace(first, encounter_id="of-nobody"),))))
    with_note(typed, note_of(replace(asked, mode="practice")))
    with_note(typed, note_of(replace(asked, state=replace(asked.state, root=bytes(32)))))
    with_note(typed, note_of(replace(asked, state=replace(asked.state, size=10**6))))
    with_note(typed, note_of(replace(asked, schedule=("all: 1 year, from 2020-01-01, A schedule, set by A. Ruiz",))))
    assert why(home) == [Why.UNKNOWN_RECORD, Why.OTHER_LOG, Why.OTHER_STATE, Why.OTHER_STATE, Why.OTHER_SCHEDULE]
    assert ("Two cars" in words_of(typed, no), "Three cars" in words_of(typed, other)) == (True, True)


def test_a_key_that_an_editor_put_into_the_settings_authorizes_nothing(typed: Typed, home: Home, no: str) -> None:
    """Neither its own authorizations nor those of the true key, until setup has put that back."""
    text = home.settings_file.read_text(encoding="utf-8")
    home.settings_file.write_text(text.replace(str(RECORDS.public), str(STRANGER.public)), encoding="utf-8")
    with_note(typed, note_of(request(home, [no]), key=STRANGER))
    with_note(typed, note_of(request(home, [no])))
    assert why(home) == [Why.KEY_CHANGED] * 2
    assert typed("setup", "--desk", "Side door").code == 0
    with_note(typed, note_of(request(home, [no]), key=STRANGER))
    assert why(home)[2:] == [Why.OTHER_KEY]
    assert destroy(typed, no).code == 0


def test_a_new_key_authorizes_nothing_for_thirty_days(typed: Typed, home: Home, no: str) -> None:
    """A person at the kiosk can't enter a key of their own, and use it before others see it."""
    assert typed("setup", "--records-key", str(STRANGER.public), "--replace-records-key").code == 0
    with_note(typed, note_of(request(home, [no]), key=STRANGER))
    with_note(typed, note_of(request(home, [no])))
    assert why(home) == [Why.KEY_TOO_NEW, Why.OTHER_KEY]


def test_without_a_key_nothing_is_authorized(typed: Typed, home: Home) -> None:
    """The kiosk was never given one."""
    number = closed(home)
    mark(typed)
    with_note(typed, note_of(request(home, [number])))
    assert why(home) == [Why.NO_KEY]


def test_an_authorization_is_used_once(typed: Typed, home: Home, no: str) -> None:
    """Also after the record was added to; what is added needs an authorization of its own."""
    note = note_of(request(home, [no]))
    file = home.path.parent / "once"
    file.write_bytes(note)
    assert typed("log", "retention", "destroy", "--authorization", str(file), *ALLOWED).code == 0
    with_note(typed, note)
    typed("log", "amend", no, "--add", "A third car", "--reason", "Read again", "--by", "Dana Ruiz")
    mark(typed, "until 2021-01-01")
    with_note(typed, note)
    assert why(home) == [Why.USED] * 2
    assert "A third car" in words_of(typed, no)
    assert destroy(typed, no).code == 0
    assert len(said(home, EntryKind.RECORD_DESTROYED)) == 2


def test_an_authorization_for_another_kiosk_destroys_nothing(typed: Typed, home: Home, no: str, tmp_path: Path) -> None:
    """Its log is not here, even if its record has the same number and the same officer signed it."""
    there = a_home(tmp_path / "there")
    assert closed(there) == no
    with_note(typed, note_of(request(there, [no])))
    assert why(home) == [Why.OTHER_LOG]
    assert "Two cars" in words_of(typed, no)


def test_an_authorization_outlives_the_log_that_it_names(typed: Typed, home: Home, no: str) -> None:
    """The log of today follows that one; used once, it stays used after another replacement."""
    note, file = note_of(request(home, [no])), home.path.parent / "earlier"
    file.write_bytes(note)
    replace_log(home, "live", SystemClock(), ReplaceReason.KEY_LOST, by="setup")
    assert typed("log", "retention", "destroy", "--authorization", str(file), *ALLOWED).code == 0
    assert "Two cars" not in words_of(typed, no)
    replace_log(home, "live", SystemClock(), ReplaceReason.KEY_LOST, by="setup")
    with_note(typed, note)
    assert why(home) == [Why.USED]


def test_a_record_that_changed_after_signing_keeps_all(typed: Typed, home: Home, no: str) -> None:
    """Amended or put on hold: not one of the records is destroyed, and each reason is an entry."""
    amended, held = closed(home, 2019, note="Three cars"), closed(home, 2018, note="Four cars")
    note = note_of(request(home, [no, amended, held]))
    typed("log", "amend", amended, "--add", "A third car", "--reason", "Read again", "--by", "Dana Ruiz")
    typed("log", "hold", "place", held, *WHO)
    told = with_note(typed, note)
    assert all(number in told for number in (amended, held))
    refusals = said(home, EntryKind.DESTRUCTION_REFUSED)
    assert [(one.body["no"], one.body["why"]) for one in refusals] == [
        (amended, KeptBecause.CHANGED),
        (held, KeptBecause.ON_HOLD),
    ]
    for number, words in ((no, "Two cars"), (amended, "Three cars"), (held, "Four cars")):
        assert words in words_of(typed, number)


def test_a_clock_that_is_put_forward_makes_an_authorization_no_stronger(
    typed: Typed, home: Home, no: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signed for a record that is still young."""
    young = closed(home, 2025)
    file = str(authorized(home, young))
    wrong = FixedClock(datetime(2040, 5, 1, 12, tzinfo=UTC))
    monkeypatch.setattr(SystemClock, "now", lambda _: wrong.now())
    monkeypatch.setattr(SystemClock, "sync", lambda _: wrong.sync())
    encounter(home, clock=wrong)
    typed.refused(3, "log", "retention", "destroy", "--authorization", file, *ALLOWED)
    assert said(home, EntryKind.RECORD_DESTROYED) == []
    assert "Two cars" in words_of(typed, young)


@pytest.mark.parametrize("by", ["Pat Example", "PAT EXAMPLE", " pat   example ", "Example, Pat", "Pat Q. Example"])
def test_one_person_can_not_do_both(typed: Typed, home: Home, no: str, by: str) -> None:
    """In other capitals, order or length."""
    with_note(typed, note_of(request(home, [no])), "--by", by, "--reason", "It is over", "--yes")
    assert why(home) == [Why.SAME_PERSON]


def test_a_schedule_that_was_set_after_the_request_does_not_make_it_void(typed: Typed, home: Home, no: str) -> None:
    """The officer saw the one of that time; whether the record is eligible is decided by the present one."""
    file = authorized(home, no)
    mark(typed, "4 years")
    assert typed("log", "retention", "destroy", "--authorization", str(file), *ALLOWED).code == 0


def test_an_authorization_brings_no_private_text_into_the_log(typed: Typed, home: Home, no: str) -> None:
    """Its words pass the same guard as any that staff type, whatever program wrote them."""
    asked, file = request(home, [no]), home.path.parent / "note"
    for note in (
        note_of(asked, reference="SSN 123-45-6789"),
        note_of(asked, by="SSN 123-45-6789"),
        note_of(replace(asked, school="SSN 123-45-6789")),
        note_of(replace(asked, desk="SSN 123-45-6789")),
    ):
        file.write_bytes(note)
        typed.refused(2, "log", "retention", "destroy", "--authorization", str(file), *ALLOWED)
    assert said(home, EntryKind.DESTRUCTION_AUTHORIZED) == []
    assert "Two cars" in words_of(typed, no)


def test_the_authorization_stays_in_the_log_and_is_shown_as_it_was_signed(typed: Typed, home: Home, no: str) -> None:
    """By the start of its hash, which the entries cite."""
    file = authorized(home, no)
    assert typed("log", "retention", "destroy", "--authorization", str(file), *ALLOWED).code == 0
    (destroyed,) = said(home, EntryKind.RECORD_DESTROYED)
    cited = str(destroyed.body["authorization"])
    for start in (cited, cited[:8]):
        assert typed("log", "retention", "show", "--authorization", start).out.encode() == file.read_bytes()
    for start in ("0" * 8 if cited[0] != "0" else "1" * 8, "", cited[:7]):
        typed.refused(2, "log", "retention", "show", "--authorization", start)


def test_practice_and_live_never_authorize_for_each_other(typed: Typed, home: Home, no: str) -> None:
    """Neither key, nor request; a practice record is destroyed with the practice key alone."""
    number = encounter(home, "practice", note="Two cars")
    mark(typed, "until 2020-01-01", mode="practice")
    knows_officer(home, "practice")
    with_note(typed, note_of(request(home, [number], "practice"), key=PRACTICE))
    with_note(typed, note_of(request(home, [number], "practice")))
    with_note(typed, note_of(request(home, [no])), *ALLOWED, "--practice")
    assert why(home) == [Why.OTHER_KEY, Why.OTHER_LOG]
    assert destroy(typed, number, mode="practice").code == 0
    assert "Two cars" in words_of(typed, no)
