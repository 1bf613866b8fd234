"""The base of pages with one list of answers: `ask` and `calls`."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.presentation.services import Services
from kiosk.presentation.status import Status
from kiosk.screens.base import KioskScreen
from kiosk.screens.widgets.choices import Choices
from kiosk.screens.widgets.lines import Lines
from kiosk.screens.widgets.scroll import Column, More


class AnswerPage(KioskScreen):
    """One list of answers in a column that scrolls. Enter picks the answer at the cursor, or goes back without one."""

    KEYS = ("return-back", "page-up", "page-down", "hide", "help")
    FOOTER = ("return-back", "hide", "help")

    def __init__(self, services: Services, status: Callable[[], Status], list_id: str) -> None:
        """Create the page. list_id: the CSS id of the list."""
        super().__init__(services, status)
        self._list = Choices(language=self.language, css_id=list_id)
        self._more = More(language=self.language)
        self._column = Column(self._more, css_id="page")
        self._foot = self.footer()

    def back_label(self) -> str:
        """Return the id of Enter's label while no answer is under the cursor."""
        return "return"

    def go_back(self) -> None:
        """Go back one question, or leave the page."""
        raise NotImplementedError

    def asking(self) -> Choices:
        """Return the list of answers."""
        return self._list

    def line_changed(self) -> None:
        """Show in the footer what Enter does."""
        super().line_changed()
        self._foot.show(self.pairs(self.FOOTER))

    def label(self, key_id: str) -> str:
        """Return the label of a key; Enter picks, or goes back."""
        if key_id != "return-back":
            return super().label(key_id)
        return super().label("choose" if self._list.on_enter else self.back_label())

    def picked(self, widget: Lines, target: str) -> None:
        """Take a click on the label of Enter as Enter."""
        if target == "return-back":
            self.key_pressed("enter")
        else:
            super().picked(widget, target)

    def act(self, key_id: str) -> None:
        """Scroll, or go back."""
        match key_id:
            case "page-up" | "page-down":
                self._column.page(key_id)
            case "return-back":
                self.go_back()
            case _:
                super().act(key_id)
