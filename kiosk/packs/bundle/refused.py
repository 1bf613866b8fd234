"""The error about a bundle that a desk does not install."""

from __future__ import annotations

from kiosk.errors import Refused
from kiosk.record.pack_entries import BundleRefusal, PackRefusal

AGAIN = "Get it again from the district's office."


class BundleRefused(Refused):
    """A bundle was refused, and nothing was changed.

    why: the reason. of_protocol: the reason about its protocol, if it was that. name, made: its hash and when it was
    made; empty for one that can't be read. known: whether it was installed here before.
    """

    def __init__(
        self, why: BundleRefusal, what: str, repair: str = AGAIN, of_protocol: PackRefusal | None = None
    ) -> None:
        super().__init__(what, repair)
        self.why, self.of_protocol = why, of_protocol
        self.name, self.made, self.known = "", "", False


def unreadable(how: str) -> BundleRefused:
    """Return the refusal of a file that is no bundle."""
    return BundleRefused(BundleRefusal.UNREADABLE, f"The bundle can't be read: {how}.")
