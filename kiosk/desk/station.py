"""Where the desk stands, and by which protocol: what is settled before an encounter begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.protocol.site.people import Contacts

if TYPE_CHECKING:
    from kiosk.protocol.model import Protocol as TheProtocol
    from kiosk.record.disclosure.sealing import SealKey

from kiosk.settings import Mode


@dataclass(frozen=True, slots=True)
class Pack:
    """A protocol with the seal (hex SHA-256) of the exact content it was read from.

    content: that content in one line, for the log to keep; note: who approved it. Empty when there is none to keep.
    """

    protocol: TheProtocol
    seal: str
    content: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Station:
    """Where the desk stands: school, desk, mode, languages, the district's settings, and who fills the roles.

    language:     what staff read; say_language: what is said and shown to the visitor, empty until it is known.
    seal_to:      the district's key that notes and other sentences are sealed for; None: they stay readable here.
    """

    school: str
    desk: str
    mode: Mode
    contacts: Contacts
    language: str = "en"
    settings: Mapping[str, str] = field(default_factory=dict)
    say_language: str = ""
    seal_to: SealKey | None = None

    @property
    def spoken(self) -> str:
        """The language of what is said to the visitor, and of the card."""
        return self.say_language or self.language
