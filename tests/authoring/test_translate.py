"""Updating a translation file: text that people wrote stays, and missing sentences get a place."""

from __future__ import annotations

import pytest

from kiosk.authoring.translate import Updated, updated
from kiosk.checks.run import check_pack
from kiosk.protocol.pack import read_pack
from kiosk.protocol.parsing.protocol import read_protocol
from kiosk.protocol.parsing.translations import hash_of, read_translation
from tests.checks.test_translations import whole
from tests.protocol.parsing.test_translations import ASK, line, spanish
from tests.protocol.validation.test_structure import PROTOCOL, changed

STALE = changed(PROTOCOL, "Who is it?", "Who is that?")


WRITTEN = """\
# Words by the translators of the district.
kind: translation # sic
format: 1
protocol: sample
language: es
words:
    # --- steps ---
    # Ask again about this one.
    steps.who.ask:
        # literally: who
        of: '{who}'
        say: ¿Quién es? # short

    title: {{of: {title}, say: 'Una muestra'}}   # for counsel
    "steps.note.do":
      of: {note}
      say: |-
        Anote esto,
        #: y nada más.
"""

TITLE = f"{{title: {{of: {hash_of('A sample')}, say: Una muestra}}}}"


def brought_up(text: str = "", protocol: str = PROTOCOL, confirmed: tuple[str, ...] = ()) -> Updated:
    """Return the result for a file with this text."""
    old = read_translation(text.encode(), "es.yaml") if text else None
    assert old is None or old.findings == (), old
    return updated(read_protocol(protocol.encode(), "protocol.yaml"), "es", text, old, confirmed)


def around(key: str, new: Updated) -> list[str]:
    """The line with that key and the one above it."""
    lines = new.text.splitlines()
    (n,) = [n for n, words in enumerate(lines) if words.strip().startswith(key)]
    return lines[n - 1 : n + 1]


def test_a_new_file_has_room_for_every_text_in_the_protocols_order() -> None:
    """Each with the source words above it and bound to them; the file reads without an error."""
    new = brought_up()

    assert around("steps.who.ask:", new) == [
        "  #: Who is it?",
        f'  steps.who.ask: {{of: {hash_of(ASK)}, say: ""}}',
    ]
    assert (len(new.missing), new.good, new.stale, new.leftover) == (18, (), (), ())
    assert new.missing[0] == "title"
    assert (
        new.missing.index("fields.badge.label")
        < new.missing.index("steps.who.ask")
        < new.missing.index("steps.again.do")
    )
    findings = check_pack(read_pack({"protocol.yaml": PROTOCOL.encode(), "es.yaml": new.text.encode()}))
    assert [f.code for f in findings] == ["T101"]


@pytest.mark.parametrize(
    "text",
    ["", spanish(), whole(), spanish(line("steps.who.ask", "Old words", "¿Quién es?"))],
    ids=["none", "empty", "whole", "stale"],
)
def test_a_second_time_changes_nothing(text: str) -> None:
    """Whatever the file was like at first."""
    once = brought_up(text)
    assert brought_up(once.text) == once


def test_a_whole_translation_keeps_every_word() -> None:
    """And says that nothing is left to do."""
    new = brought_up(whole())
    assert (len(new.good), new.stale, new.missing, new.leftover) == (18, (), (), ())
    assert [w for w in new.text.splitlines() if not w.startswith("  #:")] == whole().splitlines()


def test_a_stale_sentence_stays_stale_until_somebody_has_looked_at_it() -> None:
    """Its words and its old hash stay; the source as it is now stands above; only a confirmation binds it again."""
    new = brought_up(whole(), STALE)
    assert new.stale == ("steps.who.ask",)
    assert around("steps.who.ask:", new) == [
        "  #: STALE. The source now says: Who is that?",
        line("steps.who.ask", ASK, "ES Who is it?").rstrip(),
    ]
    assert brought_up(new.text, STALE).stale == ("steps.who.ask",)

    confirmed = brought_up(new.text, STALE, ("steps.who.ask",))
    assert confirmed.stale == ()
    assert around("steps.who.ask:", confirmed)[0] == "  #: Who is that?"
    assert hash_of("Who is that?") in around("steps.who.ask:", confirmed)[1]
    assert 'say: "ES Who is it?"' in around("steps.who.ask:", confirmed)[1]


