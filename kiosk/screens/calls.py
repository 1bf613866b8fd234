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
from kiosk.screens.widgets.choices import ENTER, Choice, Choices
from kiosk.screens.widgets.lines import Lines
from kiosk.screens.widgets.scroll import Column
from kiosk.screens.widgets.words import Words


class CallsScreen(KioskScreen):
    """First whom, then how it went. Enter without a choice, or Backspace, leads back."""

    KEYS = ("return-back", "up", "down", "hide", "help")
    FOOTER = ("return-back", "hide", "help")

    def __init__(self, front: Front, status: Callable[[], Status], running: Running) -> None:
        super().__init__(front, status)
        self.running = running
        self._people = view.everyone(front, running)
        self._picked: Line | None = None

    def compose(self) -> ComposeResult:
        """The question, the answers, the calls so far."""
        yield self.bar()
        with Column(id="page"):
            yield Words(self.word("calls.title"), style=".strong", css_id="page-title")
            yield Words(css_id="calls-ask")
            yield Choices(language=self.language, css_id="calls-list")
            yield Words(css_id="notice", style=".badge")
            yield Vertical(Words(self.word("call.made"), style=".cap"), id="calls-made")
        yield self.footer()

    def on_mount(self) -> None:
        """Offer everyone."""
        self._draw()

    def kept(self, running: Running) -> None:
        """The call was kept."""
        self.running, self._picked = running, None
        self._draw()

    def refused(self, error: KioskError) -> None:
        """It was not kept."""
        self.query_one("#notice", Words).show(str(error))

    def key_pressed(self, name: str) -> None:
        """A digit picks; Enter takes what the cursor was moved onto."""
        choices = self.query_one(Choices)
        choice = choices.at_cursor() if name == ENTER else choices.by_key(name.lower())
        if choice:
            self._pick(choice)
        else:
            super().key_pressed(name)

    def picked(self, widget: Lines, target: str) -> None:
        """A click on an answer."""
        if isinstance(widget, Choices):
            self._pick(target)
        else:
            super().picked(widget, target)

    def act(self, key_id: str) -> None:
        """Move, or go back: from the result to the names, from the names to the steps."""
        match key_id:
            case "up" | "down":
                self.query_one(Choices).move(-1 if key_id == "up" else 1)
            case "return-back" if self._picked is not None:
                self._picked = None
                self._draw()
            case "return-back":
                self.finish()
            case _:
                super().act(key_id)

    def _pick(self, choice: str) -> None:
        if self._picked is None:
            self._picked = self._people[int(choice)]
            self._draw()
            return
        tried = Attempt(self._picked.role, self._picked.person, RESULTS[choice])
        walk = self.running.walk
        # Whom the step has due is the step's own call: it moves the encounter on.
        if walk.next_attempt(walk.at) == (tried.role, tried.person):
            self.post_message(Tried(walk.at, tried))
        else:
            self.post_message(Called(tried))

    def _draw(self) -> None:
        ask, choices = self.query_one("#calls-ask", Words), self.query_one(Choices)
        if self._picked is None:
            ask.show(self.word("calls.pick" if self._people else "calls.none"))
            choices.show([Choice(str(n), self._line(person)) for n, person in enumerate(self._people)])
        else:
            ask.show(self.word("calls.how", name=self._picked.name))
            choices.show([Choice(r, self.word(f"call.{n}")) for n, r in enumerate(("reached", "no-answer"), 1)])
        self.query_one("#notice", Words).show("")
        self._draw_made()

    def _line(self, person: Line) -> str:
        role = person.role_title if person.role_title != person.name else ""
        away = self.word("call.closed") if person.available is False else ""
        return f"{person.phone}  " + " · ".join(words for words in (person.name, role, away) if words)

    def _draw_made(self) -> None:
        made = self.query_one("#calls-made", Vertical)
        lines = view.call_lines(self.front, self.running)
        made.display = bool(lines)
        made.mount(*(Words(line) for line in lines[len(made.children) - 1 :]))
