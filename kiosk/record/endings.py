"""How a record was closed: at an outcome of the protocol, or by a person who said that it goes no further."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from kiosk.record.canonical import Json


class Ending(StrEnum):
    """How a record ended.

    OUTCOME:    the encounter came to an outcome of its protocol.
    UNFINISHED: it was over, and was left before an outcome.
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
    """How a record belongs to an earlier one."""

    SAME_PEOPLE = "same-people"
    FOLLOWS = "follows"


ENDED: Final[Mapping[Ending, str]] = {
    Ending.OUTCOME: "closed",
    Ending.UNFINISHED: "closed unfinished",
    Ending.VOID: "void",
}
"""What lists and sheets call a record that ended so."""


OVER: Final = "over"
"""The reason of a record that the desk closed before its end."""

_REASONS: Final[Mapping[str, str]] = {
    OVER: "it was over, the desk said",
    VoidReason.MISTAKE: "opened by mistake",
    VoidReason.TRIED: "only tried out",
    VoidReason.DUPLICATE: "all of it is in another record",
    VoidReason.NO_OFFICIAL: "nobody official was there",
}


def reason_words(reason: str) -> str:
    """The reason of a closing for people: words for what the desk can choose, else what somebody wrote."""
    return _REASONS.get(reason, reason)


def closing_body(ending: Ending, reason: str, by: str = "") -> dict[str, Json]:
    """What the closing says of an encounter that came to no outcome. reason: a `VoidReason`, or somebody's words."""
    said: dict[str, Json] = {"ending": ending.value, "reason": reason}
    return said | {"by": by} if by else said


def ending_in(body: Mapping[str, Any]) -> Ending:
    """How it ended, by the body of its closing."""
    try:
        return Ending(body.get("ending", Ending.OUTCOME))
    except ValueError:  # a newer version may know others
        return Ending.UNFINISHED
