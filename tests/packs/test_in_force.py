"""From the superintendent's key to a live desk: signed content runs, altered content does not, and that is shown."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.bootstrap import Opener, desk_of
from kiosk.commands import doctor
from kiosk.log.log import open_reader
from kiosk.packs.library import InForce, Library
from kiosk.protocol.replies import Attempt, CallResult, Chosen, Missing, Place, Recorded
from kiosk.record.entries import LoggedEntry, decode
from kiosk.settings import Home, read_settings
from kiosk.system.clock import FixedClock, SystemClock
from tests.homes import CONTACTS, PACK, PASSPHRASE, PUBLIC, SCENARIOS, approved, encounter
from tests.running import running_kiosk
from tests.typed import Typed

TODAY = date(2026, 9, 14)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A new, empty home, for this account only."""
    (tmp_path / "home").mkdir(mode=0o700)
    return Home(tmp_path / "home")


@pytest.fixture
def typed(home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Commands on that home, with a voice that is ready."""
    monkeypatch.setattr(doctor, "voice_check", lambda: (True, "The voice is ready."))
    return Typed(home, capsys)


def a_pack(folder: Path, *changes: tuple[str, str]) -> Path:
    """A folder with the small pack, some of its words changed."""
    words = PACK
    for old, new in changes:
        assert old in words
        words = words.replace(old, new)
    folder.mkdir(parents=True)
    (folder / "protocol.yaml").write_text(words, encoding="utf-8")
    (folder / "scenarios.yaml").write_text(SCENARIOS, encoding="utf-8")
    return folder


def version(
    number: str, *, effective: str = "2026-01-01", review_by: str = "2099-06-30"
) -> tuple[tuple[str, str], ...]:
    """The changes that make another release."""
    return (
        ('version: "2026.1"', f'version: "{number}"'),
        ("effective: 2026-01-01", f"effective: {effective}"),
        ("review_by: 2099-06-30", f"review_by: {review_by}"),
    )


def signed(folder: Path, *changes: tuple[str, str], on: date = date(2026, 8, 1)) -> Path:
    """As `a_pack`, with the superintendent's note."""
    approved(a_pack(folder, *changes), on=on)
    return folder


def at_the_desk(typed: Typed, home: Home) -> None:
    """Set the home up with the superintendent's public key, and with a draft of the small pack."""
    a_pack(home.path / "protocols" / "small")
    contacts = home.path.parent / "contacts.yaml"
    contacts.write_text(CONTACTS, encoding="utf-8")
    school = ("--school", "Lincoln Elementary School", "--contacts", str(contacts), "--protocol", "small")
    told = typed("setup", *school, "--superintendent-key", PUBLIC)
    assert told.code == 0, told


def force(home: Home, today: date = TODAY) -> InForce:
    """Return the pack that runs on that day."""
    return Library(home).in_force(read_settings(home), today)


def session(home: Home, *, practice: bool = False) -> None:
    """The kiosk is opened and closed again."""
    desk, opener = opened(home, practice=practice)
    desk.end_session()
    opener.close()


def opened(home: Home, *, practice: bool = False) -> tuple[Any, Opener]:
    """The desk of an opened kiosk, and what closes it."""
    _, _, opener = desk_of(home, read_settings(home), practice=practice, clock=SystemClock())
    return opener.open(), opener


def entries(home: Home, kind: str = "") -> list[LoggedEntry]:
    """The live log's entries, of one kind or all."""
    log = open_reader(home, "live")
    try:
        return [kept for kept in map(decode, log.entries()) if kind in ("", kept.kind)]
    finally:
        log.close()


def test_approve_install_run_live_alter_and_restore(typed: Typed, home: Home, tmp_path: Path) -> None:
    """The whole way in a new home: key, setup, approval, install, live; one letter, refused; restored, green."""
    today = SystemClock().now().local().date()
    secret = tmp_path / "passphrase"
    secret.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    key = tmp_path / "superintendent.key"
    public = typed("key", "new", "superintendent", str(key), "--passphrase-file", str(secret)).out.strip()
    assert typed("key", "show", str(key)).out.strip() == public
    contacts = tmp_path / "contacts.yaml"
    contacts.write_text(CONTACTS, encoding="utf-8")
    school = ("--school", "Lincoln Elementary School", "--contacts", str(contacts))
    pack = a_pack(tmp_path / "pack")
    shutil.copytree(pack, home.path / "protocols" / "small")
    assert typed("setup", *school, "--protocol", "small", "--superintendent-key", public).code == 0
    assert force(home, today).mode == "practice"

    who = ("--name", "A. Example", "--role", "Superintendent", "--key", str(key), "--passphrase-file", str(secret))
    assert typed("protocol", "approve", str(pack), *who).code == 0
    told = typed("protocol", "install", str(pack))
    assert told.code == 0, told
    assert (force(home, today).mode, typed("doctor").code) == ("live", 0)
    session(home)
    content_hash = force(home, today).found.content_hash
    assert [e.body["content_hash"] for e in entries(home, "pack.activated")] == [content_hash]

    own = home.path / "protocols" / "small" / "protocol.yaml"
    own.write_text(own.read_text(encoding="utf-8").replace("Please wait", "Please wail"), encoding="utf-8")
    now = force(home, today)
    assert (now.mode, now.found.content_hash) == ("live", content_hash)
    assert "Please wait" in now.found.files["protocol.yaml"].decode()
    assert now.warnings[0].startswith("The protocol was changed after it was approved")
    told = typed("doctor")
    assert told.code == 2
    assert "changed after it was approved" in told.out
    assert "runs instead" in told.out
    for _ in range(2):
        session(home)
    (rejected,) = entries(home, "pack.rejected")
    assert (rejected.body["why"], rejected.pack) == ("altered", content_hash)

    own.write_text(own.read_text(encoding="utf-8").replace("Please wail", "Please wait"), encoding="utf-8")
    assert (force(home, today).warnings, typed("doctor").code) == ((), 0)
    session(home)
    assert len(entries(home, "pack.rejected")) == 1


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda own: (own / "approval.note").unlink(), "unsigned"),
        (lambda own: (own / "protocol.yaml").write_bytes(b"{"), "unreadable"),
        (lambda own: (own / "protocol.yaml").write_bytes(PACK.encode()[:500]), "unreadable"),
        (lambda own: (own / "scenarios.yaml").unlink(), "altered"),
        (lambda own: (own / "approval.note").write_bytes(b"x"), "bad-signature"),
        (shutil.rmtree, "unreadable"),
    ],
)
def test_whatever_happens_to_the_copy_in_use_the_last_good_one_stays_up(
    typed: Typed, home: Home, tmp_path: Path, spoil: Callable[[Path], object], why: str
) -> None:
    """A half-written file, a lost note, no folder at all: the desk continues, and names what it refused."""
    at_the_desk(typed, home)
    typed("protocol", "install", str(signed(tmp_path / "pack")))
    content_hash = force(home).found.content_hash
    spoil(home.path / "protocols" / "small")
    now = force(home)
    assert (now.mode, now.found.content_hash) == ("live", content_hash)
    assert now.refused is not None
    assert now.refused.code == why
    assert typed("doctor").code == 2


