"""The station and its protocol: the values fixed before a record opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kiosk.protocol.site.people import Contacts

if TYPE_CHECKING:
    from kiosk.protocol.model import Protocol as TheProtocol
    from kiosk.record.disclosure.encryption import DistrictKey

from kiosk.settings import Mode


@dataclass(frozen=True, slots=True)
class Pack:
    """A protocol with the content hash (hex SHA-256) of its exact source.

    content: that source in one line, to store in the log; note: its signed approval. Both may be empty.
    """

    protocol: TheProtocol
    content_hash: str
    content: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Station:
    """The station of the desk: school, desk, mode, languages, district settings, and contacts.

    language:     the language of the screen; visitor_language: the visitor's, empty until it is known.
    closed_days: the district's holidays.
    encrypt_notes_to: the district key that notes are encrypted for; None: they stay readable here.
    """

    school: str
    desk: str
    mode: Mode
    contacts: Contacts
    language: str = "en"
    settings: Mapping[str, str] = field(default_factory=dict)
    visitor_language: str = ""
    encrypt_notes_to: DistrictKey | None = None
    closed_days: frozenset[date] = frozenset()

    @property
    def spoken(self) -> str:
        """The language spoken to the visitor and used on the card."""
        return self.visitor_language or self.language
