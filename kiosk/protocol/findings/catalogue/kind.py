"""A kind of finding: code, name, cause, repair, and an explanation with examples."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Severity of a finding. An error prevents use of the file; a warning only asks for attention."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding. `cause` and `repair` are templates for `str.format`.

    why:       one or two sentences about its effect at the desk, for `kiosk protocol explain`.
    bad, good: example lines with the finding, and the same lines corrected.
    """

    code: str
    name: str
    cause: str
    repair: str
    severity: Severity = Severity.ERROR
    why: str = ""
    bad: str = ""
    good: str = ""
