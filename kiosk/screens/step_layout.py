"""The parts of the encounter's screen, and how a step or the review is laid out on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from textual.widget import Widget

from kiosk.desk.running import Running
from kiosk.i18n.strings import text
from kiosk.presentation import step_view
from kiosk.presentation.services import Services
from kiosk.presentation.status import clock_time
from kiosk.presentation.step_view import StepView
from kiosk.presentation.values import Choice
from kiosk.screens.base import PRESS
from kiosk.screens.steps.view_registry import view_of
from kiosk.screens.theme import CONSOLE_GLYPHS, GLYPHS
from kiosk.screens.widgets.caller import Caller
from kiosk.screens.widgets.choices import Choices
from kiosk.screens.widgets.facts import Facts
from kiosk.screens.widgets.review import Review, Sheet
from kiosk.screens.widgets.scroll import More
from kiosk.screens.widgets.side import Side
from kiosk.screens.widgets.words import Say, Tagged, Words

QUESTIONS: Final[Mapping[bool, tuple[str, tuple[str, ...]]]] = {
    False: ("review.close", ("close", "change")),
    True: ("review.typed", ("close-typed", "change", "close-named")),
}
"""The closing question, by whether words were typed: its words, and the ids of its answers."""


class Parts:
    """All widgets of the screen, made once; a step only changes their words."""

    def __init__(self, services: Services, boxes: int) -> None:
        self.services, self.language = services, services.station.language
        self.back = Words(style=".accent", target="forward", css_id="back")
        self.heading = Words(style=".strong", css_id="heading")
        self.answered = Words(style=".accent", css_id="answered")
        self.do = Tagged(self._text("step.do"), tag_style=".heading", css_id="do")
        self.say = Say(self._text("step.say"), language=self.language)
        self.caller = Caller(language=self.language)
        self.choices = Choices(language=self.language, css_id="choices")
        self.facts = Facts(boxes, language=self.language)
        down = {glyphs.down: f"{PRESS}down" for glyphs in (GLYPHS, CONSOLE_GLYPHS)}
        self.hint = Words(style=".quiet", targets={"Enter": f"{PRESS}enter", **down}, css_id="hint")
        self.review = Review(language=self.language)
        self.more = More(language=self.language)
        self.notice = Words(style=".badge", targets={"Backspace": "back"}, css_id="notice")
        self.question = Words(style=".strong", css_id="question")
        self.questions = Choices(language=self.language, css_id="questions")
        self.side = Side(language=self.language)

    def _text(self, word_id: str, **slots: object) -> str:
        return text(word_id, self.language, **slots)

    @property
    def asking(self) -> Choices:
        """The list whose keys count now."""
        return self.questions if self.review.display else self.choices

    def in_column(self) -> Iterable[Widget]:
        """Return the widgets that scroll, from the top."""
        yield from (self.back, self.heading, self.answered, self.do, self.say)
        yield from (self.caller, self.review, self.facts, self.choices, self.hint)

    def below(self) -> Iterable[Widget]:
        """Return the widgets that are always visible below."""
        yield from (self.more, self.question, self.questions, self.notice)

    def draw_step(
        self, running: Running, shown: StepView, looking: bool, drafts: Mapping[str, Mapping[str, str]]
    ) -> None:
        """Show a step; `looking`: an earlier one."""
        self.notice.show("")
        self.back.show(f"{self._text('step.back')}. {self._text('step.back.how')}" if looking else "")
        self.heading.show(shown.heading)
        self.answered.show("" if view_of(shown.step).listed(shown) else shown.answered)
        self.do.show(shown.do)
        self.say.say(shown.say, shown.say_meant)
        self.review.display = False
        self.question.show("")
        self.questions.show(())
        view = view_of(shown.step)
        below = view.below(self.services, running, shown)
        self.say.set_class(looking or view.tight, "tight")
        self._draw_call(running, shown, below.caller)
        self._draw_facts(running, shown, below.fields, drafts)
        self.choices.show(below.choices, many=below.many, confirm=below.confirm)

    def _draw_call(self, running: Running, shown: StepView, is_call: bool) -> None:
        self.caller.display = is_call
        if is_call:
            tries = {(a.role, a.person) for a in running.walk.attempts(shown.place)}
            made = [
                f"{clock_time(self.services, c.at.wall_us)}  {c.name}: {text(f'result.{c.result}', self.language)}"
                for c in running.calls
                if (c.role, c.person) in tries
            ]
            self.caller.show(step_view.due(self.services, running, shown.place), made)

    def _draw_facts(
        self, running: Running, shown: StepView, names: Iterable[str], drafts: Mapping[str, Mapping[str, str]]
    ) -> None:
        fields = [running.walk.protocol.fields[name] for name in names]
        draft = drafts.get(shown.place.step, {})
        self.facts.show(fields, step_view.known(running, shown.place), draft, running.meant)
        self.hint.show(self._text("step.fields", down=self.hint.glyphs.down) if fields else "")

    def draw_review(self, running: Running, drafts: tuple[str, ...]) -> None:
        """Show the closing review: saved facts, open facts, and the closing question."""
        station, outcome = self.services.station, running.outcome
        for words in (self.notice, self.back, self.answered, self.say, self.hint):
            words.show("")
        self.facts.show((), {}, {})
        self.caller.display = False
        self.heading.show(step_view.say_in(station, running.walk, outcome.title) if outcome else "")
        self.do.show(step_view.say_in(station, running.walk, outcome.do) if outcome else "")
        self.review.show(self._sheet(running, drafts))
        self.review.display = True
        self._draw_question(bool(drafts) or step_view.has_typed_words(running))

    def _sheet(self, running: Running, drafts: tuple[str, ...]) -> Sheet:
        station = self.services.station
        ids = [name for name in running.put_off if name in running.walk.protocol.fields]
        return Sheet(
            written=step_view.written(station, running),
            still_open=tuple(zip(ids, step_view.open_facts(station, running), strict=True)),
            not_notified=", ".join(step_view.not_notified_numbers(self.services, running)),
            drafts=drafts,
        )

    def _draw_question(self, typed: bool) -> None:
        which, answers = QUESTIONS[typed]
        items = [Choice(answer, self._text(f"{which}.{n}")) for n, answer in enumerate(answers, 1)]
        self.question.show(self._text(which))
        self.choices.show(())
        self.questions.show(items)

    def draw_side(self, running: Running) -> None:
        """Show whom to call now and what is open; at the end, the review shows what is open."""
        self.side.show(
            step_view.people(self.services, running),
            running.walk.step.dial if running.walk.step else "",
            () if running.outcome else step_view.open_facts(self.services.station, running),
            step_view.not_notified_titles(self.services.station, running),
        )
