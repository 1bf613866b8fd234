"""All errors that the kiosk shows to people, as one family.

    KioskError                        title, what happened, what to do, exit code
    ├── UsageError                2   a command was typed wrong, or an input file can't be read
    │   └── Mistyped              2   text that does not fit a field of a form
    ├── Refused                   3   not approved, not permitted, or on hold
    │   └── CannotResume          3   an unfinished record can't be continued
    ├── StoreUnusable             4   the log is locked, full, damaged, or of another version
    │   ├── NotConfirmed          4   a commit failed midway; the entries may or may not be on disk
    │   └── LogMustBeReplaced     4   the log can't be continued; a new log may replace it
    │       └── record.entries.Altered   4   an entry on disk does not match its hash
    ├── InvalidAnswer             2   an answer that does not fit its step
    └── privacy.guard.PrivateText 2   text that must not be stored

An error says calmly what happened and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import ClassVar


class Exit(IntEnum):
    """Exit codes that scripts may rely on."""

    DONE = 0
    FOUND = 1
    USAGE = 2
    REFUSED = 3
    STORE = 4
    CRASH = 70
    CUT_OFF = 75


class KioskError(Exception):
    """An error to show to a person.

    what:   what happened; repair: what to do. Both are whole sentences.
    others: both sentences in other screen languages, by language code. English is the fallback.
    """

    title: ClassVar[str] = "Something is wrong"
    titles: ClassVar[Mapping[str, str]] = {"es": "Algo anda mal"}
    """The title in other screen languages, for errors that the desk can show."""
    exit_code: ClassVar[Exit] = Exit.USAGE

    def __init__(self, what: str, repair: str = "", others: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__(f"{what} {repair}".strip())
        self.what = what
        self.repair = repair
        self.others = others

    def titled(self, language: str) -> str:
        """Return the title in this language, or in English when there is no translation."""
        return self.titles.get(language, self.title)

    def say(self, language: str) -> str:
        """Return what happened and what to do, in this language, or in English when there is no translation."""
        return self.others.get(language, str(self))


class UsageError(KioskError):
    """A command, option or input file that can't be used as given."""

    title = "That can't be used"


class Mistyped(UsageError):
    """Words that are not what a field of a form asks for. Nothing was written."""

    title = "That doesn't fit here"


class Refused(KioskError):
    """The kiosk refuses to do this: not approved, not permitted, or on hold."""

    title = "Not allowed"
    titles: ClassVar[Mapping[str, str]] = {"es": "No se permite"}
    exit_code = Exit.REFUSED


class CannotResume(Refused):
    """An unfinished record can't be continued on this kiosk."""

    title = "This record can't be continued here"


class StoreUnusable(KioskError):
    """The log can't be opened or written."""

    title = "The record can't be saved"
    titles: ClassVar[Mapping[str, str]] = {"es": "No se puede guardar el registro"}
    exit_code = Exit.STORE


class LogMustBeReplaced(StoreUnusable):
    """The log can't be continued. Once a person decides so, a new log that cites it can replace it.

    reason: the reason code that the new log's first entry stores.
    """

    title = "The log can't be used"
    titles: ClassVar[Mapping[str, str]] = {"es": "No se puede usar la bitácora"}

    def __init__(
        self,
        what: str,
        repair: str = "",
        reason: str = "altered",
        others: Mapping[str, str] = MappingProxyType(
            {"es": "El kiosco no puede seguir en esta bitácora. Llame a quien cuida esta computadora."}
        ),
    ) -> None:
        super().__init__(what, repair, others)
        self.reason = reason


class NotConfirmed(StoreUnusable):
    """A write started but its result is unknown. Look the entry up before trying again."""

    title = "Not saved yet"
    titles: ClassVar[Mapping[str, str]] = {"es": "Todavía no se guardó"}


class InvalidAnswer(KioskError):
    """An answer that does not fit its step."""

    title = "That answer doesn't fit"