def test_room_for_words_follows_the_source_until_there_are_words() -> None:
    """Nobody translated the old sentence, so nothing is stale."""
    new = brought_up(brought_up().text, STALE)
    assert new.stale == ()
    assert hash_of("Who is that?") in around("steps.who.ask:", new)[1]


def test_comments_blank_lines_and_ways_of_writing_stay() -> None:
    """Everything a person wrote: above the words, within a sentence, over several lines, behind it."""
    written = WRITTEN.format(who=hash_of(ASK), title=hash_of("A sample"), note=hash_of("Write it down."))
    new = brought_up(written)

    kept = new.text.splitlines()
    assert [words for words in written.splitlines() if words not in kept] == []
    assert kept.index("    # Ask again about this one.") + 1 == kept.index("    steps.who.ask:")
    assert kept.index("    steps.who.ask:") > next(n for n, w in enumerate(kept) if w.startswith("    title:"))
    assert new.good == ("title", "steps.who.ask", "steps.note.do")
    assert brought_up(new.text) == new
    reading = read_pack({"protocol.yaml": PROTOCOL.encode(), "es.yaml": new.text.encode()})
    assert reading.findings == ()
    assert dict(reading.reading.texts)["steps", "note", "do"].say("es") == "Anote esto,\n#: y nada más."


def test_words_that_belong_to_nothing_are_kept_at_the_end() -> None:
    """A step that was renamed: its words are needed again, and only a person can tell where."""
    new = brought_up(changed(whole(), "  steps.who.ask", "  steps.whom.ask"))

    assert new.leftover == ("steps.whom.ask",)
    assert new.missing == ("steps.who.ask",)
    assert "steps.whom.ask" in new.text.splitlines()[-1]
    assert brought_up(new.text) == new


@pytest.mark.parametrize(
    "text",
    [
        f"{{kind: translation, format: 1, protocol: sample, language: es, words: {TITLE}}}",
        spanish().replace(
            "words:\n", f"words: {{title: {{of: {hash_of('A sample')}, say: Una muestra}}}}\n# the end\n"
        ),
        "words:\n" + line("title", "A sample", "Una muestra") + spanish().replace("words:\n", "# the end\n"),
    ],
    ids=["all in braces", "words in braces", "words first"],
)
def test_a_file_laid_out_in_another_way_is_laid_out_anew(text: str) -> None:
    """Its words and comments are there; after that it is stable."""
    new = brought_up(text)
    assert new.good == ("title",)
    assert around("title:", new)[1].endswith('say: "Una muestra"}')
    assert ("# the end" in text) == ("# the end" in new.text)
    assert brought_up(new.text) == new


def test_what_stands_beside_the_source_needs_no_room() -> None:
    """A text translated in the protocol itself is not asked for again."""
    new = brought_up("", changed(PROTOCOL, "{en: Who is it?}", "{en: Who is it?, es: ¿Quién es?}"))
    assert "steps.who.ask" not in new.missing


def test_a_hash_that_looks_like_a_number_is_quoted() -> None:
    """Other readers of YAML would drop its zeros, or take an e for a power of ten."""
    digits = next(words for n in range(10_000) if hash_of(words := f"Number {n}").isdigit())
    new = brought_up("", changed(PROTOCOL, "Who is it?", digits))
    assert f'{{of: "{hash_of(digits)}", say: ""}}' in new.text


def test_windows_line_ends_are_read() -> None:
    """An editor on another system changes no word."""
    assert brought_up(whole().replace("\n", "\r\n")) == brought_up(whole())
