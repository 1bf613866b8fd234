"""A box for a passphrase: it shows a dot for each character."""

from __future__ import annotations

from typing import Final

from kiosk.screens.widgets.box import Box

DOT: Final = "•"


class SecretBox(Box):
    """A box whose words are never drawn."""

    def drawn_words(self) -> str:
        """Return one dot for each character."""
        return DOT * len(self.value)

    def forget(self) -> None:
        """Empty the box."""
        self.show("", room=self.room)
