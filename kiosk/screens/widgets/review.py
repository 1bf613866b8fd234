"""The closing review: the content of the record, to be checked before it is closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content

from kiosk.screens.widgets.lines import Lines, Row, blank, wrapped

LETTERS = "abcdefghijklmnopqrstuvwxyz"
OPEN_FACT = "fact "
"""The prefix of a field id in the target of an open fact."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The content of the review: typed facts, open facts (id and label), roles not notified, unsaved text."""

    written: tuple[tuple[str, str], ...] = ()
    still_open: tuple[tuple[str, str], ...] = ()
    not_notified: str = ""
    drafts: tuple[str, ...] = ()


class Review(Lines):
    """The review in plain lines. Each open fact has a letter and can be clicked."""

    def __init__(self, *, language: str) -> None:
        super().__init__(language=language, css_id="review")
        self._sheet = Sheet()
        self.display = False

    def show(self, sheet: Sheet) -> None:
        """Show this sheet."""
        self._sheet = sheet
        self.changed()

    def field_by_key(self, key: str) -> str | None:
        """Return the open fact with that letter."""
        return next((field for letter, (field, _) in self._lettered() if letter == key), None)

    def _lettered(self) -> Iterable[tuple[str, tuple[str, str]]]:
        return zip(LETTERS, self._sheet.still_open, strict=False)

    def rows(self, width: int) -> Iterable[Row]:
        """Yield the calls still to make first, because they are urgent; then the typed facts; then the open ones."""
        if self._sheet.not_notified:
            words = self.shown(self.text("review.to-call", who=self._sheet.not_notified), ".strong")
            yield from wrapped(words, width, target="calls")
            yield blank()
        yield from self._list(self.text("review.written"), self._written(), width)
        if self._sheet.drafts:
            yield blank()
            drafts = [self.shown(draft) for draft in self._sheet.drafts]
            yield from self._list(self.text("review.draft"), drafts, width, "note")
        yield from self._open_rows(width)

    def _open_rows(self, width: int) -> Iterable[Row]:
        if not self._sheet.still_open:
            return
        yield blank()
        head = self.shown(f"{self.text('open.title')}  ", ".heading") + self.shown(self.text("review.jump"), ".quiet")
        yield from wrapped(head, width)
        for letter, (field, fact) in self._lettered():
            words = f"{fact}: {self.text('missing.deferred')}"
            head = self.shown(f" {letter}  ", ".key-label") + " "
            yield from wrapped(self.shown(words), width, head, f"{OPEN_FACT}{field}")

    def _written(self) -> Sequence[Content]:
        lines = [self.shown(f"{label}: ", ".quiet") + self.shown(words) for label, words in self._sheet.written]
        return lines or [self.shown(self.text("review.nothing"), ".quiet")]

    def _list(self, title: str, lines: Iterable[Content], width: int, target: str = "") -> Iterable[Row]:
        yield Row(self.shown(title, ".heading"), target)
        for line in lines:
            yield from wrapped(line, width)
