"""A translation is bound to the sentence it translates: it counts while that sentence stands, and no longer."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest

from kiosk.protocol.findings.collector import Mark
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.pack import PackReading, read_pack
from kiosk.protocol.parsing.translations import hash_of, is_translation, key_of, read_translation
from tests.protocol.validation.test_structure import PROTOCOL, changed

ASK = "Who is it?"
SAY = "Please wait in {wait-place}."


def spanish(words: str = "", *, language: str = "es", protocol: str = "sample") -> str:
    """A translation with these lines under `words`."""
    head = f"kind: translation\nformat: 1\nprotocol: {protocol}\nlanguage: {language}\nwords:\n"
    return head + words


def line(key: str, source: str, said: str) -> str:
    """A line of a translation, bound to `source`."""
    return f'  {key}: {{of: "{hash_of(source)}", say: "{said}"}}\n'


def pack(words: str = "", protocol: str = PROTOCOL, **others: str) -> PackReading:
    """A pack with a Spanish translation beside it."""
    files = {"protocol.yaml": protocol, "es.yaml": spanish(words), **others}
    return read_pack({name: text.encode() for name, text in files.items()})


def asked(reading: PackReading, language: str = "es") -> str:
    """What the sample's first step asks."""
    assert reading.protocol is not None, reading.findings
    step = reading.protocol.steps["who"]
    assert isinstance(step, AskStep)
    return step.ask.say(language)


def test_the_hash_is_of_the_words_and_not_of_their_layout() -> None:
    """Eight hex digits of SHA-256; line ends, indents and the way an accent is typed don't count, every letter does."""
    assert hash_of("Who is it?") == hashlib.sha256(b"Who is it?").hexdigest()[:8]
    assert hash_of("  Who\n   is\tit? ") == hash_of("Who is it?")
    assert hash_of(unicodedata.normalize("NFD", "Señor")) == hash_of(unicodedata.normalize("NFC", "Señor"))
    assert len({hash_of(words) for words in ("Who is it?", "who is it?", "Who is it", "Who is it?!")}) == 4


def test_words_that_translate_the_present_sentence_are_in_the_protocol() -> None:
    """And in the reading's texts, so that every other check sees them too."""
    reading = pack(line("steps.who.ask", ASK, "¿Quién es?"))

    assert reading.findings == ()
    assert asked(reading) == "¿Quién es?"
    assert asked(reading, "en") == ASK
    assert reading.languages == ("en", "es")
    assert dict(reading.reading.texts)["steps", "who", "ask"].words == (("en", ASK), ("es", "¿Quién es?"))


def test_one_changed_letter_makes_it_stale_and_the_source_is_shown() -> None:
    """Only that sentence; the one beside it stays translated."""
    words = line("steps.who.ask", ASK, "¿Quién es?") + line("steps.note.do", "Write it down.", "Anótelo.")
    reading = pack(words, changed(PROTOCOL, "Who is it?", "Who is that?"))

    assert asked(reading) == "Who is that?"
    texts = dict(reading.reading.texts)
    assert texts["steps", "who", "ask"].languages == ("en",)
    assert texts["steps", "note", "do"].say("es") == "Anótelo."


@pytest.mark.parametrize(
    "words",
    [
        line("steps.who.ask", ASK, ""),
        '  steps.who.ask: {of: "", say: "¿Quién es?"}\n',
        line("steps.phone.say", SAY, "Espere en {lugar}."),
        line("steps.phone.say", SAY, "Espere."),
        "",
    ],
)
def test_what_does_not_count_is_not_shown(words: str) -> None:
    """No words yet, bound to nothing, a slot lost or invented, nothing at all: the source words are all there is."""
    assert pack(words).languages == ("en",)


def test_words_beside_the_source_come_first() -> None:
    """They are where the superintendent reads them."""
    protocol = changed(PROTOCOL, "{en: Who is it?}", "{en: Who is it?, es: ¿Quién llama?}")
    assert asked(pack(line("steps.who.ask", ASK, "¿Quién es?"), protocol)) == "¿Quién llama?"


def test_every_file_of_words_is_read() -> None:
    """Each language has its own; what is no translation is left alone."""
    french = spanish(line("steps.who.ask", ASK, "Qui est-ce ?"), language="fr")
    reading = pack(line("steps.who.ask", ASK, "¿Quién es?"), **{"fr.yaml": french, "more.yaml": "kind: fragment\n"})

    assert (asked(reading, "es"), asked(reading, "fr")) == ("¿Quién es?", "Qui est-ce ?")
    assert [t.file for t in reading.translations] == ["es.yaml", "fr.yaml"]


def test_the_place_of_words_is_in_the_file_that_holds_them() -> None:
    """In the translation, in the protocol beside the source, or, when there are none, where the text is."""
    words = line("steps.who.ask", ASK, "¿Quién es?")
    protocol = changed(PROTOCOL, "{en: Write it down.}", "{en: Write it down., es: Anótelo.}")
    reading = pack(words, protocol)

    assert reading.place(("steps", "who", "ask"), "es") == ("es.yaml", Mark(6, 3))
    assert reading.place(("steps", "note", "do"), "es")[0] == "protocol.yaml"
    where = reading.place(("steps", "who", "ask"), "fr")
    assert where == ("protocol.yaml", reading.reading.place(("steps", "who", "ask")))


@pytest.mark.parametrize(
    ("name", "text", "is_one"),
    [
        ("es.yaml", "kind: translation\n", True),
        ("other.yaml", "# words\nformat: 1\nkind:  'translation'\n", True),
        ("es.yaml", "\ufeffkind: translation\n", True),
        ("es.yaml", "kind: transaltion\n", True),
        ("pt-BR.yaml", "", True),
        ("end.yaml", "kind: fragment\n", False),
        ("front-desk.yaml", "steps: {}\n", False),
        ("notes.yaml", "- a list\n", False),
    ],
)
def test_a_translation_is_known_by_what_it_says_and_by_its_name(name: str, text: str, is_one: bool) -> None:
    """A misspelt kind in a file called like a language must be found; a fragment called `end` is none."""
    assert is_translation(name, text.encode()) is is_one


def test_an_empty_list_of_words_is_no_error() -> None:
    """A translator begins with nothing."""
    assert read_translation(spanish().encode(), "es.yaml").findings == ()
    assert read_translation(spanish().replace("words:", "words: {}").encode(), "es.yaml").findings == ()


BROKEN = [b"", b"\xff", b"- a", b"words: [a]", b"words: {a: b, c: {of: []}}", b"kind: {", b"a: &b c"]


@pytest.mark.parametrize("data", BROKEN)
def test_whatever_the_bytes_reading_never_raises(data: bytes) -> None:
    """There is a finding, and nothing of the file counts."""
    read = read_translation(data, "es.yaml")
    assert read.findings
    assert read.language == ""
    assert pack(**{"es.yaml": data.decode("latin-1")}).languages == ("en",)


def test_keys_are_paths() -> None:
    """As a person would say where a sentence is."""
    assert key_of(("settings", "wait-place", "choices", "hall")) == "settings.wait-place.choices.hall"
