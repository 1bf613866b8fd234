"""What can go wrong between a kiosk and the district's store."""

from __future__ import annotations

from db.errors import StoreError


class DistrictError(StoreError):
    """The district's store can't do this: the errors of a log file and of the district are one family."""


class Unreachable(DistrictError):
    """The server was not reached, did not answer in time, or takes no writes now. Try again later."""


class NotAllowed(DistrictError):
    """The role may not do this: it is no desk, a retired one, or the log is another desk's."""


class Refused(DistrictError):
    """The server refused the call itself, whatever it is repeated with."""


class NotInstalled(DistrictError):
    """The database has no store, or one of another version; or the store can't be made in it."""
