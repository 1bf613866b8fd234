"""A translation file as lines: what people wrote stays, what the kiosk wrote is taken out."""

from __future__ import annotations

import pytest
import yaml

from kiosk.authoring.translation_file import OURS, Laid, entry, laid_out, new_head
from kiosk.protocol.parsing.translations import read_translation

HEAD = "kind: translation\nformat: 1\nprotocol: sample\nlanguage: es\n"
LINES = f"""\
{HEAD}words:
  # by a translator
  #: A sample
  title: {{of: 3fa1c2d4, say: Una muestra}}  # short
  steps.who.ask: {{of: "11111111", say: ¿Quién es?}}
  # the end
"""


def laid(text: str, **bound: str) -> Laid:
    """The lines of a file that reads without an error. `bound`: the new hash of each key."""
    old = read_translation(text.encode(), "es.yaml")
    assert old.findings == ()
    return laid_out(text, old, bound)


def test_a_new_head_reads_as_a_translation() -> None:
    """Of that protocol, in that language."""
    text = "\n".join([*new_head("sample", "es"), entry("title", "3fa1c2d4", "Una muestra", 2)])
    read = read_translation(text.encode(), "es.yaml")
    assert (read.findings, read.protocol, read.language) == ((), "sample", "es")
    assert read.sentences["title"].say == "Una muestra"


@pytest.mark.parametrize("of", ["3fa1c2d4", "12345678", "1234e567"])
@pytest.mark.parametrize("words", ["Una muestra", 'dos "comillas" # {lugar}', "dos\nlíneas", ""])
def test_a_line_reads_back_as_it_was_meant(of: str, words: str) -> None:
    """Whatever YAML would make of the hash or the words without quotes."""
    assert yaml.safe_load(entry("title", of, words, 4)) == {"title": {"of": of, "say": words}}
    assert entry("title", of, words, 4).startswith("    title:")


def test_lines_are_cut_into_head_sentences_and_tail() -> None:
    """A person's comment stays above its sentence; the kiosk's own is taken out."""
    found = laid(LINES)
    assert found.head == [*HEAD.splitlines(), "words:"]
    assert found.blocks["title"] == ["  # by a translator", "  title: {of: 3fa1c2d4, say: Una muestra}  # short"]
    assert found.blocks["steps.who.ask"] == ['  steps.who.ask: {of: "11111111", say: ¿Quién es?}']
    assert (found.tail, found.indent) == (["  # the end"], 2)
    assert OURS in LINES


def test_a_bound_sentence_has_only_its_hash_replaced() -> None:
    """Quoted when it would read as a number; nothing else of the line changes."""
    assert laid(LINES, title="22222222").blocks["title"][-1] == ('  title: {of: "22222222", say: Una muestra}  # short')
    changed = laid(LINES, **{"steps.who.ask": "abcdef01"}).blocks
    assert changed["steps.who.ask"] == ["  steps.who.ask: {of: abcdef01, say: ¿Quién es?}"]
    assert changed["title"] == laid(LINES).blocks["title"]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}words: {{title: {{of: 3fa1c2d4, say: Una muestra}}}}\n# a comment\n#: ours\n",
        "words:\n  title: {of: 3fa1c2d4, say: Una muestra}\n# a comment\n" + HEAD,
    ],
)
def test_a_file_whose_lines_do_not_separate_the_sentences_is_laid_out_again(text: str) -> None:
    """With the comments of people in the head."""
    found = laid(text, title="abcdef01")
    assert found.head == ["# a comment", *HEAD.splitlines(), "words:"]
    assert found.blocks == {"title": [entry("title", "abcdef01", "Una muestra", 2)]}


def test_marks_and_line_ends_of_windows_are_left_out() -> None:
    """The lines are the same."""
    assert laid("\ufeff" + LINES.replace("\n", "\r\n") + "\r\n\r\n") == laid(LINES)
