"""Each kind of finding of a translation, shown by a file that has it."""

from __future__ import annotations

import re

import pytest

from kiosk.checks.run import check_pack
from kiosk.protocol.findings.collector import CATALOGUE, Finding, Severity
from kiosk.protocol.pack import read_pack
from kiosk.protocol.parsing.translations import in_order, key_of
from tests.protocol.parsing.test_translations import line, spanish
from tests.protocol.validation.test_structure import PROTOCOL, changed


def whole() -> str:
    """Spanish for every text of the sample; the words are its own with “ES” before them."""
    reading = read_pack({"protocol.yaml": PROTOCOL.encode()}).reading
    texts = [(key_of(path), text.words[0][1]) for path, text in in_order(reading)]
    return spanish("".join(line(key, words, f"ES {words}") for key, words in texts))


def found(protocol: str, translation: str, name: str = "es.yaml") -> tuple[Finding, ...]:
    """Everything that is wrong with such a pack."""
    return check_pack(read_pack({"protocol.yaml": protocol.encode(), name: translation.encode()}))


def test_a_whole_translation_has_no_findings() -> None:
    """Every case below changes one thing, so before the change nothing may be wrong."""
    assert found(PROTOCOL, whole()) == ()


# In the protocol or in the translation, the words that go and the words that come; what the finding's line must hold.
CASES = [
    ("T101", "es", 'say: "ES Who is it?"', 'say: ""', "kind: translation"),
    ("T102", "en", "Who is it?", "Who is that?", "steps.who.ask"),
    ("T103", "es", "  steps.who.ask", "  steps.who.aks", "steps.who.aks"),
    ("T104", "es", "language: es", "language: pt", "language: pt"),
    ("T105", "es", "protocol: sample", "protocol: another", "protocol: another"),
    ("T106", "name", "es", "en", "kind: translation"),
    ("T107", "en", "{en: Who is it?}", "{en: Who is it?, es: ES Who is it?}", "steps.who.ask"),
    ("T108", "es", "ES Please wait in {wait-place}.", "Espere.", "steps.phone.say"),
    ("T108", "es", "ES Please wait in {wait-place}.", "Espere en {wait-place} {aquí}.", "steps.phone.say"),
    ("T108", "es", "ES Please wait in {wait-place}.", "Espere en {wait-place.", "steps.phone.say"),
    ("T109", "es", "ES Who is it?", "Who is it?", "steps.who.ask"),
]


NAMES = [f"{case[0]}-{n}" for n, case in enumerate(CASES)]


@pytest.mark.parametrize(("code", "where", "old", "new", "marked"), CASES, ids=NAMES)
def test_a_change_is_found_on_its_line(code: str, where: str, old: str, new: str, marked: str) -> None:
    """Exactly this finding, in the translation, at the line that is to be repaired."""
    protocol, translation, name = PROTOCOL, whole(), "es.yaml"
    if where == "en":
        protocol = changed(protocol, old, new)
    elif where == "es":
        translation = changed(translation, old, new)
    else:
        translation, name = translation.replace("language: es", "language: en"), "en.yaml"

    findings = [f for f in found(protocol, translation, name) if f.code == code]

    assert [(f.file, translation.splitlines()[f.line - 1].strip()[: len(marked)]) for f in findings] == [(name, marked)]


def test_no_kind_of_finding_is_untested() -> None:
    """Each new code of the group needs a file that shows it."""
    assert {case[0] for case in CASES} == {code for code in CATALOGUE if code.startswith("T")}


def test_one_changed_sentence_is_all_that_is_stale() -> None:
    """The finding names the sentence, what it says now, and how to repair it; nothing else is found."""
    (only,) = found(changed(PROTOCOL, "Who is it?", "Who is that?"), whole())

    assert only.code == "T102"
    assert "“steps.who.ask”" in only.cause
    assert "“Who is that?”" in only.cause
    assert "--reviewed steps.who.ask" in only.repair


def test_nothing_a_translation_lacks_keeps_the_protocol_from_the_desk() -> None:
    """Missing or stale sentences are only warnings."""
    assert {CATALOGUE[code].severity for code in ("T101", "T102", "T103", "T109")} == {Severity.WARNING}
    reading = read_pack({"protocol.yaml": PROTOCOL.encode(), "es.yaml": b"kind: translation\nwords: ["})
    assert reading.protocol is not None
    assert [f.file for f in reading.findings] == ["es.yaml"]


def test_what_is_missing_is_said_once_with_the_number_and_the_first() -> None:
    """A translation that has just begun must not bury everything else."""
    (only,) = found(PROTOCOL, spanish(line("steps.who.ask", "Who is it?", "¿Quién es?")))
    assert only.code == "T101"
    assert re.match(r"17 of 18 .*“es”: “title”, ", only.cause)


def test_a_language_that_only_stands_in_the_protocol_is_looked_at_too() -> None:
    """One sentence in Spanish beside fourteen without is as incomplete as a file."""
    protocol = changed(PROTOCOL, "{en: Who is it?}", "{en: Who is it?, es: ¿Quién es?}")
    (only,) = check_pack(read_pack({"protocol.yaml": protocol.encode()}))
    assert (only.code, only.file) == ("T101", "protocol.yaml")


def test_short_words_may_be_the_same_in_both_languages() -> None:
    """“No” is Spanish too, and a name is a name."""
    translation = changed(whole(), 'say: "ES Badge"', 'say: "Badge"')
    assert found(PROTOCOL, translation) == ()


def test_a_misspelt_key_is_met_with_the_nearest() -> None:
    """Among those that have no words."""
    findings = found(PROTOCOL, changed(whole(), "  steps.who.ask", "  steps.who.aks"))
    assert [f.repair for f in findings if f.code == "T103"] == ["Did you mean “steps.who.ask”?"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("language: es", "language: Spanish", "P114"),
        ("kind: translation", "kind: transaltion", "P108"),
        ("format: 1", "format: 2", "P108"),
        ("protocol: sample\n", "", "P102"),
        ("words:", "word:", "P101"),
        ('say: "ES Who is it?"', 'says: "ES Who is it?"', "P101"),
        ("ES Who is it?", "TODO", "P406"),
    ],
)
def test_the_shape_of_the_file_is_checked_like_every_other(old: str, new: str, code: str) -> None:
    """With the reader's own findings, in the translation's file."""
    findings = found(PROTOCOL, changed(whole(), old, new))
    assert code in {f.code for f in findings if f.file == "es.yaml"}


def test_while_the_protocol_does_not_read_its_translations_are_not_blamed() -> None:
    """What is missing in the protocol then is not the author's omission; one mistake is reported once."""
    halved = PROTOCOL.replace("steps:\n", "---\nsteps:\n")
    assert halved != PROTOCOL
    codes = {f.code for f in found(halved, whole())}
    assert "P007" in codes
    assert not {code for code in codes if code.startswith("T")}
