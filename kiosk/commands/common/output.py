"""How commands print: data to stdout, messages to stderr, questions only to a person at a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

from kiosk.errors import UsageError
from kiosk.protocol.findings.collector import Finding
from kiosk.record.printable import printable


def data(words: str = "") -> None:
    """One line of data; what can't be printed is made visible."""
    print(printable(words))  # noqa: T201 - a command's answer


def lines(words: Iterable[str]) -> None:
    """Several lines of data."""
    for line in words:
        data(line)


def message(words: str) -> None:
    """One line of a message, on stderr."""
    print(printable(words), file=sys.stderr)  # noqa: T201 - a message


def json_data(value: Any) -> None:
    """A value for scripts, as JSON in plain ASCII, so that any terminal and any pipe carries it."""
    print(json.dumps(value, indent=2, allow_nan=False))  # noqa: T201 - a command's answer


def raw(content: bytes) -> None:
    """The bytes of a file, exactly."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)


def at_terminal() -> bool:
    """Whether there is a person to ask."""
    return sys.stdin.isatty()


def ask(question: str, default: str = "") -> str:
    """What the person types; the default for an empty line. Raises UsageError when the input ends."""
    hint = f" [{default}]" if default else ""
    print(printable(f"{question}{hint}: "), end="", file=sys.stderr, flush=True)  # noqa: T201 - a question
    line = sys.stdin.readline()
    if not line:
        raise UsageError("The input ended before all questions were answered.", "Nothing was changed; try again.")
    return line.strip() or default


def table(rows: Iterable[Iterable[str]]) -> None:
    """Rows of cells as data, columns two blanks apart."""
    cells = [[printable(c) for c in row] for row in rows]
    widths = [max(len(c) for c in column) for column in zip(*cells, strict=True)]
    for row in cells:
        data("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip())


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding for scripts."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "cause": finding.cause,
        "repair": finding.repair,
    }
