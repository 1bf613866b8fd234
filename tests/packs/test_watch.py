"""The signed pack is checked again before each encounter opens, and nothing brings an older protocol back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.app.bootstrap import Opener, desk_of
from kiosk.desk.running import Running
from kiosk.desk.service import Desk
from kiosk.errors import StoreUnusable, UsageError
from kiosk.packs.library import Found, Library, Refusal, judged
from kiosk.record.approval import Approval
from kiosk.record.transparency.signed_note import VerifierKey
from kiosk.settings import Home, read_settings
from kiosk.system.clock import FixedClock, SystemClock
from tests.homes import CONTACTS, PUBLIC
from tests.packs.test_in_force import a_pack, at_the_desk, entries, force, home, signed, typed, version
from tests.running import running_kiosk
from tests.typed import Typed

__all__ = ["home", "typed"]


def _say(own: Path, old: str, new: str) -> None:
    file = own / "protocol.yaml"
    words = file.read_text(encoding="utf-8")
    assert old in words
    file.write_text(words.replace(old, new), encoding="utf-8")


def _turned(own: Path) -> None:
    outside, inside = "outside: {en: outside}", "inside: {en: inside}"
    _say(own, f"{outside}, {inside}", f"{inside}, {outside}")


def _folder(place: Path) -> None:
    place.unlink()
    place.mkdir()


def _halved(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])


ALTER: dict[str, tuple[Callable[[Path], object], str]] = {
    "a letter of a word": (lambda own: _say(own, "Call.", "Cell."), "altered"),
    "the order of what a district may choose": (_turned, "altered"),
    "a scenario": (lambda own: (own / "scenarios.yaml").unlink(), "altered"),
    "a file more": (lambda own: (own / "es.yaml").write_text("kind: translation\n", encoding="utf-8"), "altered"),
    "the note": (lambda own: (own / "approval.note").write_bytes(b"x"), "bad-signature"),
    "no note": (lambda own: (own / "approval.note").unlink(), "unsigned"),
    "a folder in the note's place": (lambda own: _folder(own / "approval.note"), "unsigned"),
    "a folder in the protocol's place": (lambda own: _folder(own / "protocol.yaml"), "unreadable"),
    "no folder": (shutil.rmtree, "unreadable"),
    "half of a file": (lambda own: _halved(own / "protocol.yaml"), "unreadable"),
}


def own_of(home: Home) -> Path:
    """The copy in use."""
    return home.path / "protocols" / "small"


def opened(home: Home, clock: SystemClock | FixedClock | None = None) -> tuple[Desk, Opener]:
    """The desk of a live kiosk, and what closes it."""
    force, _, opener = desk_of(home, read_settings(home), practice=False, clock=clock or SystemClock())
    assert force.mode == "live"
    return opener.open(), opener


def doing(running: Running) -> str:
    """What the step with the call tells staff to do."""
    words = running.walk.protocol.steps["call-now"].do
    return words.say() if words else ""


@pytest.fixture
def live(typed: Typed, home: Home, tmp_path: Path) -> Home:
    """A home whose small pack runs live."""
    at_the_desk(typed, home)
    assert typed("protocol", "install", str(signed(tmp_path / "pack"))).code == 0
    return home


@pytest.mark.parametrize("name", ALTER)
def test_altered_while_the_kiosk_runs_the_last_good_one_goes_on(live: Home, name: str) -> None:
    """Before the next encounter opens: an entry with the cause, a line for the home screen, the words as before."""
    alter, code = ALTER[name]
    desk, opener = opened(live)
    assert opener.reasons() == ()
    alter(own_of(live))
    running = desk.open()
    reasons = opener.reasons()
    desk.open()
    opener.close()
    (refused,) = entries(live, "pack.rejected")
    assert (refused.body["why"], refused.body["instead"]) == (code, running.pack)
    assert [e.kind for e in entries(live)[-3:]] == ["pack.rejected", "encounter.opened", "encounter.opened"]
    assert doing(running) == "Call."
    assert "Version 2026.1 runs instead" in reasons[0]


def test_restored_while_the_kiosk_runs_the_line_goes_and_a_second_slip_is_entered_again(live: Home) -> None:
    """Whoever alters it a second time is in the log a second time."""
    desk, opener = opened(live)
    for _ in range(2):
        _say(own_of(live), "Call.", "Cell.")
        desk.open()
        assert opener.reasons()
        _say(own_of(live), "Cell.", "Call.")
        desk.open()
        assert opener.reasons() == ()
    opener.close()
    assert len(entries(live, "pack.rejected")) == 2


def test_a_pack_installed_meanwhile_is_no_refusal_and_an_older_one_put_there_is(
    typed: Typed, live: Home, tmp_path: Path
) -> None:
    """The kiosk continues with what it has until it is opened again."""
    desk, opener = opened(live)
    typed("protocol", "install", str(signed(tmp_path / "new", *version("2026.2"))))
    assert desk.open().walk.protocol.release.version == "2026.1"
    assert (opener.reasons(), entries(live, "pack.rejected")) == ((), [])
    opener.close()
    desk, opener = opened(live)
    shutil.rmtree(own_of(live))
    shutil.copytree(tmp_path / "pack", own_of(live))
    assert desk.open().walk.protocol.release.version == "2026.2"
    opener.close()
    assert [e.body["why"] for e in entries(live, "pack.rejected")] == ["lower"]


def test_a_review_date_that_passes_while_the_kiosk_runs_is_said_once(typed: Typed, home: Home, tmp_path: Path) -> None:
    """A kiosk may stay open for weeks."""
    at_the_desk(typed, home)
    typed("protocol", "install", str(signed(tmp_path / "pack", *version("2026.1", review_by="2090-01-01"))))
    clock = FixedClock(datetime(2089, 12, 31, 12, tzinfo=UTC))
    desk, opener = opened(home, clock)
    desk.open()
    assert (opener.reasons(), entries(home, "pack.overdue")) == ((), [])
    clock.advance(3 * 86_400)
    desk.open()
    desk.open()
    assert "overdue" in opener.reasons()[0]
    opener.close()
    assert len(entries(home, "pack.overdue")) == 1


def test_what_waits_for_its_day_is_said_no_more_once_the_day_has_come(typed: Typed, live: Home, tmp_path: Path) -> None:
    """The kiosk stayed open overnight: the day that stood on the home screen is over, and no file changed."""
    typed("protocol", "install", str(signed(tmp_path / "new", *version("2026.2", effective="2090-02-01"))))
    clock = FixedClock(datetime(2090, 1, 31, 12, tzinfo=UTC))
    desk, opener = opened(live, clock)
    desk.open()
    assert "takes effect on 2090-02-01" in opener.reasons()[0]
    clock.advance(2 * 86_400)
    assert desk.open().walk.protocol.release.version == "2026.1"
    assert (opener.reasons(), entries(live, "pack.rejected")) == ((), [])
    opener.close()


def test_an_emptied_home_gets_its_last_good_protocol_back_from_the_log(live: Home) -> None:
    """Both copies are gone or altered; the log has kept the words and the note."""
    desk, opener = opened(live)
    desk.end_session()
    opener.close()
    content_hash = force(live).found.content_hash
    shutil.rmtree(live.path / "packs")
    _say(own_of(live), "Call.", "Cell.")
    assert force(live).mode == "practice"
    desk, opener = opened(live)
    running = desk.open()
    opener.close()
    assert (running.pack, doing(running)) == (content_hash, "Call.")
    assert [e.body["why"] for e in entries(live, "pack.rejected")] == ["altered"]


def test_an_older_one_put_into_an_emptied_home_does_not_run(typed: Typed, live: Home, tmp_path: Path) -> None:
    """Though the superintendent signed it once, and nothing on the disk but the log knows the newer one."""
    typed("protocol", "install", str(signed(tmp_path / "new", *version("2026.2"))))
    desk, opener = opened(live)
    opener.close()
    for folder in (live.path / "packs", own_of(live)):
        shutil.rmtree(folder)
    shutil.copytree(tmp_path / "pack", own_of(live))
    assert force(live).protocol.release.version == "2026.1"
    desk, opener = opened(live)
    assert desk.open().walk.protocol.release.version == "2026.2"
    opener.close()
    assert [e.body["why"] for e in entries(live, "pack.rejected")] == ["lower"]
    assert typed("doctor").code == 2


@pytest.mark.parametrize("running", [False, True], ids=["closed", "running"])
def test_an_emptied_packs_folder_lets_no_lower_version_be_installed(
    typed: Typed, live: Home, tmp_path: Path, running: bool
) -> None:
    """The log remembers, also when a running kiosk recorded it."""
    with running_kiosk(live) if running else nullcontext():
        assert typed("protocol", "install", str(signed(tmp_path / "new", *version("2026.5")))).code == 0
        shutil.rmtree(live.path / "packs")
        lower = signed(tmp_path / "lower", *version("2026.4"))
        assert "not higher than 2026.5" in typed.refused(3, "protocol", "install", str(lower))
        assert typed("protocol", "install", str(tmp_path / "new")).code == 0


def test_what_runs_live_is_kept_with_its_note_and_nothing_else(live: Home) -> None:
    """So that it can be the last good one, after somebody emptied the folder or put a file into it."""
    content_hash = force(live).found.content_hash
    kept = Library(live).kept_folder(content_hash)
    for spoil in (lambda: shutil.rmtree(kept.parent), lambda: (kept / "x.yaml").write_text("a: b\n", encoding="utf-8")):
        spoil()
        _, opener = opened(live)
        opener.close()
        assert sorted(file.name for file in kept.iterdir()) == ["approval.note", "protocol.yaml", "scenarios.yaml"]
    _say(own_of(live), "Call.", "Cell.")
    now = force(live)
    assert (now.mode, now.found.content_hash) == ("live", content_hash)


def test_a_file_in_the_place_of_packs_keeps_no_desk_closed(live: Home) -> None:
    """The copy in use is good, and the log keeps its words."""
    shutil.rmtree(live.path / "packs")
    (live.path / "packs").write_bytes(b"")
    desk, opener = opened(live)
    assert desk.open().no
    opener.close()


def test_a_draft_of_the_districts_own_is_practised_then_installed_from_its_folder(
    typed: Typed, home: Home, tmp_path: Path
) -> None:
    """A newcomer's order: set up with the folder, then install it; nothing is copied by hand or runs unsigned."""
    contacts = tmp_path / "contacts.yaml"
    contacts.write_text(CONTACTS, encoding="utf-8")
    pack = signed(tmp_path / "pack")
    words = (
        "setup",
        "--school",
        "Lincoln Elementary School",
        "--contacts",
        str(contacts),
        "--superintendent-key",
        PUBLIC,
    )
    told = typed(*words, "--protocol", str(pack))
    assert told.code == 0, told
    assert read_settings(home).protocol == "small"
    assert (force(home).mode, (own_of(home) / "approval.note").exists()) == ("practice", False)
    assert typed("protocol", "install", str(pack)).code == 0
    assert force(home).mode == "live"
    assert typed("setup", "--protocol", str(a_pack(tmp_path / "other", ("Call.", "Ring.")))).code == 0
    assert force(home).mode == "live", "a copy in use was replaced by a draft"
    assert "setup --protocol FOLDER" in typed.refused(2, "setup", "--protocol", "not-here")


