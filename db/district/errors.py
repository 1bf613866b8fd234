"""What can go wrong between a kiosk and the district's store."""

from __future__ import annotations


class DistrictError(Exception):
    """An error with a sentence of what is wrong, and one of what to do."""

    def __init__(self, what: str, repair: str) -> None:
        super().__init__(f"{what} {repair}")
        self.what, self.repair = what, repair


class Unreachable(DistrictError):
    """The server was not reached, did not answer in time, or takes no writes now. Try again later."""


class NotAllowed(DistrictError):
    """The role may not do this: it is no desk, a retired one, or the log is another desk's."""


class Refused(DistrictError):
    """The server refused the call itself, whatever it is repeated with."""


class NotInstalled(DistrictError):
    """The database has no store, or one of another version; or the store can't be made in it."""
