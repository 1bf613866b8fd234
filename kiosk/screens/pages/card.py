"""The page for the visitor: whom to ask, and a QR code for a phone. No steps, no notes, nothing about law."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size

from kiosk.desk import referral
from kiosk.desk.referral import Card
from kiosk.errors import KioskError
from kiosk.i18n.strings import text
from kiosk.presentation.services import Services
from kiosk.presentation.status import Status, school_name
from kiosk.screens.base import KioskScreen
from kiosk.screens.widgets.qr import Qr
from kiosk.screens.widgets.words import Words

_AROUND = Size(39, 2)
"""The cells that the words next to the code need, and the rows above and below it."""


class CardScreen(KioskScreen):
    """The person to whom the visitor is referred. Enter goes back."""

    KEYS = ("return-back", "hide")
    FOOTER = ("return-back", "hide")

    def __init__(self, services: Services, status: Callable[[], Status], role: str) -> None:
        super().__init__(services, status)
        self._card = card_of(services, role)
        self._room = 0

    def _to_visitor(self, word_id: str) -> str:
        return text(word_id, self.services.station.spoken)

    def compose(self) -> ComposeResult:
        """Yield the words on the left and the code on the right; without room for the whole code, the words say so."""
        code = self._code()
        yield self.bar(bare=True, language=self.services.station.spoken)
        with Horizontal(id="card"):
            with Vertical(id="card-words"):
                yield from self._words()
                if self._card is not None:
                    yield Words(self._to_visitor("card.scan") if code else self.text("card.wide"), style=".quiet")
            if code is not None:
                yield code
        yield self.footer()

    def on_resize(self, event: events.Resize) -> None:
        """Draw the code again for the new size; never a clipped one."""
        if room_for_code(event.size) != self._room:
            self.call_later(self.recompose)

    def act(self, key_id: str) -> None:
        """Go back to the steps."""
        if key_id == "return-back":
            self.finish()
        else:
            super().act(key_id)

    def _words(self) -> ComposeResult:
        card = self._card
        yield Words(school_name(self.services, self.services.station.spoken), style=".strong")
        if card is None:
            yield Words(self._to_visitor("card.none"))
            return
        yield Words(self._to_visitor("card.sentence"))
        yield Words(card.name, style=".strong", css_id="card-name")
        for words in (card.address, card.hours):
            yield Words(words)
        yield Words(card.phone, style=".accent", css_id="card-phone")

    def _code(self) -> Qr | None:
        if self._card is None:
            return None
        self._room = room_for_code(self.app.size)
        code = referral.fitting(self._card.codes, self._room)
        return Qr(code) if code else None


def room_for_code(window: Size) -> int:
    """Return the most modules, across and down, that fit in a window of that size; a line holds two rows of them."""
    room = window - _AROUND
    return min(room.width, 2 * room.height)


def card_of(services: Services, role: str) -> Card | None:
    """Return the card of that role; None if nobody fills it, or their number can't be dialed."""
    try:
        return referral.card(services.station.contacts, services.station.school, role, services.station.spoken)
    except KioskError:
        return None