def test_on_a_day_looked_at_nothing_is_written(live: Home, typed: Typed) -> None:
    """Neither by the doctor nor by show, check or approve."""
    before = {file: file.read_bytes() for file in live.path.rglob("*") if file.is_file() and "-" not in file.name}
    for words in (("doctor",), ("protocol", "show"), ("protocol", "check"), ("protocol", "approve")):
        typed(*words, "--as-of", date(2098, 1, 1).isoformat())
    after = {file: file.read_bytes() for file in live.path.rglob("*") if file.is_file() and "-" not in file.name}
    assert after == before


def test_a_person_sees_in_the_log_that_a_pack_was_refused(live: Home, typed: Typed) -> None:
    """`kiosk log audit` says it in words, for people and for scripts."""
    desk, opener = opened(live)
    _say(own_of(live), "Call.", "Cell.")
    desk.open()
    opener.close()
    told = typed("log", "audit", "--search", "refused")
    assert told.code == 0
    assert "small 2026.1 was refused: it was changed after it was approved" in told.out
    (event,) = typed("log", "audit", "--search", "refused", "--json").json
    assert (event["kind"], event["body"]["why"]) == ("pack.rejected", "altered")
    assert len(typed("log", "audit", "--limit", "2", "--json").json) == 2
    assert "No entries" in typed("log", "audit", "--search", "unheard-of").err
    assert "was installed; approved by A. Example" in typed("log", "audit").out


