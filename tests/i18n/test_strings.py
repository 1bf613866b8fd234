"""Words in the reader's language: found by the folder of its catalog, in English where it has none."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

import kiosk
from deploy.translations import merged, mo_bytes, started, template
from kiosk.i18n import strings
from kiosk.i18n.english import ENGLISH, Plural
from kiosk.i18n.strings import Sentence, has_text, in_language, language_name, languages, text, translated
from tests.screens.acting import a_stand_in, acting

MADE_UP: Final = "xx"
_VOWELS: Final = str.maketrans("aeiouAEIOU", "äëïöüÄËÏÖÜ")


def pseudo(words: str) -> str:
    """English with other vowels: as long, readable, and surely out of a catalog. Slots stay."""
    return "".join(part if part.startswith("{") else part.translate(_VOWELS) for part in re.split(r"(\{\w+\})", words))


def with_catalog(folder: Path, code: str, changed: Mapping[str, str] | None = None) -> None:
    """Put a compiled catalog of that language into the folder: pseudo words, but for those that are `changed`."""
    catalog = merged(started(code), template())
    for message in catalog:
        if message.id:
            own = (changed or {}).get(str(message.context))
            forms = tuple(map(pseudo, message.id)) if isinstance(message.id, tuple | list) else pseudo(message.id)
            message.string = forms if own is None else own
    path = folder / code.replace("-", "_") / "LC_MESSAGES" / "kiosk.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(mo_bytes(catalog))


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A third language that exists only as a file."""
    with_catalog(tmp_path, MADE_UP)
    monkeypatch.setattr(strings, "FOLDER", tmp_path)
    return MADE_UP


def test_plurals_follow_the_language() -> None:
    """`n` chooses the form, in English and by the catalog's own rule."""
    counts = [text("to-do.calls", language, n=n) for language in ("en", "es") for n in (1, 2)]
    assert len(set(counts)) == 4
    assert [words.split()[0] for words in counts] == ["1", "2", "1", "2"]


def test_a_variety_reads_its_language() -> None:
    """There is no catalog of es-419, so it reads Spanish; one of nothing reads English."""
    assert text("key.help", "es-419") == text("key.help", "es") != text("key.help", "fr") == text("key.help")


@pytest.mark.parametrize("language", ["", "..", "../es", "es/LC_MESSAGES", "\0", "EN"])
def test_what_is_no_language_reads_english(language: str) -> None:
    """Whatever the settings say: no path is made of it."""
    assert text("key.help", language) == text("key.help")


def test_an_unknown_id_is_an_error_of_the_program() -> None:
    """It must not be shown as if it were words."""
    assert not has_text("no.such")
    for language in languages():
        with pytest.raises(KeyError):
            text("no.such", language)


def test_what_a_catalog_lacks_or_can_not_fill_is_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk reads one English sentence rather than stops."""
    with_catalog(tmp_path, MADE_UP, {"key.help": "", "calls.how": "{nobody}", "home.more": "{", "key.card": "Kärt"})
    monkeypatch.setattr(strings, "FOLDER", tmp_path)
    assert text("key.help", MADE_UP) == text("key.help")
    assert translated("key.help", MADE_UP) == ""
    assert text("calls.how", MADE_UP, name="Ana") == text("calls.how", name="Ana")
    assert text("home.more", MADE_UP, count=2) == text("home.more", count=2)
    assert text("key.card", MADE_UP) == "Kärt"


@pytest.mark.parametrize("data", [b"", b"\xde\x12\x04\x95", b"\xde\x12\x04\x95" + b"\xff" * 40, b"no catalog at all"])
def test_a_damaged_catalog_reads_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """A file that was cut or replaced stops no desk."""
    path = tmp_path / MADE_UP / "LC_MESSAGES" / "kiosk.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    monkeypatch.setattr(strings, "FOLDER", tmp_path)
    assert text("key.help", MADE_UP) == text("key.help")


def test_a_language_is_called_as_it_calls_itself(made_up: str) -> None:
    """Where the reader's language has no name for it; else its code."""
    assert language_name("es") == text("language.es")
    assert language_name(made_up) == pseudo("English")
    assert language_name("fr", made_up) == "fr"


def test_a_sentence_is_english_until_it_is_shown() -> None:
    """It is text, so a terminal prints it; a desk in another language reads its own words, also in its slots."""
    why = Sentence.of("pack.unsigned")
    instead = Sentence.of("pack.instead", why=why, version="2026.1")
    assert instead == f"{why} Version 2026.1 runs instead." == in_language(instead, "en") == in_language(instead, "fr")
    assert in_language(instead, "es") == text("pack.instead", "es", why=text("pack.unsigned", "es"), version="2026.1")
    assert in_language(Sentence.of("pack.findings", n=2), "es") == text("pack.findings", "es", n=2)
    assert in_language("Words of a file.", "es") == "Words of a file."


def test_a_sentence_may_say_more_in_english() -> None:
    """What names a file or a contact in English is said in general words to a desk in another language."""
    long = Sentence("“860-555-0100” is a made-up number.", "practice.examples")
    assert in_language(long, "en") == "“860-555-0100” is a made-up number."
    assert in_language(long, "es") == text("practice.examples", "es")


async def test_a_third_language_is_one_file_and_no_python(made_up: str) -> None:
    """With its catalog alone the desk works in it: home, a step, the help, a note. No sentence of ours is English."""
    python = Path(kiosk.__file__).parent.rglob("*.py")
    assert [path for path in python if f'"{made_up}"' in path.read_text(encoding="utf-8")] == []
    assert languages() == ("en", made_up)
    english = {words for words in ENGLISH.values() if isinstance(words, str) and len(words.split()) > 2}
    async with acting(a_stand_in(made_up)) as actor:
        assert pseudo(str(ENGLISH["home.ask"])) in actor.text
        assert pseudo("AM") in actor.lines[0]
        assert [words for words in english if words in actor.text] == []
        for key in ("enter", "f1", "enter", "f4"):
            await actor.press(key)
            assert [words for words in english if words in actor.text] == []
            assert pseudo(str(ENGLISH["key.hide"])) in actor.text


def test_every_form_of_a_plural_has_words() -> None:
    """Both forms name the number, so that no language must do without it."""
    plurals = [words for words in ENGLISH.values() if isinstance(words, Plural)]
    assert plurals
    assert all("{n}" in form for words in plurals for form in words)


def test_a_copy_of_a_sentence_is_a_sentence() -> None:
    """A check that is printed as JSON is copied."""
    sentence = Sentence.of("pack.altered", name="A. Example")
    copied = copy.deepcopy(sentence)
    assert (copied, copied.text_id, copied.slots) == (sentence, sentence.text_id, sentence.slots)
