"""Every error the kiosk tells a person about, as one family.

    KioskError                 title, what happened, what to do, exit code
    ├── UsageError               2   the command was typed wrong, or an input file does not read
    ├── Refused                3   not approved, no right, on hold
    │   └── CannotResume             3   an encounter that was left open can't be gone on with
    ├── StoreUnusable          4   the log is locked, full, damaged, or of another version
    │   ├── NotConfirmed       4   a commit failed half-way: it may or may not be on disk
    │   └── LogMustBeReplaced           4   the log can't be gone on with; a new one may take its place
    │       └── record.entries.Altered 4   an entry on disk is not what was sealed
    ├── InvalidAnswer                  2   a reply that the step it names cannot take
    └── record.guard.PrivateText   2   words that the record never keeps

An error is one calm sentence: what happened, and what to do about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import ClassVar

from kiosk.worded import Worded


class Exit(IntEnum):
    """Exit codes that outsiders may rely on (design contract, "Commands")."""

    DONE = 0
    FOUND = 1
    USAGE = 2
    REFUSED = 3
    STORE = 4
    CRASH = 70
    CUT_OFF = 75


class KioskError(Exception):
    """Something a person must be told.

    what:   what happened; repair: what to do. Both are whole sentences.
    others: both in other languages of the screen, by language; whoever reads none of them gets the English.
    """

    title: ClassVar[str] = "Something is wrong"
    titles: ClassVar[Mapping[str, str]] = {"es": "Algo anda mal"}
    """The title in other languages of the screen, of those errors that a page of the desk can show."""
    exit_code: ClassVar[Exit] = Exit.USAGE

    def __init__(self, what: str, repair: str = "", others: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__(f"{what} {repair}".strip())
        self.what = what
        self.repair = repair
        self.others = others

    def titled(self, language: str) -> str:
        """The title in this language if it is known in it, else in English."""
        return self.titles.get(language, self.title)

    def say(self, language: str) -> str:
        """What happened and what to do, in this language if it is known in it, else in English."""
        return self.others.get(language, str(self))


class UsageError(KioskError):
    """A command, flag or input file that cannot be used as given."""

    title = "That can't be used"


class Refused(KioskError):
    """The kiosk will not do this: not approved, no right, or on hold."""

    title = "Not allowed"
    titles: ClassVar[Mapping[str, str]] = {"es": "No se permite"}
    exit_code = Exit.REFUSED


class CannotResume(Refused):
    """An encounter that was left open can't be gone on with here."""

    title = "It can't be finished here"


class StoreUnusable(KioskError):
    """The encounter log can't be opened or written."""

    title = "The record can't be saved"
    titles: ClassVar[Mapping[str, str]] = {"es": "No se puede guardar el registro"}
    exit_code = Exit.STORE


class ReplaceReason(Worded):
    """Why a log was replaced, as the new log's first entry keeps it. The words follow "because"."""

    RESTORED = "restored", "a backup was restored"
    GONE = "gone", "the previous log was missing"
    DAMAGED = "damaged", "the previous log was damaged"
    ALTERED = "altered", "the previous log did not match its signed checkpoint"
    ROLLED_BACK = "rolled-back", "an older copy was found in its place"
    FORKED = "forked", "a copy with other entries was found in its place"
    FOREIGN = "foreign", "another log, or another log's key, was found in its place"
    KEY_LOST = "key-lost", "the signing key of the previous log was lost"
    KEY_REPLACED = "key-replaced", "the signing key of the previous log was replaced"
    UNSIGNED = "unsigned", "the previous log was not signed"


class LogMustBeReplaced(StoreUnusable):
    """The log can't be gone on with, but a new one, which cites it, can take its place once a person decides so.

    reason: why, as the new log's first entry keeps it.
    """

    title = "The log can't go on"
    titles: ClassVar[Mapping[str, str]] = {"es": "La bitácora no puede continuar"}

    def __init__(
        self,
        what: str,
        repair: str = "",
        reason: ReplaceReason = ReplaceReason.ALTERED,
        others: Mapping[str, str] = MappingProxyType(
            {"es": "El kiosco no puede seguir en esta bitácora. Llame a quien cuida esta computadora."}
        ),
    ) -> None:
        super().__init__(what, repair, others)
        self.reason = reason


class NotConfirmed(StoreUnusable):
    """A write was started and its end is not known; look its entry up before trying again."""

    title = "Not saved yet"
    titles: ClassVar[Mapping[str, str]] = {"es": "Todavía no se guardó"}


class InvalidAnswer(KioskError):
    """A reply that does not fit the step it names."""

    title = "That answer doesn't fit"
