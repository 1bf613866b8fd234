"""Decrypt the values of an evidence package with the district key."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kiosk.errors import UsageError
from kiosk.record.disclosure.encryption import decrypted
from kiosk.system.files import opened


def decrypted_values(folder: Path, private: bytes) -> Iterator[tuple[str, int, str, Any]]:
    """Return (log, entry, name, value) of each encrypted value, compared with the hash in its entry.

    Raises Refused for a wrong key, UsageError for a folder that is not a package.
    """
    logs = _logs(folder)
    return (value for values in logs for value in _decrypted(values, private))


def require_package(folder: Path) -> None:
    """Raise UsageError for a folder that is not a package."""
    _logs(folder)


def _logs(folder: Path) -> list[Path]:
    logs = sorted(folder.glob("log-*/disclosures.jsonl"))
    if not logs:
        raise UsageError(f"{folder} is not an evidence package.", "Name the folder that has manifest.note in it.")
    return logs


def _decrypted(values: Path, private: bytes) -> Iterator[tuple[str, int, str, Any]]:
    try:
        headers = {h["seq"]: h for h in map(json.loads, _lines(values.with_name("events.jsonl")))}
        for line in filter(lambda one: "encrypted" in one, map(json.loads, _lines(values))):
            header, name = headers[line["entry"]], line["name"]
            data = base64.b64decode(line["encrypted"], validate=True)
            disclosure = decrypted(private, header["event_id"], name, data, header["sd"][name])
            yield values.parent.name, line["entry"], name, json.loads(base64.urlsafe_b64decode(disclosure + b"=="))[2]
    except (ValueError, LookupError, TypeError, OSError) as error:
        repair = "Verify the package with its own verify.py, and ask for another one."
        raise UsageError(f"{values.parent} can't be read as part of a package.", repair) from error


def _lines(path: Path) -> list[bytes]:
    with opened(path) as file:
        return file.read().splitlines()
