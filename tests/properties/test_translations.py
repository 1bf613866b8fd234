"""Whatever is in a translation file, reading it is reported and never crashes, and writing it again loses no word."""

from __future__ import annotations

from typing import Final

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.authoring.translate import updated
from kiosk.checks.run import check_pack
from kiosk.protocol.findings.collector import errors
from kiosk.protocol.pack import read_pack
from kiosk.protocol.parsing.protocol import read_protocol
from kiosk.protocol.parsing.translations import hash_of, in_order, key_of, read_translation
from tests.properties.test_reader_never_breaks import PROTOCOL, mutated, require_findings_in_order, words_of
from tests.searching import examples

READING: Final = read_protocol(PROTOCOL, "protocol.yaml")
KEYS: Final = [key_of(path) for path, _ in in_order(READING)]
HEAD: Final = "kind: translation\nformat: 1\nprotocol: sample\nlanguage: es\nwords:\n"
SPANISH: Final = (
    HEAD
    + "".join(
        f'  # of {key}\n  {key}: {{of: {hash_of(text.say())}, say: "ES {text.say()}"}}\n'
        for path, text in in_order(READING)
        if (key := key_of(path))
    )
).encode()

COMMENTS: Final = ("# why", "# inside", "# at the edge", "# the end", "# behind", "# of ")
HASHES: Final = st.sampled_from([hash_of("Who?"), "00000000", "123e4567", "abcdef01"])
WORDS: Final = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=30).map(str.strip)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A few sentences, in one of the ways people write YAML."""
    lines = []
    for key in draw(st.lists(st.sampled_from([*KEYS, "steps.gone.ask", "x"]), unique=True, max_size=6)):
        of, say = draw(HASHES), draw(WORDS).replace("'", "’").replace("TODO", "")
        quoted = f"'{say}'"
        form = draw(st.sampled_from(["flow", "block", "folded", "split"]))
        lines += (
            ["  # why", "", "  # " + say.replace("#", ""), *["# at the edge"] * (len(say) % 2)]
            if draw(st.booleans())
            else []
        )
        match form:
            case "flow":
                lines.append(f"  {key}: {{say: {quoted}, of: '{of}'}} # behind")
            case "block":
                lines.append(f'  {key}:\n    # inside\n    of: "{of}"\n    say: {quoted}')
            case "folded":
                lines.append(f"  {key}:\n    of: '{of}'\n    say: >-\n      {say or 'x'}\n      #: more")
            case "split":
                lines.append(f"  {key}: {{\n    of: '{of}',\n    say: {quoted}\n    }}")
    return HEAD + "\n".join(lines) + "\n" + draw(st.sampled_from(["", "\n", "  # the end\n", "# the end\n\n"]))


@given(mutated(SPANISH) | words_of(SPANISH) | st.binary(max_size=100))
@example(b"kind: translation")
@settings(deadline=None, max_examples=examples(300))
def test_no_slip_in_a_translation_breaks_the_reader(data: bytes) -> None:
    """The finding is in the translation's file, and the protocol is still there."""
    pack = read_pack({"protocol.yaml": PROTOCOL, "es.yaml": data})
    assert pack.protocol is not None
    assert {f.file for f in pack.findings} <= {"es.yaml"}
    require_findings_in_order(check_pack(pack))


@given(sentences() | (mutated(SPANISH) | words_of(SPANISH)).map(lambda data: data.decode("utf-8", "replace")))
@settings(deadline=None, max_examples=examples(300))
def test_writing_a_file_anew_loses_no_word_and_is_stable(text: str) -> None:
    """Every sentence and comment that a file without errors holds is in the new one, which has no errors either."""
    old = read_translation(text.encode(), "es.yaml")
    if errors(old.findings):
        return
    new = updated(READING, "es", text, old)
    again = read_translation(new.text.encode(), "es.yaml")

    assert errors(again.findings) == ()
    said = {key: sentence.say for key, sentence in again.sentences.items()}
    assert [key for key, sentence in old.sentences.items() if sentence.say and said.get(key) != sentence.say] == []
    assert all(again.sentences[key].of == old.sentences[key].of for key in new.stale)
    assert set(again.sentences) == {*KEYS, *new.leftover}
    assert updated(READING, "es", new.text, again) == new
    assert [text.count(c) for c in COMMENTS] == [new.text.count(c) for c in COMMENTS]
