"""`kiosk protocol test --from-practice`: a practice run becomes a scenario, and nothing that was typed gets out."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.log.log import open_writer
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from tests.homes import PACK, SCENARIOS, a_home, encounter, tamper
from tests.typed import Stage, Typed, set_up

pytestmark = pytest.mark.stage(Stage.APPROVED)

TYPED = "Homeland Example, Unit 7"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that is set up, with one practice run that is finished."""
    home = a_home(tmp_path)
    encounter(home, "practice", agency=TYPED, note="A note")
    return home


def test_a_run_becomes_a_scenario_that_passes(typed: Typed, home: Home) -> None:
    """Its way with the correction, what was recorded, where it ended; samples stand for what was typed."""
    told = typed("protocol", "test", "--from-practice", "--name", "By telephone, no: at the door")
    assert told.code == 0, told.err
    assert told.out == (
        '- name: "By telephone, no: at the door"\n'
        "  settings: {wait-place: outside}\n"
        "  do:\n"
        "    - {channel: phone}\n"
        "    - {back: channel#1}\n"
        "    - {channel: door}\n"
        "    - {call-now: {office: reached}}\n"
        '    - {identify: {agency-as-stated: "…", badge: refused}}\n'
        "  path: [channel, call-now, identify]\n"
        "  outcome: handover\n"
        '  record: {has: {agency-as-stated: "…", badge: refused}}\n'
    )
    assert TYPED not in told.out + told.err
    assert "amendments (1)" in told.err
    file = home.path.parent / "mine.yaml"
    file.write_text(told.out, encoding="utf-8")
    assert typed("protocol", "test", "--scenarios", str(file)).code == 0


def test_words_are_kept_only_when_asked_for(typed: Typed) -> None:
    """They could be anything."""
    assert TYPED in typed("protocol", "test", "--from-practice", "P-2026-0001", "--keep-text").out


def test_a_run_is_read_beside_a_kiosk_that_writes(typed: Typed, home: Home) -> None:
    """The log is only read."""
    before = home.log("practice").read_bytes()
    log = open_writer(home, "practice", SystemClock())
    try:
        assert typed("protocol", "test", "--from-practice", "last").code == 0
    finally:
        log.close()
    assert home.log("practice").read_bytes()[:100] == before[:100]


def test_a_scenario_is_added_to_a_file_which_keeps_what_is_in_it(typed: Typed, home: Home) -> None:
    """Comments among it; a name that is there already is refused, and the file stays."""
    file = home.path / "protocols" / "small" / "scenarios.yaml"
    file.write_text(f"# ours\n{SCENARIOS}", encoding="utf-8")
    told = typed("protocol", "test", "--from-practice", "--name", "From practice", "-o", str(file))
    assert told.code == 0, told.err
    after = file.read_text(encoding="utf-8")
    assert after.startswith(f'# ours\n{SCENARIOS}\n- name: "From practice"')
    assert "5 of 5 scenarios pass." in typed("protocol", "test").out
    refused = typed.refused(2, "protocol", "test", "--from-practice", "--name", "From practice", "-o", str(file))
    assert "already has the name" in refused
    assert file.read_text(encoding="utf-8") == after


@pytest.mark.parametrize("before", ["", SCENARIOS.rstrip("\n"), None])
def test_any_file_can_be_added_to(typed: Typed, home: Home, before: str | None) -> None:
    """An empty one, one without a last line end, one that is not there."""
    file = home.path.parent / "mine.yaml"
    if before is not None:
        file.write_text(before, encoding="utf-8")
    assert typed("protocol", "test", "--from-practice", "-o", str(file)).code == 0
    assert typed("protocol", "test", "--scenarios", str(file)).code == 0


def test_a_file_of_another_form_is_not_spoilt(typed: Typed, home: Home) -> None:
    """A list in brackets can't be added to in the next line."""
    file = home.path.parent / "mine.yaml"
    own = "[{name: a, do: [{channel: door}], path: [channel, call-now]}]\n"
    file.write_text(own, encoding="utf-8")
    typed.refused(2, "protocol", "test", "--from-practice", "-o", str(file))
    assert file.read_text(encoding="utf-8") == own


def test_what_is_no_finished_practice_run_is_refused(typed: Typed, home: Home) -> None:
    """Live encounters, open ones, ones that are not there, and ones whose answers were destroyed."""
    encounter(home, "live")
    assert "not a practice run" in typed.refused(3, "protocol", "test", "--from-practice", "2026-0001")
    typed.refused(2, "protocol", "test", "--from-practice", "P-2026-0009")
    encounter(home, "practice", close=False)
    assert "not finished" in typed.refused(3, "protocol", "test", "--from-practice", "P-2026-0002")
    assert "P-2026-0001" in typed("protocol", "test", "--from-practice").out, "the last finished one"
    for name in ("", "x" * 81, "a\x1bb"):
        typed.refused(2, "protocol", "test", "--from-practice", "--name", name)


def test_a_home_without_practice_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is no log, or nothing finished in it."""
    home = a_home(tmp_path)
    typed = Typed(home, capsys)
    set_up(typed, home)
    typed.refused(4, "protocol", "test", "--from-practice")
    encounter(home, "practice", close=False)
    assert "No practice run is finished" in typed.refused(2, "protocol", "test", "--from-practice")


def test_answers_that_are_no_longer_kept_make_no_scenario(typed: Typed, home: Home) -> None:
    """A hole in a run can't be guessed."""
    tamper(home, lambda db: db.execute("DELETE FROM disclosure WHERE name = 'chosen'"), "practice")
    assert "is stored any more" in typed.refused(3, "protocol", "test", "--from-practice")


def test_a_run_by_another_content_is_played_again(typed: Typed, home: Home) -> None:
    """Where it still goes the same way that is said; where it parts, that is."""
    file = home.path / "protocols" / "small" / "protocol.yaml"
    file.write_text(PACK.replace("Please wait", "Please do wait"), encoding="utf-8")
    told = typed("protocol", "test", "--from-practice")
    assert (told.code, "another version" in told.err) == (0, True)
    file.write_text(PACK.replace("default: outside", "default: inside").replace("is: outside", "is: inside"), "utf-8")
    told = typed("protocol", "test", "--from-practice")
    assert (told.code, "ended as handover, in this protocol as gone" in told.err) == (2, True)
    other = PACK.replace("label: {en: Door}, next: call-now", "label: {en: Door}, next: identify")
    other = other.replace("label: {en: Phone}, next: identify", "label: {en: Phone}, next: call-now")
    file.write_text(other, encoding="utf-8")
    told = typed("protocol", "test", "--from-practice")
    assert told.code == 2
    assert "answers `call-now`" in told.err
    file.write_text(PACK.replace("id: door", "id: gate"), encoding="utf-8")
    assert "no longer fits" in typed("protocol", "test", "--from-practice").err


def test_a_run_of_another_protocol_names_it(typed: Typed) -> None:
    """It is never played by the wrong one."""
    assert "kiosk protocol test small" in typed.refused(2, "protocol", "test", "ct-outside-agent", "--from-practice")
