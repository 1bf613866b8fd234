"""The commands about languages: a translation's file, what is left to do in it, and what the desk speaks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.app import bootstrap, start
from kiosk.settings import Home, Settings, read_settings
from kiosk.system.clock import FixedClock
from tests.homes import PACK
from tests.typed import Stage, Typed, set_up

pytestmark = pytest.mark.stage(Stage.NEW)

ASK = "How did they come?"


@pytest.fixture
def spanish(home: Home, typed: Typed) -> Path:
    """A whole translation of the small pack: “ES” before each sentence."""
    assert typed("protocol", "translate", "small", "es").code == 1
    file = home.path / "protocols" / "small" / "es.yaml"
    source, lines = "", []
    for line in file.read_text(encoding="utf-8").splitlines(keepends=True):
        source = line.strip().removeprefix("#: ") if line.startswith("  #: ") else source
        lines.append(line.replace('say: ""', f'say: "ES {source}"'))
    file.write_text("".join(lines), encoding="utf-8")
    return file


def change(home: Home, old: str, new: str) -> None:
    """Other words in the small protocol."""
    file = home.path / "protocols" / "small" / "protocol.yaml"
    assert file.read_text(encoding="utf-8").count(old) == 1
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_translation_begins_as_a_file_with_room(typed: Typed, home: Home) -> None:
    """It names each text that is missing, and ends with 1 until nothing is."""
    told = typed("protocol", "translate", "small", "es")
    file = home.path / "protocols" / "small" / "es.yaml"
    assert told.code == 1
    assert told.out.splitlines()[0] == f"{file}: 0 in order, 0 stale, 17 missing."
    assert "missing: steps.channel.ask" in told.out
    assert f"  #: {ASK}\n  steps.channel.ask: {{of: " in file.read_text(encoding="utf-8")
    assert "T101 warning: 17 of 17 texts" in typed("protocol", "check", "small").out
    assert typed("protocol", "translate", "small", "es", "--json").json["missing"][0] == "title"


def test_a_whole_translation_is_in_order_and_left_alone(typed: Typed, spanish: Path) -> None:
    """Twice changes nothing, not even the file's time."""
    assert typed("protocol", "translate", "small", "es").code == 0
    before = spanish.read_bytes()
    os.utime(spanish, (1, 1))
    told = typed("protocol", "translate", str(spanish.parent), "es")
    assert (told.code, told.out) == (0, f"{spanish}: 17 in order, 0 stale, 0 missing.\n")
    assert (spanish.read_bytes(), spanish.stat().st_mtime) == (before, 1)
    assert typed("protocol", "check", "small").code == 0


def test_one_changed_sentence_is_listed_as_stale_until_it_is_confirmed(typed: Typed, home: Home, spanish: Path) -> None:
    """`check` and `translate` name it, `show` has it in English with a mark, and a confirmation makes it good."""
    change(home, ASK, "How did they get here?")
    checked = typed("protocol", "check", "small")
    assert checked.code == 1
    assert [line.split()[1] for line in checked.out.splitlines() if not line.startswith(" ")] == ["T102"]
    shown = typed("protocol", "show", "small", "--language", "es").out
    assert "ASK  [en] How did they get here?" in shown
    assert shown.count("[en]") == 1
    assert "1  ES Door → call-now" in shown

    told = typed("protocol", "translate", "small", "es")
    assert (told.code, told.out.splitlines()[1:]) == (1, ["stale: steps.channel.ask"])
    assert "--reviewed" in told.err
    assert "STALE. The source now says: How did they get here?" in spanish.read_text(encoding="utf-8")
    assert typed("protocol", "translate", "small", "es", "--reviewed", "steps.channel.ask").code == 0
    assert f"ASK  ES {ASK}" in typed("protocol", "show", "small", "--language", "es").out
    assert typed("protocol", "check", "small").code == 0


