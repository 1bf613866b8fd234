"""How a record was closed: at an outcome of the protocol, or by a person before an outcome."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from kiosk.record.canonical import Json


class Ending(StrEnum):
    """How a record ended.

    OUTCOME:    the encounter reached an outcome of its protocol.
    UNFINISHED: it was over before an outcome.
    VOID:       it should never have been started.
    """

    OUTCOME = "outcome"
    UNFINISHED = "unfinished"
    VOID = "void"


class VoidReason(StrEnum):
    """Why a record was void."""

    MISTAKE = "by-mistake"
    TRIED = "only-trying"
    DUPLICATE = "in-another-record"
    NO_OFFICIAL = "not-an-official"


class Link(StrEnum):
    """The kind of link to an earlier record."""

    SAME_PEOPLE = "same-people"
    FOLLOWS = "follows"


ENDED: Final[Mapping[Ending, str]] = {
    Ending.OUTCOME: "closed",
    Ending.UNFINISHED: "closed unfinished",
    Ending.VOID: "void",
}
"""The words for each ending in lists and exports."""


OVER: Final = "over"
"""The reason code of a record that the desk closed before an outcome."""

_REASONS: Final[Mapping[str, str]] = {
    OVER: "the desk said that it was over",
    VoidReason.MISTAKE: "opened by mistake",
    VoidReason.TRIED: "only tried out",
    VoidReason.DUPLICATE: "all of it is in another record",
    VoidReason.NO_OFFICIAL: "nobody official was there",
}


def reason_words(reason: str) -> str:
    """Return the reason of a closing for people: the words of a reason code, else the text that was typed."""
    return _REASONS.get(reason, reason)


def closing_body(ending: Ending, reason: str, by: str = "") -> dict[str, Json]:
    """Return the body of a closing without an outcome. reason: a `VoidReason`, or typed text."""
    body: dict[str, Json] = {"ending": ending.value, "reason": reason}
    return body | {"by": by} if by else body


def ending_in(body: Mapping[str, Any]) -> Ending:
    """Return how it ended, from the body of its closing."""
    try:
        return Ending(body.get("ending", Ending.OUTCOME))
    except ValueError:  # a newer version may know others
        return Ending.UNFINISHED
