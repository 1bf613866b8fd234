"""The content hash covers the content of a pack, not the layout of its files."""

from __future__ import annotations

import hashlib
import json

import pytest

from kiosk.errors import UsageError
from kiosk.protocol.content_hash import canonical, content_hash_of, content_of, files_of

PACK = {
    "protocol.yaml": b"steps:\n  a: {say: {en: 'Please wait'}, cite: [x, y]}\n  b: {next: a}\n",
    "scenarios.yaml": b"- name: One\n",
}

SAME = {
    "a comment": b"# seen by counsel\nsteps:\n  a: {say: {en: 'Please wait'}, cite: [x, y]}\n  b: {next: a} # so\n",
    "other quotes": b"steps:\n  a: {say: {en: \"Please wait\"}, 'cite': [x, y]}\n  b: {next: a}\n",
    "other indents": b"steps:\n    a:\n        say:\n            en: Please wait\n        cite:\n        - x\n"
    b"        - y\n    b:\n        next: a\n",
    "folded words": b"steps:\n  a:\n    say:\n      en: >\n        Please\n        wait\n    cite: [x, y]\n"
    b"  b: {next: a}\n",
    "line ends of Windows": PACK["protocol.yaml"].replace(b"\n", b"\r\n"),
    "a byte order mark": b"\xef\xbb\xbf" + PACK["protocol.yaml"],
}

OTHER = {
    "a word": PACK["protocol.yaml"].replace(b"Please wait", b"Please go"),
    "a letter's case": PACK["protocol.yaml"].replace(b"Please", b"please"),
    "the order of a list": PACK["protocol.yaml"].replace(b"[x, y]", b"[y, x]"),
    "the order of steps": b"steps:\n  b: {next: a}\n  a: {say: {en: 'Please wait'}, cite: [x, y]}\n",
    "the order of a step's keys": b"steps:\n  a: {cite: [x, y], say: {en: 'Please wait'}}\n  b: {next: a}\n",
    "a target": PACK["protocol.yaml"].replace(b"next: a", b"next: b"),
    "a key": PACK["protocol.yaml"].replace(b"next", b"nexx"),
    "a word as a list": PACK["protocol.yaml"].replace(b"next: a", b"next: [a]"),
}

DOUBTFUL = {
    "a key twice": b"a: 1\na: 2\n",
    "an alias": b"a: &x 1\nb: *x\n",
    "a tag": b"a: !!str 1\n",
    "two documents": b"a: 1\n---\na: 2\n",
    "words that run backwards": "a: x\u202ey\n".encode(),
    "nothing": b"",
    "no text": b"\xff\xfe\x00",
    "no YAML": b"a: [",
}


@pytest.mark.parametrize("name", SAME)
def test_another_layout_has_the_same_seal(name: str) -> None:
    """Changing the layout of a file needs no new signature."""
    assert SAME[name] != PACK["protocol.yaml"]

    assert content_hash_of({**PACK, "protocol.yaml": SAME[name]}) == content_hash_of(PACK)


@pytest.mark.parametrize("name", OTHER)
def test_another_word_has_another_seal(name: str) -> None:
    """Nothing that staff or an agent can see or hear changes without a new signature."""
    assert OTHER[name] != PACK["protocol.yaml"]

    assert content_hash_of({**PACK, "protocol.yaml": OTHER[name]}) != content_hash_of(PACK)


def test_files_are_taken_by_their_names() -> None:
    """Whatever order a disk lists them in."""
    assert list(reversed(PACK)) != list(PACK)

    assert content_hash_of(dict(reversed(PACK.items()))) == content_hash_of(PACK)


def test_the_content_is_what_is_hashed() -> None:
    """Anyone with the stored content can compute the hash from it, without our code."""
    content, seal = content_of(PACK)

    assert hashlib.sha256(content.encode("utf-8")).hexdigest() == seal == content_hash_of(PACK)


def test_another_file_or_name_has_another_seal() -> None:
    """A file that is added, left out or renamed is another pack."""
    renamed = {"protocol.yaml": PACK["protocol.yaml"], "cases.yaml": PACK["scenarios.yaml"]}
    hashes = {
        content_hash_of(PACK),
        content_hash_of(renamed),
        content_hash_of({"protocol.yaml": PACK["protocol.yaml"]}),
        content_hash_of({}),
    }

    assert len(hashes) == 4


def test_the_canonical_form_is_plain_json_that_can_be_read_back() -> None:
    """Anyone can compute the hash again with the tools of any language."""
    expected = {
        "protocol.yaml": {"steps": {"a": {"say": {"en": "Please wait"}, "cite": ["x", "y"]}, "b": {"next": "a"}}},
        "scenarios.yaml": [{"name": "One"}],
    }

    assert json.loads(canonical(PACK)) == expected
    assert canonical(PACK).startswith(b'{"protocol.yaml":{"steps":{"a":{"say":{"en":"Please wait"},"cite":["x","y"]}')


def test_words_are_sealed_as_written_and_not_as_numbers_or_truth() -> None:
    """`yes`, `1.0` and a date keep their spelling, whatever a YAML library makes of them elsewhere."""
    assert canonical({"f": "a: [yes, 1.0, 2026-08-01, ñ]".encode()}) == (
        '{"f":{"a":["yes","1.0","2026-08-01","ñ"]}}'.encode()
    )


@pytest.mark.parametrize("name", DOUBTFUL)
def test_a_file_that_can_be_read_in_two_ways_is_not_sealed(name: str) -> None:
    """A signature under something doubtful is worth nothing; the error says what to repair."""
    with pytest.raises(UsageError) as told:
        content_hash_of({"protocol.yaml": DOUBTFUL[name]})

    assert "protocol.yaml" in told.value.what
    assert told.value.repair


@pytest.mark.parametrize(
    "words", ["a\u2028b", "a\u0085b", "☎ 😀", 'say "yes"', "line\\nend", "\\", "{a}: [b]", "#", "", "null", "1"]
)
def test_what_was_written_down_reads_back_as_the_same(words: str) -> None:
    """Content → files → content, whatever the words; so the log alone can say what was on the screen."""
    content = json.dumps({"protocol.yaml": {"b": words, "a": [words, {words: "x"}]}}, ensure_ascii=False)
    try:
        again, seal = content_of(files_of(content))
    except UsageError:
        assert not words.isprintable(), "only what no pack may hold is refused"
        return
    assert json.loads(again) == json.loads(content)
    assert list(json.loads(again)["protocol.yaml"]) == ["b", "a"], "the order on the screen was lost"
    assert content_hash_of(files_of(again)) == seal


@pytest.mark.parametrize("odd", ["", "[]", "{", "1"])
def test_what_is_no_content_is_refused(odd: str) -> None:
    """A ValueError, for the caller to say in words."""
    with pytest.raises(ValueError, match=r"."):
        files_of(odd)
