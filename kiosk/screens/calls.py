"""Everyone's number, and the calls made. A call made here is kept like one made on a call step."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.engine.replies import Attempt
from kiosk.errors import KioskError
from kiosk.referral import Line
from kiosk.running import Running
from kiosk.screens import view
from kiosk.screens.front import Front
from kiosk.screens.messages import Called, Tried
from kiosk.screens.parts import RESULTS
from kiosk.screens.screen import KioskScreen
from kiosk.screens.status import Status
from kiosk.screens.widgets.choices import Choice, Choices
from kiosk.screens.widgets.lines import Lines
from kiosk.screens.widgets.scroll import Column, More
from kiosk.screens.widgets.words import Words


class CallsScreen(KioskScreen):
    """First whom, then how it went. Enter without a choice, or Backspace, leads back."""

    KEYS = ("return-back", "page-up", "page-down", "hide", "help")
    FOOTER = ("return-back", "hide", "help")

    def __init__(self, front: Front, status: Callable[[], Status], running: Running) -> None:
        super().__init__(front, status)
        self.running = running
        self._people = {f"{who.role} {who.person}": who for who in view.everyone(front, running)}
        self._picked: Line | None = None
        self._ask, self._list = Words(css_id="calls-ask"), Choices(language=self.language, css_id="calls-list")
        self._notice, self._foot = Words(css_id="notice", style=".badge"), self.footer()
        self._made = Vertical(Words(self.word("call.made"), style=".cap"), id="calls-made")

    def compose(self) -> ComposeResult:
        """The question, the answers, the calls so far."""
        more = More(language=self.language)
        yield self.bar()
        with Column(more, css_id="page"):
            yield Words(self.word("calls.title"), style=".strong", css_id="page-title")
            yield from (self._ask, self._list, self._notice, self._made)
        yield more
        yield from self.interrupt_row()
        yield self._foot

    def on_mount(self) -> None:
        """Offer everyone."""
        self._draw()

    def kept(self, running: Running) -> None:
        """The call was kept."""
        self.running, self._picked = running, None
        self._draw()

    def refused(self, error: KioskError) -> None:
        """It was not kept."""
        self._notice.show(str(error))

    def asking(self) -> Choices:
        """Everyone, or how it went."""
        return self._list

    def line_changed(self) -> None:
        """The footer says what Enter does."""
        super().line_changed()
        self._foot.show(self.pairs(self.FOOTER))

    def label(self, key_id: str) -> str:
        """Enter takes what the cursor stands on; without one it leads back, from the result to the names first."""
        if key_id != "return-back":
            return super().label(key_id)
        return super().label("choose" if self._list.on_enter else "return" if self._picked else key_id)

    def picked(self, widget: Lines, target: str) -> None:
        """A click on the key that is shown for Enter is Enter."""
        if target == "return-back":
            self.key_pressed("enter")
        else:
            super().picked(widget, target)

    def act(self, key_id: str) -> None:
        """Scroll, or go back: from the result to the names, from the names to the steps."""
        match key_id:
            case "page-up" | "page-down":
                self.query_one(Column).page(key_id)
            case "return-back" if self._picked is not None:
                self._picked = None
                self._draw()
            case "return-back":
                self.finish()
            case _:
                super().act(key_id)

    def pick(self, answer: str) -> None:
        """Whom, or how it went; an answer that is not among what is shown is none."""
        if self._picked is None:
            self._picked = self._people.get(answer)
            self._draw()
        elif answer in RESULTS:
            self._tried(Attempt(self._picked.role, self._picked.person, RESULTS[answer]))

    def _tried(self, tried: Attempt) -> None:
        walk = self.running.walk
        # Whom the step has due is the step's own call: it moves the encounter on.
        if walk.next_attempt(walk.at) == (tried.role, tried.person):
            self.post_message(Tried(walk.at, tried))
        else:
            self.post_message(Called(tried))

    def _draw(self) -> None:
        if self._picked is None:
            self._ask.show(self.word("calls.pick" if self._people else "calls.none"))
            self._list.show(
                [Choice(who, view.person_line(person, self.language)) for who, person in self._people.items()]
            )
        else:
            self._ask.show(self.word("calls.how", name=self._picked.name))
            self._list.show([Choice(r, self.word(f"call.{n}")) for n, r in enumerate(("reached", "no-answer"), 1)])
        self._notice.show("")
        self._draw_made()
        self.question.changed()
        self.line_changed()

    def _draw_made(self) -> None:
        lines = view.call_lines(self.front, self.running)
        self._made.display = bool(lines)
        self._made.mount(*(Words(line) for line in lines[len(self._made.children) - 1 :]))
