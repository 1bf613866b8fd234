"""The home screen: one key starts. It shows only unfinished records and open tasks, nothing of the last encounter."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.i18n.strings import in_language
from kiosk.presentation.services import Services
from kiosk.presentation.status import Status
from kiosk.presentation.values import Choice
from kiosk.screens.base import KioskScreen
from kiosk.screens.debounce import Kind
from kiosk.screens.messages import Chosen, Started
from kiosk.screens.widgets.choices import Choices
from kiosk.screens.widgets.lines import Lines
from kiosk.screens.widgets.words import Words

if TYPE_CHECKING:
    from kiosk.desk.unfinished import Overview

MOST_SHOWN: Final = 5
"""Maximum unfinished records that fit on the home screen."""


class HomeScreen(KioskScreen):
    """Enter starts. `waiting` shows that the press was noticed while the log is still being opened.

    overview: the unfinished records and the open tasks; None until they are read from the log. why: the reasons and
    warnings that it shows.
    """

    KEYS = ("start", "initials", "to-do", "hide", "help", "admin")
    FOOTER = ("help", "initials", "hide", "admin")
    _waiting = False

    def __init__(self, services: Services, status: Callable[[], Status], overview: Overview | None = None) -> None:
        super().__init__(services, status)
        self.overview, self.why = overview, services.why
        self._go = Words(self.text("home.go"), target="start", css_id="home-go")
        self._lead = Words(self.text("home.lead"), style=".quiet")
        self._open = Words(style=".strong", css_id="home-unfinished")
        self._list, self._more = Choices(language=self.language, css_id="home-list"), Words(style=".quiet")
        self._to_do = Words(target="to-do", css_id="home-to-do")
        self._foot = self.footer()

    def compose(self) -> ComposeResult:
        """Yield the one question, the key to press, and the unfinished work."""
        yield self.bar()
        with Vertical(id="home"):
            yield Words(self.text("home.ask"), style=".strong", css_id="home-ask")
            yield self._go
            yield self._lead
            yield Words(self.text("home.safe"), style=".quiet")
            yield from (self._open, self._list, self._more, self._to_do)
            if self.why:
                reason = f"{in_language(self.why[0], self.language)} {self.text('home.doctor')}"
                yield Words(reason, style=".quiet", css_id="home-why")
        yield self._foot

    def on_mount(self) -> None:
        """Show a press that came during drawing; free the last screens' memory while nobody waits."""
        self.wait(waiting=self._waiting)
        if self.overview is not None:
            self.tell(self.overview)
        self.call_after_refresh(_tidy)

    def asking(self) -> Choices:
        """Return the unfinished records."""
        return self._list

    def label(self, key_id: str) -> str:
        """Return the label of a key: in practice, the administrator's key closes practice."""
        return super().label("admin.practice" if key_id == "admin" and self.services.practice else key_id)

    def kind(self, event: events.Key) -> Kind:
        """Start on Enter, whatever is still loading: that press is never lost."""
        begins = event.key == "enter" and not self._list.on_enter
        return Kind.AT_ONCE if begins else super().kind(event)

    def act(self, key_id: str) -> None:
        """Start an encounter."""
        if key_id == "start":
            self.post_message(Started())
        else:
            super().act(key_id)

    def line_changed(self) -> None:
        """Show what Enter does, on its line."""
        super().line_changed()
        self._draw_go()

    def picked(self, widget: Lines, target: str) -> None:
        """Start on a click on the line of Enter."""
        if target == "start":
            self.key_pressed("enter")
        else:
            super().picked(widget, target)

    def pick(self, answer: str) -> None:
        """Open an unfinished record."""
        found = self.overview.unfinished if self.overview else ()
        for running in found:
            if running.id == answer:
                self.post_message(Chosen(running))

    def wait(self, *, waiting: bool) -> None:
        """Show that the press was noticed; the log is not open yet."""
        self._waiting = waiting
        self._draw_go()

    def tell(self, overview: Overview) -> None:
        """Show the unfinished records and the open tasks."""
        from kiosk.presentation import step_view  # noqa: PLC0415 - the engine, after the first paint
        from kiosk.screens.pages import records  # noqa: PLC0415 - the engine, after the first paint

        if self.overview is None or [r.id for r in self.overview.unfinished] != [r.id for r in overview.unfinished]:
            self.question.changed()
        self.overview = overview
        shown = overview.unfinished[:MOST_SHOWN]
        with self.app.batch_update():
            self._open.show(self.text("home.unfinished") if shown else "")
            self._list.show(
                [
                    Choice(
                        r.id,
                        "  ".join(
                            (
                                r.no,
                                step_view.when(self.services, r.opened_at),
                                step_view.where(self.services.station, r),
                            )
                        ),
                    )
                    for r in shown
                ]
            )
            rest = len(overview.unfinished) - len(shown)
            self._more.show(self.text("home.more", count=rest) if rest else "")
            self._to_do.show(records.left_to_do(overview, self.language))
            keys = ("to-do",) if overview.to_do else ()
            self._foot.show(self.pairs((*self.FOOTER[:1], *keys, *self.FOOTER[1:])))
            self._lead.display = not shown  # its room is needed, and staff with unfinished records know how to start
            self._draw_go()

    def _draw_go(self) -> None:
        crowded = self.overview is not None and bool(self.overview.unfinished)
        go = self.text("home.go.new" if crowded else "home.go")
        found = self.overview.unfinished if self.overview else ()
        pointed = next((r.no for r in found if r.id == self._list.on_enter), None)
        if self._waiting:
            go = self.text("home.wait")
        elif pointed is not None:
            go = self.text("home.go.record", no=pointed)
        self._go.show(go)


def _tidy() -> None:
    """Free the last screens' memory, and spare the rest from later collections, while nobody waits for an answer."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
