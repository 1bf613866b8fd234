"""What the district chose and what a school filled in, by commands: written, moved, and shown as at one desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.app import bootstrap
from kiosk.commands.common.records import reading
from kiosk.record.entries import decode
from kiosk.settings import Home, read_settings
from kiosk.system.clock import SystemClock
from tests.homes import CONTACTS, a_home, encounter
from tests.protocol.site.test_district import SCHOOL, WITH_SLOT
from tests.typed import Stage, Typed, set_up

pytestmark = pytest.mark.stage(Stage.NEW)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the small pack, which has a slot for a room."""
    return a_home(tmp_path, pack=WITH_SLOT)


def holding(home: Home) -> dict[str, str]:
    """The choices that hold at the desk."""
    _, station, _ = bootstrap.desk_of(home, read_settings(home), practice=False, clock=SystemClock())
    return dict(station.settings)


def test_what_is_chosen_holds_at_the_desk_and_is_shown(typed: Typed, home: Home) -> None:
    """By the district, or by default; the others stay when one is chosen."""
    set_up(typed, home)
    assert "wait-place = outside  (by default; or inside)" in typed("protocol", "show").out
    assert not home.district_file.exists()
    assert typed("setup", "--setting", "wait-place=inside").code == 0
    assert holding(home) == {"wait-place": "inside"}
    assert "wait-place = inside  (chosen; or outside)" in typed("protocol", "show").out
    assert typed("protocol", "show", "--json").json["chosen"] == ["wait-place"]


def test_a_note_in_the_districts_file_is_kept(typed: Typed, home: Home) -> None:
    """Setup writes the file again, and puts what a person wrote beside it."""
    set_up(typed, home)
    own = (
        "# as the board decided\nkind: settings\nformat: 1\nprotocol: small\ndistrict: Sampleton\n# yes\nchoices: {}\n"
    )
    own = "# decided\n# in May\n" + own
    home.district_file.write_text(own, encoding="utf-8")
    assert typed("setup", "--setting", "wait-place=inside").code == 0
    assert home.district_file.with_name("settings.yaml.before").read_text(encoding="utf-8") == own
    assert 'district: "Sampleton"' in home.district_file.read_text(encoding="utf-8")


@pytest.mark.parametrize("wrong", ["wait-place: insid", "wait-plase: inside"])
def test_settings_with_a_slip_never_run_live(typed: Typed, home: Home, wrong: str) -> None:
    """The default in place of what was meant would go unseen; setting it again repairs it."""
    set_up(typed, home)
    words = f"kind: settings\nformat: 1\nprotocol: small\nchoices: {{{wrong}}}\n"
    home.district_file.write_text(words, encoding="utf-8")
    force, _, _ = bootstrap.desk_of(home, read_settings(home), practice=False, clock=SystemClock())
    assert (force.mode, force.reasons) == ("practice", ("The district's settings have 1 finding to correct.",))
    assert "D10" in typed("protocol", "show").err
    if wrong.startswith("wait-place"):
        assert typed("setup", "--setting", "wait-place=inside").code == 0
        assert bootstrap.in_force(home, read_settings(home), SystemClock()).mode == "live"


def test_settings_that_do_not_read_are_not_written_over(typed: Typed, home: Home) -> None:
    """Setup names the line, and the file stays."""
    set_up(typed, home)
    home.district_file.write_text("choices: [", encoding="utf-8")
    told = typed.refused(2, "setup", "--setting", "wait-place=inside")
    assert str(home.district_file) in told
    assert home.district_file.read_text(encoding="utf-8") == "choices: ["


def test_settings_of_another_protocol_begin_anew(typed: Typed, home: Home) -> None:
    """They would choose nothing in this one."""
    set_up(typed, home)
    home.district_file.write_text("kind: settings\nformat: 1\nprotocol: other\nchoices: {a: b}\n", encoding="utf-8")
    assert "start from the defaults" in typed("setup", "--setting", "wait-place=inside").err
    assert "a: b" not in home.district_file.read_text(encoding="utf-8")
    assert holding(home) == {"wait-place": "inside"}


def a_school(home: Home, name: str, text: str) -> Path:
    """The contacts of another school in the home's schools folder."""
    path = home.school_file(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_protocol_is_shown_as_one_schools_desk_shows_it(typed: Typed, home: Home) -> None:
    """By file, by name in the schools folder, or by the school's name: its numbers, people and words."""
    set_up(typed, home)
    path = a_school(home, "adams", SCHOOL.replace("Lincoln", "Adams").replace("Dana Sample", "Kim Example"))
    for meant in (str(path), "adams", "Adams Elementary School", "adams elementary school"):
        told = typed("protocol", "show", "--school", meant)
        assert told.code == 0, told.err
        for words in ("Adams Elementary School", "Kim Example, 890-555-0242  ext 214", "by Room 4."):
            assert words in told.out, words
    assert "by the office." in typed("protocol", "show", "--school", "Lincoln Elementary School").out
    assert "by the office." in typed("protocol", "show").out
    shown = typed("protocol", "show", "--school", "adams", "--json").json
    assert (shown["school"], shown["slots"]) == ("Adams Elementary School", {"meeting-room": "Room 4"})
    assert shown["steps"][1]["people"][0]["name"] == "Kim Example"
    assert "Room 4" in typed("protocol", "show", "--school", "adams", "--step", "channel").out


def test_a_school_nobody_knows_is_refused_with_the_known_ones(typed: Typed, home: Home) -> None:
    """And one whose file does not read."""
    assert "Name a contacts file" in typed.refused(2, "protocol", "show", "small", "--school", "Adams")
    set_up(typed, home)
    a_school(home, "adams", SCHOOL.replace("Lincoln", "Adams"))
    told = typed.refused(2, "protocol", "show", "--school", "Madison")
    assert "Lincoln Elementary School, Adams Elementary School" in told
    a_school(home, "broken", "[")
    assert typed("protocol", "show", "--school", "broken").code == 2
    assert typed("protocol", "show", "--school", "").code == 2


def test_a_school_that_routes_is_refused(typed: Typed, home: Home) -> None:
    """Which way the desk is led was signed for the whole district."""
    set_up(typed, home)
    path = a_school(home, "adams", SCHOOL + "choices: {wait-place: inside}\n")
    told = typed("contacts", "import", str(path))
    assert told.code == 2
    assert "D107" in told.err
    assert home.contacts_file.read_text(encoding="utf-8") == CONTACTS


def test_the_opening_of_an_encounter_carries_the_schools_words(home: Home) -> None:
    """So that what was shown can be told years later."""

    encounter(home)
    with reading(home, "live") as log:
        opened = next(kept for kept in map(decode, log.entries()) if kept.kind == "encounter.opened")
    assert opened.body["slots"]["meeting-room"] == {"en": "the office", "es": "la oficina"}


def test_contacts_show_lists_the_schools_own_words(typed: Typed, home: Home) -> None:
    """Beside whom to call."""
    set_up(typed, home)
    home.contacts_file.write_text(SCHOOL, encoding="utf-8")
    assert "meeting-room = Room 4" in typed("contacts", "show").out
    assert typed("contacts", "show", "--json").json["slots"] == {"meeting-room": "Room 4"}
