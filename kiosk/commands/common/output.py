"""The output of commands: data to stdout, messages to stderr, questions only in a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kiosk.errors import UsageError
from kiosk.protocol.findings.collector import Finding
from kiosk.record.printable import printable
from kiosk.settings import typed_path
from kiosk.system.files import save_new_file


def data(words: str = "") -> None:
    """Print one line of data, with unprintable characters made visible."""
    print(printable(words))  # noqa: T201 - a command's answer


def lines(words: Iterable[str]) -> None:
    """Print several lines of data."""
    for line in words:
        data(line)


def message(words: str) -> None:
    """Print one line of a message on stderr."""
    print(printable(words), file=sys.stderr)  # noqa: T201 - a message


def json_data(value: Any) -> None:
    """Print a value as JSON in plain ASCII, which works in any terminal and pipe."""
    print(json.dumps(value, indent=2, allow_nan=False))  # noqa: T201 - a command's answer


def raw(content: bytes) -> None:
    """Write the exact bytes of a file."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)


def new_path(typed: str) -> Path:
    """Return the absolute path of a file or folder to make. Raises UsageError if anything is there."""
    path = typed_path(typed, whole=True)
    if os.path.lexists(path):
        raise UsageError(f"{path} already exists; nothing is overwritten.", "Choose another name, or move it away.")
    return path


def save(typed: str, content: bytes, mode: int = 0o600) -> None:
    """Write a new file, durably. Raises UsageError if anything is there, StoreUnusable if it can't be saved."""
    save_new_file(new_path(typed), [content], mode)


def shows_data() -> bool:
    """Check that standard output is a terminal, where messages would be among the data."""
    return sys.stdout.isatty()


def at_terminal() -> bool:
    """Check that standard input is a terminal, so that the command can ask."""
    return sys.stdin.isatty()


def ask(question: str, default: str = "") -> str:
    """Return the typed answer, or the default for an empty line. Raises UsageError if the input ends."""
    hint = f" [{default}]" if default else ""
    print(printable(f"{question}{hint}: "), end="", file=sys.stderr, flush=True)  # noqa: T201 - a question
    line = sys.stdin.readline()
    if not line:
        raise UsageError("The input ended before all questions were answered.", "Nothing was changed; try again.")
    return line.strip() or default


def table(rows: Iterable[Iterable[str]]) -> None:
    """Print rows of cells as data, with two spaces between columns."""
    cells = [[printable(c) for c in row] for row in rows]
    widths = [max(len(c) for c in column) for column in zip(*cells, strict=True)]
    for row in cells:
        data("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip())


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON for scripts."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "cause": finding.cause,
        "repair": finding.repair,
    }
