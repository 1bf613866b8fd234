"""A record as a copy of its disclosure level shows it, with the words that the screens showed then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import FACT
from kiosk.record.bodies import WAS
from kiosk.record.disclosure.levels import Level, is_included, names_of, redacted
from kiosk.record.encounter_record import EncounterRecord, fold
from kiosk.record.entries import LoggedEntry
from kiosk.reports.exports.html import Page, Value, value_in
from kiosk.reports.transcript import ScreenTexts, texts_of


@dataclass(frozen=True)
class View:
    """A record as a copy shows it.

    record: folded from what the copy has. entries: what the copy has, oldest first; originals: the same entries in
    full, to say why a value is withheld. texts: the words on the screens, None where the copy has none of the protocol.
    """

    page: Page
    record: EncounterRecord
    entries: tuple[LoggedEntry, ...]
    originals: Mapping[str, LoggedEntry]
    texts: ScreenTexts | None
    protocol: Protocol | None

    @property
    def zone(self) -> tzinfo | None:
        """The zone of all times; None for the machine's own."""
        return self.page.zone

    def left_out(self, shown: LoggedEntry) -> Iterator[Value]:
        """Yield each value of an entry that the copy does not show in full, with the reason; a fact by its id."""
        kept = self.originals[shown.event_id]
        values = (value_in(kept, name, self.page.level, self.page.classes, self.page.chosen) for name in names_of(kept))
        yield from (value._replace(name=_plain(value.name)) for value in values if value.reason)


def _plain(name: str) -> str:
    """Return the name of a value for people: a fact by its id, the original value of an amendment as such."""
    original = ", original value" * name.startswith(WAS)
    return name.removeprefix(WAS).removeprefix(FACT) + original


def view_of(entries: Sequence[LoggedEntry], page: Page, protocol: Protocol | None) -> View:
    """Return the record of these entries, oldest first. protocol: the version used then, None if the log has none.

    Raises ValueError unless the first entry opens an encounter.
    """
    included = [kept for kept in entries if is_included(kept, page.level, page.classes)]
    shown = tuple(redacted(kept, page.level, page.classes, page.chosen) for kept in included)
    words = protocol if page.level >= Level.COUNSEL else None
    texts = texts_of(shown[0], words) if words else None
    return View(page, fold(shown), shown, {kept.event_id: kept for kept in included}, texts, words)
