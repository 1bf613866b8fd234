"""Everyone's number, and the calls made. A call logged here is saved like one from a call step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.desk.referral import Line
from kiosk.desk.running import Running
from kiosk.errors import KioskError
from kiosk.presentation import step_view
from kiosk.presentation.error_text import error_text
from kiosk.presentation.services import Services
from kiosk.presentation.status import Status
from kiosk.presentation.values import Choice, Shown
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.replies import Attempt, CallResult
from kiosk.screens.messages import Called, Tried
from kiosk.screens.pages.answer_page import AnswerPage
from kiosk.screens.widgets.words import Words

_HOW: Final[Mapping[CallResult, str]] = {
    CallResult.REACHED: "call.1",
    CallResult.NO_ANSWER: "call.2",
    CallResult.CALLED_BACK: "call.back",
}
"""The results that can be logged here, each with the words next to its key."""


class CallsScreen(AnswerPage):
    """Ask who was called, then the result. Enter without a choice, or Backspace, leads back."""

    _picked: Line | None = None
    """The person whose result is being asked for; None while asking who was called."""

    def __init__(self, services: Services, status: Callable[[], Status], running: Running) -> None:
        super().__init__(services, status, "calls-list")
        self.running = running
        self._people = self._everybody()
        self._ask, self._notice = Words(css_id="calls-ask"), Words(css_id="notice", style=".badge")
        self._made = Vertical(Words(self.text("call.made"), style=".heading"), id="calls-made")

    def _everybody(self) -> dict[str, Shown]:
        people = step_view.people(self.services, self.running)
        return {f"{who.line.role} {who.line.person}": who for who in people}

    def compose(self) -> ComposeResult:
        """Yield the question, the answers and the calls so far."""
        yield self.bar()
        with self._column:
            yield Words(self.text("calls.title"), style=".strong", css_id="page-title")
            yield from (self._ask, self._list, self._notice, self._made)
        yield self._more
        yield from self.interrupt_row()
        yield self._foot

    def on_mount(self) -> None:
        """Show everyone."""
        self._draw()

    def kept(self, running: Running) -> None:
        """Show everyone again, because the call was saved."""
        self.running, self._picked = running, None
        self._people = self._everybody()
        self._draw()

    def refused(self, error: KioskError) -> None:
        """Show why the call was not saved."""
        self._notice.show(error_text(error, self.language))

    def back_label(self) -> str:
        """Return the id of Enter's label: from a result back to the names, from the names back to the steps."""
        return "return" if self._picked else "return-back"

    def go_back(self) -> None:
        """Go from the result back to the names; from the names to the steps."""
        if self._picked is not None:
            self._picked = None
            self._draw()
        else:
            self.finish()

    def pick(self, answer: str) -> None:
        """Handle a name or a result; ignore an answer that is not shown."""
        if self._picked is None:
            self._picked = self._people[answer].line if answer in self._people else None
            self._draw()
        elif (result := next((known for known in _HOW if known == answer), None)) is not None:
            self._tried(Attempt(self._picked.role, self._picked.person, result))

    def _tried(self, tried: Attempt) -> None:
        walk, step = self.running.walk, self.running.walk.step
        # A call to a person of the step's list is a call of the step, and may move the encounter. A step that asks who
        # it was takes no call without an answer.
        if (
            isinstance(step, CallStep)
            and (tried.role, tried.person) in walk.chain(step)
            and not (step.pick and tried.result is CallResult.NO_ANSWER)
        ):
            self.post_message(Tried(walk.at, tried))
        else:
            self.post_message(Called(tried))

    def _draw(self) -> None:
        if not self._made.is_attached:
            return  # not mounted yet, and drawn then; or closing
        if self._picked is None:
            self._ask.show(self.text("calls.pick" if self._people else "calls.none"))
            self._list.show(
                [
                    Choice(key, step_view.person_line(who.line, self.language, step_view.known_of(who, self.language)))
                    for key, who in self._people.items()
                ]
            )
        else:
            self._ask.show(self.text("calls.how", name=self._picked.name))
            self._list.show([Choice(result, self.text(label)) for result, label in _HOW.items()])
        self._notice.show("")
        self._draw_made()
        self.question.changed()
        self.line_changed()

    def _draw_made(self) -> None:
        lines = step_view.call_lines(self.services, self.running)
        self._made.display = bool(lines)
        self._made.mount(*(Words(line) for line in lines[len(self._made.children) - 1 :]))
