"""The three results of a verification, and how the key that signed a log is known."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.worded import Worded


class Verdict(Worded):
    """The result of a verification."""

    VERIFIED = "verified", "everything that was checked matches"
    DOES_NOT_MATCH = "does-not-match", "something that was checked does not match"
    NOT_CHECKED = "not-checked", "something that matters could not be checked"


class KeySource(Worded):
    """How a log's public key is known. The words follow "Its key: "."""

    GIVEN = "given", "you gave this key"
    KIOSK = "kiosk", "this kiosk signs with this key, and its list of keys has it"
    LISTED = "listed", "this kiosk's list of keys has it"
    CITED = "cited", "a later log of this kiosk cites this key"
    UNKNOWN = "unknown", "only the log itself names this key"


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return DOES_NOT_MATCH if it occurs, else NOT_CHECKED if that occurs, else VERIFIED."""
    found = set(verdicts)
    return next((one for one in (Verdict.DOES_NOT_MATCH, Verdict.NOT_CHECKED) if one in found), Verdict.VERIFIED)