def test_a_link_in_the_place_of_the_copy_in_use_gives_way_to_the_next_install(
    typed: Typed, live: Home, tmp_path: Path
) -> None:
    """A link that leads in a circle, or a file, is put aside."""
    own = own_of(live)
    for spoil in (lambda: own.symlink_to(own.name), lambda: own.write_bytes(b"")):
        shutil.rmtree(own)
        spoil()
        assert force(live).mode == "live"
        assert typed("protocol", "install", str(tmp_path / "pack")).code == 0
        assert force(live).refused is None


@pytest.mark.parametrize("odd", ["../protocols/small", "..", "small/", "", "a" * 300, "a b"])
def test_an_id_never_leads_out_of_the_folder_of_packs(live: Home, odd: str) -> None:
    """Whatever somebody wrote into the settings file."""
    with pytest.raises(UsageError, match=r"There is no protocol|can't be read"):
        Library(live).find(odd)


def test_the_folder_one_stands_in_is_not_taken_for_the_protocol_in_use(
    typed: Typed, live: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A draft of the same name is there; without a name the commands mean what the settings say."""
    a_pack(tmp_path / "drafts" / "small", ("Call.", "Ring."))
    monkeypatch.chdir(tmp_path / "drafts")
    assert "Call." in typed("protocol", "show").out
    assert "Ring." in typed("protocol", "show", "small").out


def test_setup_goes_on_while_the_copy_in_use_is_spoilt(typed: Typed, live: Home) -> None:
    """Nothing but the last good one can be read, and a new key or school must still be taken."""
    (own_of(live) / "protocol.yaml").write_bytes(b"")
    assert typed("setup", "--desk", "Side door").code == 0
    shutil.rmtree(own_of(live))
    assert typed("setup", "--desk", "Main door").code == 0
    assert (read_settings(live).desk, force(live).mode) == ("Main door", "live")


def test_what_could_not_be_written_is_written_at_the_next_try(live: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full at that moment: no encounter opens, and the refusal is not forgotten."""
    desk, opener = opened(live)
    _say(own_of(live), "Call.", "Cell.")

    def full(_: object) -> None:
        raise StoreUnusable("The disk is full.", "Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr("kiosk.log.log.LogOnDisk.append", lambda _, entries: full(entries))
        with pytest.raises(StoreUnusable):
            desk.open()
    assert entries(live, "pack.rejected") == []
    desk.open()
    opener.close()
    assert len(entries(live, "pack.rejected")) == 1


def test_nothing_is_judged_again_while_no_byte_changed(live: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands between a press and the first step; a new date on the files alone is nothing."""
    desk, opener = opened(live)
    looked: list[Found] = []

    def counted(found: Found, key: VerifierKey | None, today: date) -> Approval | Refusal:
        looked.append(found)
        return judged(found, key, today)

    monkeypatch.setattr("kiosk.packs.watch.judged", counted)
    for file in own_of(live).iterdir():
        file.touch()
    desk.open()
    assert looked == []
    _say(own_of(live), "Call.", "Cell.")
    for _ in range(3):
        desk.open()
    opener.close()
    assert len(looked) == 1


def test_practice_looks_at_no_seal(live: Home) -> None:
    """A draft is changed while it is tried out; that is what practice is for."""
    _, _, opener = desk_of(live, read_settings(live), practice=True, clock=SystemClock())
    desk = opener.open()
    _say(own_of(live), "Call.", "Cell.")
    desk.open()
    assert opener.reasons()[0] == "You asked for practice."
    opener.close()
    assert entries(live, "pack.rejected") == []
