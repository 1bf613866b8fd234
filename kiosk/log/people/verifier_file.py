"""The file of verifiers, HOME/keys/people.json: a list without names, readable by one account.

A verifier counts only if an entry of the log has its SHA-256, so the file can be lost or changed, but not forged.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kiosk.record.people.people import MOST
from kiosk.record.people.verifiers import hash_of
from kiosk.settings import Home
from kiosk.system.files import ensure_folder, read_start, save_file

FORMAT: Final = 1
_LONGEST: Final = 512
"""More characters than a verifier has."""
_LARGEST: Final = (MOST + 2) * _LONGEST


@dataclass(frozen=True, slots=True)
class VerifierFile:
    """The verifiers in the file, by their SHA-256. intact: False for a file that can't be read."""

    verifiers: Mapping[str, str] = field(default_factory=dict)
    intact: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether there is no file, or nothing in it."""
        return self.intact and not self.verifiers


def verifier_file(home: Home) -> Path:
    """Return the path of the file."""
    return home.path / "keys" / "people.json"


def read_verifiers(home: Home) -> VerifierFile:
    """Return the content of the file."""
    try:
        data = read_start(verifier_file(home), _LARGEST + 1)
        if len(data) > _LARGEST:
            return VerifierFile(intact=False)
        found = json.loads(data.decode("utf-8"))
        if found["format"] != FORMAT:
            return VerifierFile(intact=False)
        return VerifierFile({hash_of(one): one for one in map(str, found["verifiers"])})
    except FileNotFoundError:
        return VerifierFile()
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return VerifierFile(intact=False)


def save_verifiers(home: Home, verifiers: Iterable[str]) -> None:
    """Save the file, durably. Raises StoreUnusable."""
    ensure_folder(verifier_file(home).parent)
    content = {"format": FORMAT, "verifiers": [*verifiers]}
    save_file(verifier_file(home), (json.dumps(content, indent=1) + "\n").encode("utf-8"))
