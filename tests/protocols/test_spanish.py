"""The Connecticut pack in Spanish: whole, made from the English that stands there, and fit to be read and kept."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path
from typing import Final

import pytest
import yaml

from kiosk.privacy.guard import judge
from kiosk.protocol.parsing.protocol import read_protocol
from kiosk.protocol.slots import SLOT

PACK: Final = Path(__file__).parents[2] / "protocols" / "ct-outside-agent"
NOT_UNLESS_NO: Final = re.compile(r"\b(escond|mient(?!ras)|encierr|encerr|retras|demor)\w*", re.IGNORECASE)
"""Actions that may appear only after “no”."""
AVOIDED: Final = re.compile(
    r"\b(menor(es)?|casos?|cargos?|petici[oó]n|direcci[oó]n|archivos?|aulas?|corte|luego de|bloque\w*|insignias?"
    r"|interfer\w*|interpon\w*|administrador(a|es)?|funcionari[oa]s?|mandatos?|añad\w*)\b",
    re.IGNORECASE,
)
"""Words that mean something else to many readers, or two things; the glossary is at the top of `es.yaml`."""
TO_THE_CALLED: Final = re.compile(r"(^|[.!?] )Diga\b")
"""Under DO, “diga” would be read as what is said to the agent; whom one calls is told: “dígales”."""
NEVER: Final = re.compile(r"v[aá]lid|no puede entrar|migra|ilegal|ciudadan", re.IGNORECASE)
"""Words that no text may use about a paper, a visitor or a family."""


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    """Every English text of the protocol by its key."""
    reading = read_protocol((PACK / "protocol.yaml").read_bytes(), "protocol.yaml")
    return {".".join(path): text.say("en") for path, text in reading.texts}


@pytest.fixture(scope="module")
def spanish() -> dict[str, dict[str, str]]:
    """Every line of the Spanish file by its key."""
    text = (PACK / "es.yaml").read_text(encoding="utf-8")
    file = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but words, also of digits
    words: dict[str, dict[str, str]] = file.pop("words")
    assert file == {"kind": "translation", "format": "1", "protocol": "ct-outside-agent", "language": "es"}
    return words


def print_of(words: str) -> str:
    """The fingerprint by which a translation names the sentence it was made from: eight hex digits."""
    plain = " ".join(unicodedata.normalize("NFC", words).split())
    return hashlib.sha256(plain.encode()).hexdigest()[:8]


def test_every_text_is_there_and_none_beside(english: dict[str, str], spanish: dict[str, dict[str, str]]) -> None:
    """Nothing is left in English, and nothing is translated that is not there."""
    assert len(english) > 200, "the protocol was not read"
    assert set(spanish) == set(english)


def test_each_was_made_from_the_english_that_stands_there(
    english: dict[str, str], spanish: dict[str, dict[str, str]]
) -> None:
    """A changed English sentence needs a changed Spanish one."""
    assert {key: line["of"] for key, line in spanish.items()} == {k: print_of(words) for k, words in english.items()}


def test_the_slots_are_the_same(english: dict[str, str], spanish: dict[str, dict[str, str]]) -> None:
    """The words of the district's choices exist in both languages."""
    other = [k for k, line in spanish.items() if sorted(SLOT.findall(line["say"])) != sorted(SLOT.findall(english[k]))]
    assert other == []


def test_it_claims_and_asks_nothing_it_must_not(spanish: dict[str, dict[str, str]]) -> None:
    """No paper is judged, nobody is refused entry, no status is named; hiding and delaying only stand after “no”."""
    sentences = [s for line in spanish.values() for s in re.split(r"(?<=[.?!])\s+", line["say"])]
    assert any(NOT_UNLESS_NO.search(s) for s in sentences), "the pattern finds nothing at all"
    assert [s for s in sentences if NEVER.search(s) or judge(s)] == []
    assert [s for s in sentences if NOT_UNLESS_NO.search(s) and not re.match(r"no\b", s, re.IGNORECASE)] == []


def test_questions_are_opened_as_they_are_closed(spanish: dict[str, dict[str, str]]) -> None:
    """Every question has both its marks."""
    assert [k for k, line in spanish.items() if line["say"].count("¿") != line["say"].count("?")] == []


@pytest.mark.parametrize("pack", [PACK, PACK.parent / "records-request"], ids=lambda p: p.name)
def test_the_words_are_those_of_the_glossary(pack: Path) -> None:
    """One word for one thing, that readers of every country take the same way."""
    file = yaml.load((pack / "es.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - as above
    said = {key: line["say"] for key, line in file["words"].items()}

    assert len(said) > 100, "the translation was not read"
    assert {k: words for k, words in said.items() if AVOIDED.search(words)} == {}
    assert {k: words for k, words in said.items() if k.endswith(".do") and TO_THE_CALLED.search(words)} == {}
