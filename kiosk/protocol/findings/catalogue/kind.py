"""What a kind of finding is: code, name, cause, repair, and what teaches its author more."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps a file from being used; a warning only asks to be looked at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding. `cause` and `repair` are templates for `str.format`.

    why:       one or two sentences on why it matters at the desk, for `kiosk protocol explain`.
    bad, good: a few lines of a file that have it, and the same lines repaired.
    """

    code: str
    name: str
    cause: str
    repair: str
    severity: Severity = Severity.ERROR
    why: str = ""
    bad: str = ""
    good: str = ""
