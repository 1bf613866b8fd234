"""All errors of the log, as one family.

    StoreError          what happened, what to do; this class itself: the log refused, nothing was written
    ├── Missing         there is no log at the path
    ├── Locked          another program is using it
    ├── ReadOnly        the file or its folder can't be written
    ├── Full            the disk is full; nothing was written
    ├── Failing         the disk reported an error
    ├── Damaged         the file is not an intact log
    ├── Displaced       the log's path no longer leads to the open file
    ├── WrongVersion    the log is older or newer than this program
    └── Unconfirmed     a commit failed midway: the entries may or may not be on disk

Only after `Unconfirmed` is it unknown whether something was written. All other errors mean that nothing was.
"""

from __future__ import annotations


class StoreError(Exception):
    """The log can't do this. `what`: what happened; `repair`: what to do. Both are whole sentences."""

    def __init__(self, what: str, repair: str = "") -> None:
        super().__init__(f"{what} {repair}".strip())
        self.what = what
        self.repair = repair


class Missing(StoreError):
    """There is no log at this path."""


class Locked(StoreError):
    """Another program is using the log."""


class ReadOnly(StoreError):
    """The log or its folder can't be written."""


class Full(StoreError):
    """The disk is full. Nothing was written."""


class Failing(StoreError):
    """The disk reported an error while reading or writing."""


class Damaged(StoreError):
    """The file is not a log, or is not intact."""


class Displaced(StoreError):
    """The open log was deleted, replaced, moved, cut or unmounted. Nothing was written after this was detected."""


class WrongVersion(StoreError):
    """The log was made by an older or a newer version of this program."""


class Unconfirmed(StoreError):
    """A commit failed and its result is unknown. `because`: the error of the disk."""

    def __init__(self, because: StoreError) -> None:
        super().__init__(
            "The last entry may not have been saved.",
            "Write it on paper too, start the kiosk again, and look for it in the log.",
        )
        self.because = because
