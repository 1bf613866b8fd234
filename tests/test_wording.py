"""The words that readers of this product don't search for, each with the standard term instead.

Two lists. PEOPLE is refused in what people read: string literals with a space in them, the READMEs of the top, `deploy`
and `protocols`, `VERIFY.txt` and `CHANGELOG.md`. EVERYWHERE is refused there and in docstrings, comments and the other
READMEs. Skipped: what stands in backticks or a code block, SQL, the words of protocols, this file.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

ROOT: Final = Path(__file__).parents[1]
FOLDERS: Final = ("kiosk", "db", "protocols", "tests", "deploy")
MANUALS: Final = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "deploy/README.md")

EVERYWHERE: Final = {
    r"\banew\b": "again, new",
    r"\b(let|lets|letting) ((this|it|them|that|values|records?|[\d-]{6,}|\{[^}]*\}) )?go\b"
    r"(?! (back|home|on|through|to|of))": "destroy; release",
    r"\b(go|goes|going|gone|went) on (with|from)\b": "continue; replace",
    r"\b(lies|lay|lie) (in|at|on|here|there|beside|among|behind)\b": "is in",
    r"\bwhat (stands|stood)\b|\bas it stands\b|\bstands at: ": "is; original value",
    r"\buntold\b|\bnot told\b|\bcan('t|not) be told\b": "not notified; unknown",
    r"\bbeside (the (log|encounters?|old|original|running)|a running)|\bkept beside\b": "with",
    r"\b(signed|weekly) heads?\b|\b(last|newest|no) head (of|was|for)\b|\bhead of (the log|\d|\{)": "checkpoint",
    r"\bfor ever\b|\bheld against\b|\bto the letter\b": "permanently; compared with; exactly",
    r"(\d|\}) signs\b|\bin signs\b": "characters",
    r"\b(un)?authoris\w+|\bpractis\w+|\blicences?\b|\bcatalogue\b|\bsynchronis\w+|\bcolours?\b": "US spelling",
}
"""Pattern, without regard to case, and what to write instead."""

PEOPLE: Final = {
    r"\bgoes on\b|\bto go on\b|^go on$": "continue",
    r"\b(un)?seal(s|ed|ing)?\b": "encrypted; content hash; recorded",
    r"\breceipts?\b|\bwitness(es|ed)?\b|\bpurg(e|es|ed|ing)\b": "verification code; outside copy; destroy",
    r"\b(is|are|was|were|be) told\b(?! (to|by|that|not to)\b)": "shown; notified",
    r"\btells (more|calmly|what)\b|\bvouch(es|ed)?\b": "shows; confirms",
    r"\bfor good\b|\b(when|if) left out\b|\bat most so many\b": "permanently; default; maximum",
    r"\b(was|were|not|be) looked (at|through)\b|\bis whole\b": "checked; intact",
    r"\btakes (it|this) in\b|\brecords left as\b|\bexports leave\b": "records; exported",
    r"\bwhoever\b|\bterminal to ask at\b|\bnobody is here\b": "name the person; in a terminal",
    r"\blog (was|is) begun\b|\bbegins? a new log\b|\bthe log before\b": "start; previous log",
}
"""As EVERYWHERE, for what people read."""

_BACKTICKS: Final = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_SQL: Final = re.compile(r"^\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|WITH|DROP|PRAGMA|ALTER)\b")


class Words(NamedTuple):
    """One stretch of words: where it begins, and whether people who don't program read it."""

    line: int
    words: str
    people: bool


def in_python(source: str) -> Iterator[Words]:
    """Docstrings, comments and the string literals with a space in them; f-strings joined, `{}` for their values."""
    tree = ast.parse(source)
    inside = {id(value) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for value in ast.walk(node)}
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            words = "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            words = node.value
        else:
            continue
        if " " in words and not _SQL.match(words):
            yield Words(node.lineno, words, people=id(node) not in statements)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield Words(token.start[0], token.string.lstrip("# "), people=False)


def refused(words: Words) -> Iterator[tuple[int, str, str]]:
    """The line of each refused expression in these words, the expression, and what to write instead."""
    plain = _BACKTICKS.sub(lambda quoted: "\n" * quoted[0].count("\n") or "``", words.words)
    flat = re.sub(r"[ \t]*\n[ \t]*", lambda _: "\n", plain)
    for pattern, instead in (EVERYWHERE | PEOPLE if words.people else EVERYWHERE).items():
        spaced = pattern.replace(" ", r"\s")
        for hit in re.finditer(spaced, flat, re.IGNORECASE):
            yield words.line + flat.count("\n", 0, hit.start()), " ".join(hit[0].split()), instead


def texts() -> Iterator[Path]:
    """Every file that holds words which somebody reads."""
    for folder in FOLDERS:
        for pattern in ("*.py", "*.md", "VERIFY.txt"):
            yield from (path for path in sorted((ROOT / folder).rglob(pattern)) if path != Path(__file__))
    yield from (ROOT / name for name in MANUALS if "/" not in name)


def words_in(path: Path) -> Iterator[Words]:
    """The words of a file, as readers meet them."""
    source = path.read_text(encoding="utf-8")
    name = path.relative_to(ROOT).as_posix()
    if path.suffix == ".py":
        # The strings of a test are what it types and expects; people read its docstrings.
        people = not name.startswith("tests/")
        return (words._replace(people=words.people and people) for words in in_python(source))
    return iter([Words(1, source, people=name in MANUALS or name.startswith("protocols/") or path.suffix == ".txt")])


@pytest.mark.parametrize("folder", ["", *FOLDERS])
def test_no_refused_word_is_in_a_text(folder: str) -> None:
    """Every place is named with the expression and what to write instead."""
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{line}: {hit!r}; write: {instead}"
        for path in texts()
        if (path.parent == ROOT if not folder else path.is_relative_to(ROOT / folder))
        for words in words_in(path)
        for line, hit, instead in refused(words)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "hits"),
    [
        ('"""The log is made anew."""', ["anew"]),
        ("# what was let go\n", ["let go"]),
        ('print("It is sealed now.")', ["sealed"]),
        ('print(f"{count} signs of it")', ["} signs"]),
        ('print("sealed")', []),
        ('print("Run `kiosk seal` anew.")', ["anew"]),
        ('"""A sealed note."""', []),
        ('text("SELECT sealed FROM entry")', []),
    ],
)
def test_the_list_reads_docstrings_comments_and_strings(source: str, hits: list[str]) -> None:
    """A word of its own is no sentence; what is quoted as code or SQL is not read; PEOPLE is for strings alone."""
    assert [hit for words in in_python(source) for _, hit, _ in refused(words)] == hits


def test_a_manual_is_read_with_both_lists_and_by_line() -> None:
    """Code blocks are skipped, and the line is the one of the word."""
    manual = "One.\n\n```\nsealed anew\n```\nWhoever keeps `anew`\nit anew.\n"
    found = [(line, hit) for line, hit, _ in refused(Words(1, manual, people=True))]
    assert sorted(found) == [(6, "Whoever"), (7, "anew")]
