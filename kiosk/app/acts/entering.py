"""Where the acts of one person find their log and their words, and how what was confirmed is entered."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kiosk.app import bootstrap
from kiosk.app.acts.texts import AnsweredTexts
from kiosk.i18n.strings import text
from kiosk.log.archive import LogHistory, open_history
from kiosk.log.people.log_in import require_nobody
from kiosk.presentation.acts import Answers, Done, Preview, Progress, Question
from kiosk.presentation.values import Choice
from kiosk.record.entries import Entry
from kiosk.settings import Home, Mode
from kiosk.system.clock import Clock
from kiosk.worded import Worded

_W = TypeVar("_W", bound=Worded)


@dataclass(frozen=True, slots=True)
class Acts:
    """What the acts at the screen need. by: the person who logged in; empty while nobody is set up."""

    home: Home
    mode: Mode
    clock: Clock
    language: str = "en"
    by: str = ""

    @property
    def today(self) -> date:
        """Today by the computer's clock."""
        return self.clock.now().local().date()

    def reading(self) -> closing[LogHistory]:
        """Open all logs of the home for reading. Raises StoreUnusable."""
        return closing(open_history(self.home, self.mode))

    def require_log_in(self) -> None:
        """Raise Refused if nobody logged in but people are set up meanwhile: a typed name would be taken for theirs."""
        if not self.by and self.mode == "live":
            require_nobody(self.home)

    def enter(self, *entries: Entry, newest: str = "") -> None:
        """Enter what was confirmed. Raises as `bootstrap.enter` and `require_log_in`."""
        self.require_log_in()
        bootstrap.enter(self.home, self.mode, self.clock, *entries, newest=newest)

    def texts(self, answers: Answers) -> AnsweredTexts:
        """Return the texts of these answers. Raises as `require_log_in`."""
        self.require_log_in()
        return AnsweredTexts(answers, self.language, self.by)

    def words(self, word_id: str, **slots: object) -> str:
        """Return the words `act.<word_id>`."""
        return text(f"act.{word_id}", self.language, **slots)

    def box(self, of: str, asked: str, *, value: str = "", optional: bool = False, room: int = 200) -> Question:
        """Return a question with a box. of: its id; asked: the id of its words, which has help in `<asked>.how`."""
        return Question(of, self.words(asked), self.words(f"{asked}.how"), value=value, optional=optional, room=room)

    def choice(self, of: str, asked: str, choices: Sequence[Choice], lines: Sequence[str] = ()) -> Question:
        """Return a question with choices. of: its id; asked: the id of its words."""
        return Question(of, self.words(asked), choices=choices, lines=lines)

    def named(self, one: Worded) -> str:
        """Return the words of a member of a closed set: `act.<set>.<id>`."""
        return self.words(f"{type(one).__name__.lower()}.{one}")

    def each(self, of: type[Worded]) -> list[Choice]:
        """Return a choice for each member of a closed set."""
        return [Choice(one, self.named(one)) for one in of]

    def picked(self, texts: AnsweredTexts, of: str, asked: str, kind: type[_W]) -> _W:
        """Return the member of a closed set that answers a question. of: its id; asked: the id of its words."""
        answer = texts.answer(self.choice(of, asked, [Choice(one, self.named(one)) for one in kind]))
        return next(one for one in kind if one == answer)

    def pairs(self, **values: object) -> list[str]:
        """Return a line `Label: value` for each value that is not empty; its label is `act.its.<name>`."""
        return [f"{self.words(f'its.{name}')}: {value}" for name, value in values.items() if value not in {"", None}]

    def preview(self, title: str, lines: Sequence[str], done: str, *entries: Entry, newest: str = "") -> Preview:
        """Return the preview of an act that enters these entries together. done: what it did, in a sentence.

        newest: as for `bootstrap.enter`.
        """

        def do(_: Progress) -> Done:
            self.enter(*entries, newest=newest)
            return Done(done)

        return Preview(title, lines, self.words("enter"), do)
