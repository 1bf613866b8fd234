"""A `<lang>.yaml` as lines: its head, and each sentence with the comments above it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.protocol.parsing.translations import Translation

OURS: Final = "#:"
"""The prefix of a comment that the kiosk rewrites each time."""

_NOTES: Final = """\
# The text of {protocol} in “{language}”. `of` binds each sentence to its source sentence; do not change it.
# Write between the quotes of `say`, and keep every word in braces. A line with #: shows the current source text.
# Then run `kiosk protocol translate` again, and `kiosk protocol check`.

"""
_KEYS: Final = """\
kind: translation
format: 1
protocol: {protocol}
language: {language}
words:
"""
_INDENT: Final = 2
_A_NUMBER: Final = re.compile(r"[0-9]+(e[0-9]+)?")
"""Hashes that a YAML parser could read as a number."""

_NOT_LAST: Final = re.compile(r"(kind|format|protocol|language)[ \t]*:|---|\.\.\.")


@dataclass(frozen=True, slots=True)
class Laid:
    """Lines without their ends and without the kiosk's own comments. `indent`: the spaces before each key.

    head, tail: the lines before the first sentence, and the comments after the last.
    """

    head: Sequence[str]
    blocks: Mapping[str, Sequence[str]]
    tail: Sequence[str] = ()
    indent: int = _INDENT


def new_head(protocol: str, language: str) -> list[str]:
    """Return the head of a new file."""
    return (_NOTES + _KEYS).format(protocol=protocol, language=language).splitlines()


def entry(key: str, of: str, said: str, indent: int) -> str:
    """Return the line of one sentence."""
    return f"{' ' * indent}{key}: {{of: {_scalar(of)}, say: {json.dumps(said, ensure_ascii=False)}}}"


def _scalar(of: str) -> str:
    return f'"{of}"' if _A_NUMBER.fullmatch(of) else of


def laid_out(text: str, old: Translation, bound: Mapping[str, str]) -> Laid:
    """Return the lines of a file that reads as `old`, with each sentence in `bound` (key → hash) bound to that hash.

    If the sentences are not one below the other, or `words` is not the last key, lay out the file again.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    while lines and not lines[-1].strip():
        del lines[-1]
    starts = _starts(lines, old)
    if not starts or not _rebind(lines, old, bound):
        return _new_layout(lines, old, bound)
    indent = next(iter(old.sentences.values())).mark.column - 1
    last = len(lines)
    while _is_comment(lines[last - 1], indent):
        last -= 1
    ends = [*starts.values(), last][1:]
    blocks = {key: _kept(lines[at:end], indent) for (key, at), end in zip(starts.items(), ends, strict=True)}
    return Laid(_kept(lines[: next(iter(starts.values()))], indent), blocks, _kept(lines[last:], indent), indent)


def _starts(lines: Sequence[str], old: Translation) -> dict[str, int]:
    """Return the first line, from 0, of each sentence with its comments; none if lines do not separate them."""
    starts: dict[str, int] = {}
    for key, sentence in old.sentences.items():
        at, indent = sentence.mark.line - 1, sentence.mark.column - 1
        if lines[at][:indent].strip() or not indent:
            return {}
        while at and _is_comment(lines[at - 1], indent):
            at -= 1
        starts[key] = at
    first = next(iter(starts.values()), 0)
    return {} if any(_NOT_LAST.match(line) for line in lines[first:]) else starts


def _is_comment(line: str, indent: int) -> bool:
    # A more deeply indented line could be part of the previous sentence, in a block of several lines.
    words = line.lstrip(" ")
    return words.startswith("#") and len(line) - len(words) <= indent


def _kept(lines: Sequence[str], indent: int) -> list[str]:
    return [line for line in lines if not (_is_comment(line, indent) and line.lstrip(" ").startswith(OURS))]


def _rebind(lines: list[str], old: Translation, bound: Mapping[str, str]) -> bool:
    """Replace hashes in the lines, each at its place. Return whether all of them were found there."""
    for key, now in bound.items():
        sentence = old.sentences[key]
        at, column = sentence.of_mark.line - 1, sentence.of_mark.column - 1
        before, there = lines[at][:column], lines[at][column:]
        quote = there[:1] if there[:1] in {'"', "'"} else ""
        if not there.startswith(f"{quote}{sentence.of}{quote}"):
            return False
        if sentence.of != now:
            lines[at] = before + _scalar(now) + there[len(sentence.of) + 2 * len(quote) :]
    return True


def _new_layout(lines: Sequence[str], old: Translation, bound: Mapping[str, str]) -> Laid:
    comments = [line.strip() for line in lines if line.lstrip().startswith("#") and not line.lstrip().startswith(OURS)]
    blocks = {k: [entry(k, bound.get(k, one.of), one.say, _INDENT)] for k, one in old.sentences.items()}
    return Laid([*comments, *_KEYS.format(protocol=old.protocol, language=old.language).splitlines()], blocks)
