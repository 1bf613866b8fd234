"""Every way the log can fail, as one small family.

    StoreError          what happened, what to do; as it stands: the log refused something, nothing was written
    ├── Missing         there is no log here
    ├── Locked          another program holds it
    ├── ReadOnly        the file or its folder can't be written
    ├── Full            the disk has no room; nothing was written
    ├── Failing         the disk reported an error of its own
    ├── Damaged         the file is not a whole log
    ├── Displaced       the log's path no longer leads to the open file
    ├── WrongVersion    the log is older or newer than this program
    └── Unconfirmed     a commit failed half-way: the entry may or may not be on disk

Only `Unconfirmed` leaves it open whether something was written. Every other error means that nothing was.
"""

from __future__ import annotations


class StoreError(Exception):
    """The log can't do what was asked. `what` is what happened, `repair` what to do; both are whole sentences."""

    def __init__(self, what: str, repair: str = "") -> None:
        super().__init__(f"{what} {repair}".strip())
        self.what = what
        self.repair = repair


class Missing(StoreError):
    """There is no log at the path given."""


class Locked(StoreError):
    """Another program holds the log."""


class ReadOnly(StoreError):
    """The log, or the folder it lies in, can't be written."""


class Full(StoreError):
    """The disk has no room left. Nothing was written."""


class Failing(StoreError):
    """The disk reported an error while reading or writing."""


class Damaged(StoreError):
    """The file is not a log, or is no longer a whole one."""


class Displaced(StoreError):
    """The open log was deleted, replaced, moved, cut or unmounted. Nothing was written after that was noticed."""


class WrongVersion(StoreError):
    """The log was made by an older or a newer version of this program."""


class Unconfirmed(StoreError):
    """A commit failed and its end is not known. `because` is what the disk said."""

    def __init__(self, because: StoreError) -> None:
        super().__init__(
            "It is not certain that the last entry was saved.",
            "Write it on paper too, start the kiosk again and look for it in the log.",
        )
        self.because = because