def test_an_altered_kept_copy_is_never_run(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Only a home with no good copy at all is in PRACTICE."""
    at_the_desk(typed, home)
    typed("protocol", "install", str(signed(tmp_path / "pack")))
    for file in home.path.glob("p*/*/protocol.yaml"):
        file.write_text(file.read_text(encoding="utf-8").replace("Call.", "Ring."), encoding="utf-8")
    now = force(home)
    assert (now.mode, "changed after" in now.reasons[0]) == ("practice", True)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((("Call.", "Ring."),), "altered"),
        ((("badge: {label: {en: Badge}", "badge: {label: {en: Badges}"),), "altered"),
    ],
)
def test_an_altered_pack_is_not_installed(
    typed: Typed, home: Home, tmp_path: Path, change: tuple[tuple[str, str], ...], code: str
) -> None:
    """Exit code 3, one sentence, and an entry; nothing is put anywhere."""
    at_the_desk(typed, home)
    pack = signed(tmp_path / "pack")
    words = (pack / "protocol.yaml").read_text(encoding="utf-8")
    for old, new in change:
        words = words.replace(old, new)
    (pack / "protocol.yaml").write_text(words, encoding="utf-8")
    typed.refused(3, "protocol", "install", str(pack))
    assert [e.body["why"] for e in entries(home, "pack.rejected")] == [code]
    assert not (home.path / "packs").exists()


def test_only_a_higher_version_is_installed(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Higher by its numbers, not its letters; the same content again is a repair."""
    at_the_desk(typed, home)
    for number in ("2026.9", "2026.10"):
        assert typed("protocol", "install", str(signed(tmp_path / number, *version(number)))).code == 0
    for number in ("2026.9.5", "2026.10", "2025.99"):
        pack = signed(tmp_path / f"other-{number}", *version(number), ("Call.", "Ring."))
        assert "not higher" in typed.refused(3, "protocol", "install", str(pack))
    assert typed("protocol", "install", str(tmp_path / "2026.10")).code == 0
    assert "not higher" in typed.refused(3, "protocol", "install", str(tmp_path / "2026.9"))
    typed.refused(3, "protocol", "install", str(signed(tmp_path / "odd", *version("autumn"))))
    assert [e.body["why"] for e in entries(home, "pack.rejected")] == [*["lower"] * 4, "version"]
    assert force(home).protocol.release.version == "2026.10"


def test_a_lower_copy_put_there_by_hand_does_not_run(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Though the superintendent signed it once."""
    at_the_desk(typed, home)
    for number in ("2026.1", "2026.2"):
        typed("protocol", "install", str(signed(tmp_path / number, *version(number))))
    own = home.path / "protocols" / "small"
    shutil.rmtree(own)
    shutil.copytree(tmp_path / "2026.1", own)
    now = force(home)
    assert now.refused is not None
    assert (now.mode, now.protocol.release.version, now.refused.code) == ("live", "2026.2", "lower")


def test_a_pack_of_another_key_without_a_key_or_overdue_is_not_installed(
    typed: Typed, home: Home, tmp_path: Path
) -> None:
    """Each with its own reason."""
    pack, late = signed(tmp_path / "pack"), signed(tmp_path / "late", *version("2026.1", review_by="2026-06-30"))
    assert "no superintendent's key" in typed.refused(3, "protocol", "install", str(pack))
    at_the_desk(typed, home)
    assert "2026-06-30" in typed.refused(3, "protocol", "install", str(late))
    (pack / "approval.note").unlink()
    assert "not approved" in typed.refused(3, "protocol", "install", str(pack))
    assert [e.body["why"] for e in entries(home, "pack.rejected")] == ["overdue", "unsigned"]


def test_contacts_that_do_not_fit_the_new_protocol_stop_it(typed: Typed, home: Home, tmp_path: Path) -> None:
    """A role nobody fills would be found at the visit."""
    at_the_desk(typed, home)
    office = "office: {title: {en: The office}, required: true, designee: true}"
    pack = signed(
        tmp_path / "pack",
        (office, f"{office}, nurse: {{title: {{en: Nurse}}, required: true}}"),
        ("call: [office]", "call: [office, nurse]"),
    )
    told = typed("protocol", "install", str(pack))
    assert (told.code, "contacts" in told.err or "scenario" in told.err) == (3, True), told


def test_before_its_day_the_one_before_stays_in_force(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Installed in August, in force from September on; and the doctor can look ahead."""
    at_the_desk(typed, home)
    typed("protocol", "install", str(signed(tmp_path / "old", *version("2026.1"))))
    told = typed("protocol", "install", str(signed(tmp_path / "new", *version("2027.1", effective="2090-09-01"))))
    assert "until then" in told.err
    assert [force(home, day).protocol.release.version for day in (TODAY, date(2090, 9, 1))] == ["2026.1", "2027.1"]
    told = typed("doctor")
    assert (told.code, "2027.1 is installed" in told.out) == (1, True)
    assert typed("doctor", "--as-of", "2090-09-01").code == 0
    session(home)
    assert entries(home, "pack.rejected") == []


def test_an_overdue_one_stays_up_loudly_and_gives_way_to_one_in_date(
    typed: Typed, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line on the home screen, red at the doctor's, one entry each session."""
    at_the_desk(typed, home)
    typed("protocol", "install", str(signed(tmp_path / "old", *version("2026.1", review_by="2090-01-01"))))
    late = date(2091, 1, 1)
    now = force(home, late)
    assert (now.mode, now.overdue, "overdue" in now.warnings[0]) == ("live", True, True)
    assert typed("doctor", "--as-of", "2091-01-01").code == 2
    monkeypatch.setattr("kiosk.system.clock.SystemClock.now", FixedClock(datetime(2091, 1, 1, 12, tzinfo=UTC)).now)
    for _ in range(2):
        session(home)
    assert [e.body["review_by"] for e in entries(home, "pack.overdue")] == ["2090-01-01"] * 2


def test_a_clock_a_year_off_is_said_and_not_passed_over(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Before the effective day it is PRACTICE with both days named; before the approval it warns."""
    at_the_desk(typed, home)
    typed("protocol", "install", str(signed(tmp_path / "pack", *version("2026.1", effective="2026-03-01"))))
    now = force(home, date(2025, 9, 14))
    assert (now.mode, now.reasons) == (
        "practice",
        ("The protocol takes effect on 2026-03-01; this computer's clock says 2025-09-14.",),
    )
    now = force(home, date(2026, 7, 1))
    assert (now.mode, "before the protocol was approved" in now.warnings[0]) == ("live", True)
    told = typed("doctor", "--as-of", "2026-07-01")
    assert (told.code, "before the protocol was approved" in told.out) == (2, True)


def test_a_look_ahead_at_an_install_changes_nothing(typed: Typed, home: Home, tmp_path: Path) -> None:
    """`--as-of` says what would happen; neither a good nor a bad day leaves a trace."""
    at_the_desk(typed, home)
    pack = str(signed(tmp_path / "pack", *version("2026.1", review_by="2090-01-01")))
    before = len(entries(home))
    assert "would be installed" in typed("protocol", "install", pack, "--as-of", "2089-01-01").out
    typed.refused(3, "protocol", "install", pack, "--as-of", "2091-01-01")
    assert (len(entries(home)), (home.path / "packs").exists()) == (before, False)


def test_an_install_is_entered_by_the_running_kiosk(typed: Typed, home: Home, tmp_path: Path) -> None:
    """With the content hash of the installed pack."""
    at_the_desk(typed, home)
    with running_kiosk(home):
        assert typed("protocol", "install", str(signed(tmp_path / "pack"))).code == 0
        (activated,) = entries(home, "pack.activated")
    assert activated.pack == force(home).found.content_hash


def test_another_key_is_taken_only_on_purpose_and_kept_in_the_log(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Content that the other key signed runs no longer."""
    at_the_desk(typed, home)
    typed("protocol", "install", str(signed(tmp_path / "pack")))
    secret, file = tmp_path / "secret", tmp_path / "new.key"
    secret.write_text("another four plain words\n", encoding="utf-8")
    public = typed("key", "new", "superintendent", str(file), "--passphrase-file", str(secret)).out.strip()
    assert "replace-superintendent-key" in typed.refused(3, "setup", "--superintendent-key", public)
    assert read_settings(home).superintendent_key == PUBLIC
    assert typed("setup", "--superintendent-key", str(file), "--replace-superintendent-key").code == 0
    (replaced,) = entries(home, "key.replaced")
    assert (replaced.body["before"], replaced.body["now"]) == (PUBLIC, public)
    assert (force(home).mode, "did not sign" in force(home).reasons[0]) == ("practice", True)


@pytest.mark.parametrize("words", ["no key", f"{PUBLIC}=", "a+b+c"])
def test_an_odd_key_is_refused_at_setup(typed: Typed, home: Home, words: str) -> None:
    """And the settings stay as they were."""
    at_the_desk(typed, home)
    assert "key" in typed.refused(3, "setup", "--superintendent-key", words)
    assert read_settings(home).superintendent_key == PUBLIC


def test_a_new_key_goes_to_no_bad_place(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Not over another file, not into the kiosk's home, not without a passphrase long enough."""
    secret = tmp_path / "secret"
    secret.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    words = ("--passphrase-file", str(secret))
    typed.refused(2, "key", "new", "superintendent", str(secret), *words)
    assert "kiosk's own folder" in typed.refused(2, "key", "new", "superintendent", str(home.path / "k"), *words)
    assert "--passphrase-file" in typed.refused(2, "key", "new", "superintendent", str(tmp_path / "k"))
    secret.write_text("short\n", encoding="utf-8")
    assert "at least 15" in typed.refused(2, "key", "new", "superintendent", str(tmp_path / "k"), *words)
    assert not (tmp_path / "k").exists()
    secret.write_bytes(b"")
    typed.refused(2, "key", "new", "superintendent", str(tmp_path / "k"), *words)
    assert "damaged" in typed.refused(3, "key", "show", str(secret))


def test_every_entry_carries_the_pack_in_force(typed: Typed, home: Home, tmp_path: Path) -> None:
    """The session's and the commands' too, from the install on."""
    at_the_desk(typed, home)
    typed("protocol", "install", str(signed(tmp_path / "pack")))
    session(home)
    assert typed("log", "export", "--format", "jsonl", "--level", "full").code == 0
    content_hash = force(home).found.content_hash
    later = entries(home)[1:]
    assert {e.kind for e in later} >= {"pack.activated", "session.started", "session.ended", "pack.kept", "export.made"}
    assert {e.pack for e in later} == {content_hash}
    session(home)
    assert len(entries(home, "pack.kept")) == 1


def visit(home: Home) -> str:
    """One encounter at the live desk; its number."""
    desk, opener = opened(home)
    running = desk.open()
    running = desk.answer(running, Place("channel"), Chosen("phone"))
    running = desk.correct(running, Place("channel"), Chosen("door"))
    running = desk.attempt(running, Place("call-now"), Attempt("office", 0, CallResult.REACHED))
    facts = Recorded.of({"agency-as-stated": "An agency", "badge": Missing("refused")})
    running = desk.close(desk.answer(running, Place("identify"), facts))
    desk.end_session()
    opener.close()
    return str(running.no)


def test_the_words_on_the_screen_are_read_back_from_the_log_alone(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Years later: the packs are gone, another protocol is in force, the contacts have changed."""
    at_the_desk(typed, home)
    words = (("Please wait {wait-place}.", "Please wait {wait-place}. Or call {office}."),)
    typed("protocol", "install", str(signed(tmp_path / "then", *words)))
    no = visit(home)
    typed("protocol", "install", str(signed(tmp_path / "now", *version("2027.1"), ("How did", "In which way did"))))
    shutil.rmtree(home.path / "packs")
    home.contacts_file.write_text(CONTACTS.replace("890-555-0242", "890-555-0299"), encoding="utf-8")
    told = typed("log", "show", no, "--transcript")
    assert told.code == 0, told
    for line in ("ask  How did they come?", "> Door", "____ Badge", "do   Write.", "call The office", "Handed over"):
        assert line in told.out, told.out
    assert "Please wait outside. Or call 890-555-0242" in told.out
    assert "In which way" not in told.out
    assert "890-555-0299" not in told.out
    assert typed("log", "verify").code == 0


def test_an_open_encounter_goes_on_from_the_log_alone(typed: Typed, home: Home, tmp_path: Path) -> None:
    """The pack it was begun with is gone from the disk, not from the log."""
    at_the_desk(typed, home)
    typed("protocol", "install", str(signed(tmp_path / "then")))
    desk, opener = opened(home)
    begun = desk.open()
    opener.close()
    typed("protocol", "install", str(signed(tmp_path / "now", *version("2027.1"))))
    shutil.rmtree(home.path / "packs" / begun.pack)
    desk, opener = opened(home)
    (left,) = desk.unfinished().records
    opener.close()
    assert (left.no, left.walk.protocol.release.version) == (begun.no, "2026.1")


def test_words_that_were_never_kept_are_refused_in_words(typed: Typed, home: Home) -> None:
    """A log from before words were kept says so."""
    at_the_desk(typed, home)
    no = encounter(home)
    assert "does not keep the words" in typed.refused(3, "log", "show", no, "--transcript")


def test_a_draft_is_practised_beside_an_approved_one(typed: Typed, home: Home, tmp_path: Path) -> None:
    """`--practice` walks the copy in use, finished or not; live stays with the approved one."""
    at_the_desk(typed, home)
    typed("protocol", "install", str(signed(tmp_path / "pack")))
    own = home.path / "protocols" / "small" / "protocol.yaml"
    own.write_text(own.read_text(encoding="utf-8").replace("Call.", "Ring."), encoding="utf-8")
    _, station, opener = desk_of(home, read_settings(home), practice=True, clock=SystemClock())
    assert station.mode == "practice"
    assert "Ring." in opener.pack.content
    assert "Call." in force(home).found.content


@pytest.mark.parametrize(
    ("changes", "code", "day"),
    [
        (version("2027.1", effective="2099-08-01", review_by="2100-06-30"), "P504", "2026-09-14"),
        (version("2027.1", effective="2027-01-01"), "P505", "2026-09-14"),
        (version("2027.1", effective="2026-09-01"), "P506", "2026-09-14"),
        ((*version("2026.1"), ("Call.", "Ring.")), "P508", "2026-09-14"),
        (version("2027.1"), "P503", "2100-01-01"),
        (version("autumn"), "P509", "2026-09-14"),
    ],
)
def test_dates_are_checked_beside_what_is_installed(
    typed: Typed, home: Home, tmp_path: Path, changes: tuple[tuple[str, str], ...], code: str, day: str
) -> None:
    """Gap, overlap, a day that passed, a version that does not rise, a review that is over."""
    at_the_desk(typed, home)
    typed("protocol", "install", str(signed(tmp_path / "old")))
    told = typed("protocol", "check", str(a_pack(tmp_path / "new", *changes)), "--as-of", day)
    assert (told.code, f" {code} " in told.out) == (1, True), told
    assert typed("protocol", "check", str(tmp_path / "old"), "--as-of", "2026-09-14").code == 0


def test_a_future_pack_alone_is_said(typed: Typed, tmp_path: Path) -> None:
    """Until its day there would be nothing to run."""
    pack = str(a_pack(tmp_path / "new", *version("2027.1", effective="2027-08-01")))
    assert " P507 " in typed("protocol", "check", pack, "--as-of", "2026-09-14").out
    assert typed("protocol", "check", pack, "--as-of", "2027-08-01").code == 0
    assert "not a day" in typed.refused(2, "protocol", "check", pack, "--as-of", "soon")


def test_show_says_how_it_stands_on_a_day(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Not in effect yet, approved, overdue."""
    at_the_desk(typed, home)
    pack = str(signed(tmp_path / "pack", *version("2026.1", review_by="2090-01-01")))
    for day, words in (("2025-01-01", "not in effect"), ("2026-09-14", "approved by"), ("2091-01-01", "overdue")):
        assert words in typed("protocol", "show", pack, "--as-of", day).out
