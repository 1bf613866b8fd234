"""What a person does at the review screens, as plain values: questions, a preview, and what was done.

An act is asked like a protocol: `Offer.next` is a function from the answers so far to the next question, or to the
preview. So going back is to take an answer away, and nothing is entered before the preview was confirmed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from kiosk.presentation.values import Choice
from kiosk.record.people.roles import Right

Answers: TypeAlias = Mapping[str, str]
"""The answers so far, by the ids of their questions: the id of a choice, or the typed text."""

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the number done, and that of all. It raises Cancelled when the person cancels: then nothing is left."""


class Cancelled(Exception):
    """The person cancelled what takes long."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of an act.

    title: the question. how: how to answer it, empty for nothing. choices: the answers; none for a box to type in.
    lines: what to read before answering. room: the maximum number of typed characters. value: the text of the box at
    first. optional: whether an empty box is an answer.
    """

    id: str
    title: str
    how: str = ""
    choices: Sequence[Choice] = ()
    lines: Sequence[str] = ()
    room: int = 200
    value: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: a title, and lines to read."""

    title: str
    lines: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What an act would do.

    title, lines: what would be entered or saved. confirm: the label of the choice that does it.
    do: does it. It is slow, so it runs in another thread; it raises KioskError, and then nothing was done.
    reads: whether it only shows something, so that it stops when nobody can see it any more.
    """

    title: str
    lines: Sequence[str]
    confirm: str
    do: Callable[[Progress], Done]
    reads: bool = False


class Group(StrEnum):
    """What acts are about: the list that offers them. `records.group.<id>` are its words."""

    RECORD = "record"
    REPORTS = "reports"
    REQUESTS = "requests"
    PRESENCE = "presence"
    CONTACTS = "contacts"


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that can be chosen: its id, its label, the right that it needs, what it asks, and the list it is in.

    next: returns the next question, or the preview. It reads the log, so it is slow and may raise KioskError; the error
    is about the newest answer, which is asked again.
    """

    id: str
    label: str
    right: Right
    next: Callable[[Answers], Question | Preview]
    group: Group = Group.RECORD