def test_all_can_be_confirmed_at_once(typed: Typed, home: Home, spanish: Path) -> None:
    """For somebody who has read the whole file."""
    change(home, ASK, "How did they get here?")
    change(home, "Call.", "Call now.")
    assert typed("protocol", "translate", "small", "es").code == 1
    assert typed("protocol", "translate", "small", "es", "--reviewed-all").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("small", "Spanish"),
        ("small", "en"),
        ("gone", "es"),
        ("ct-outside-agent", "es"),
        ("small", "es", "--reviewed", "steps.chanel.ask"),
        ("small", "es", "--reviewed", "nothing"),
    ],
    ids=" ".join,
)
def test_what_can_not_be_translated_is_refused(typed: Typed, spanish: Path, words: tuple[str, ...]) -> None:
    """A language that is none, or the protocol's own; a pack that is not this home's; a text that is not there."""
    before = spanish.read_bytes()
    typed.refused(2, "protocol", "translate", *words)
    assert spanish.read_bytes() == before


def test_a_text_without_words_can_not_be_confirmed(typed: Typed, home: Home) -> None:
    """There is nothing anybody could have looked at."""
    typed("protocol", "translate", "small", "es")
    assert "no translation" in typed.refused(2, "protocol", "translate", "small", "es", "--reviewed", "title")


@pytest.mark.parametrize("broken", ["words: {", "a: 1\na: 2\n", "kind: translation\nformat: 1\nprotocol: small\n"])
def test_a_file_with_errors_is_left_as_it_is(typed: Typed, spanish: Path, broken: str) -> None:
    """Writing it again would lose what could not be read; the sentence names the line."""
    spanish.write_text(broken, encoding="utf-8")
    assert "es.yaml:" in typed.refused(2, "protocol", "translate", "small", "es")
    assert spanish.read_text(encoding="utf-8") == broken
    assert typed("protocol", "check", "small").code == 1


def test_a_protocol_with_errors_is_repaired_first(typed: Typed, home: Home, spanish: Path) -> None:
    """Its texts are unknown."""
    change(home, "steps:\n", "stepps:\n")
    assert "protocol check" in typed.refused(2, "protocol", "translate", "small", "es")


def test_setup_takes_two_languages_that_the_pack_has(typed: Typed, home: Home, spanish: Path) -> None:
    """What staff read and what visitors are told; each one can be changed alone, and the second taken back."""
    set_up(typed, home, approved=False)
    assert typed("setup", "--language", "es").code == 0
    assert typed("setup", "--visitor-language", "en").code == 0
    assert (read_settings(home).language, read_settings(home).visitor_language) == ("es", "en")
    assert "has no words in “fr”. It has: en, es." in typed.refused(2, "setup", "--visitor-language", "fr")
    assert typed("setup", "--visitor-language", "").code == 0
    assert read_settings(home).visitor_language == ""


def test_the_desk_is_opened_in_the_languages_given(
    typed: Typed, home: Home, spanish: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Flags win over the settings for one run; what is said is in the protocol's language unless another is chosen."""
    opened: list[Settings] = []

    def run_kiosk(_: Home, settings: Settings, **__: object) -> int:
        opened.append(settings)
        return 0

    monkeypatch.setattr(start, "run_kiosk", run_kiosk)
    set_up(typed, home, approved=False)
    for words in (
        (),
        ("--language", "es"),
        ("--visitor-language", "es"),
        ("--language", "es", "--visitor-language", "en"),
    ):
        assert typed(*words).code == 0
    posts = [bootstrap.desk_of(home, settings, practice=True, clock=FixedClock())[1] for settings in opened]
    assert [(p.language, p.spoken) for p in posts] == [("en", "en"), ("es", "en"), ("en", "es"), ("es", "en")]
    for flag in ("--language", "--visitor-language"):
        assert "not a language code" in typed.refused(2, flag, "../x")
        assert typed(flag, "es-419").code == 0, "a code that a protocol may have"


def test_the_desk_sees_what_is_translated(typed: Typed, home: Home, spanish: Path) -> None:
    """What is in force holds the words of every file of the pack."""
    set_up(typed, home, approved=False)
    force = bootstrap.in_force(home, read_settings(home), FixedClock())
    assert force.protocol.title.say("es") == "ES Small"
    assert PACK.count("Small") == 1
