"""No pattern uses what a promised Python matches wrongly.

CPython before 3.11.5 gives wrong matches for possessive quantifiers (its issues 100061 and 106052), and both these and
atomic groups can end in SystemError before 3.12.8 (its issue 101955). Debian 12 ships 3.11.2.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
_CODE: Final = ("kiosk", "db", "protocols", "deploy")

_NO_OPERATOR: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
"""What holds no operator: an escaped character, a set of characters."""

_DIFFERS: Final = re.compile(r"[*+?}]\+|\(\?>")


def differs(pattern: str) -> bool:
    """Whether a pattern, or a part of one, has a possessive quantifier or an atomic group."""
    return _DIFFERS.search(_NO_OPERATOR.sub("x", pattern)) is not None


def strings(source: str) -> Iterator[str]:
    """Every string literal of a program; in an f-string, `x` stands for each value."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            yield node.value if isinstance(node.value, str) else node.value.decode("latin-1")


@pytest.mark.parametrize("top", _CODE)
def test_no_pattern_differs_from_python_to_python(top: str) -> None:
    """Every string is looked at: a pattern may be put together from parts."""
    programs = sorted((ROOT / top).rglob("*.py"))
    assert programs
    found = [
        (path.relative_to(ROOT).as_posix(), words)
        for path in programs
        for words in strings(path.read_text(encoding="utf-8"))
        if differs(words)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [
        (r"(?:ab?c)*+", True),
        (r"((?<=\b[A-Z])\.)?+x", True),
        (r"[.!?]++", True),
        (r"a{1,3}+", True),
        (r"(?>a|b)", True),
        (r"\++", False),
        (r"\*\+", False),
        (r"[*+?}+]+", False),
        (r"(?:a+)+b?", False),
    ],
)
def test_what_differs_would_be_found(pattern: str, wrong: bool) -> None:
    """Set-up: in every form, and nothing that only looks like it."""
    assert differs(pattern) is wrong
