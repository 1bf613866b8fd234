"""The screen of an encounter: one step after the other, then the closing review. Made once per encounter."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.desk.running import Running
from kiosk.errors import KioskError
from kiosk.presentation import keys, step_view
from kiosk.presentation.error_text import error_text
from kiosk.presentation.services import Services
from kiosk.presentation.status import Status
from kiosk.presentation.values import Pair
from kiosk.privacy.meanings import UNSAID, Meant
from kiosk.protocol.kinds.registry import facts_of
from kiosk.protocol.model import Text
from kiosk.protocol.replies import PUT_OFF, Attempt, Place, Recorded, Reply, Ticked
from kiosk.screens.base import KioskScreen
from kiosk.screens.debounce import Kind
from kiosk.screens.messages import Answered, AnsweredInPart, MeaningWanted, Reviewed, SayIt, Tried
from kiosk.screens.step_layout import Parts
from kiosk.screens.steps.view import Pick
from kiosk.screens.steps.view_registry import view_of
from kiosk.screens.widgets.choices import Choices
from kiosk.screens.widgets.facts import Facts
from kiosk.screens.widgets.keyrow import KeyRow
from kiosk.screens.widgets.lines import Lines
from kiosk.screens.widgets.review import OPEN_FACT
from kiosk.screens.widgets.scroll import Column


class EncounterScreen(KioskScreen):
    """Show the current step, or an earlier one. The app saves everything."""

    KEYS = (
        *keys.INTERRUPTS,
        "say",
        "card",
        "note",
        "calls",
        "record",
        "back",
        "forward",
        "page-up",
        "page-down",
        "hide",
        "help",
    )
    FOOTER = ("say", "card", "note", "calls", "back", "record", "hide", "help")

    def __init__(self, services: Services, status: Callable[[], Status], running: Running) -> None:
        super().__init__(services, status)
        self.running = running
        self.parts = Parts(services, longest_record(running))
        self._looking: Place | None = None
        self._why_silent = ""
        self.drafts: dict[str, dict[str, str]] = {}
        self.note = ""
        self._asked: object = None
        self._column = Column(self.parts.more, css_id="column")
        self._interrupts = KeyRow(
            self._interrupt_pairs(), key_label_style=".urgent", css_id="interrupts", classes="footer"
        )

    def compose(self) -> ComposeResult:
        """Yield the bar, the step, the side panel and the keys."""
        yield self.bar()
        with Horizontal(id="body"):
            with Vertical(id="main"):
                with self._column:
                    yield from self.parts.in_column()
                yield from self.parts.below()
            yield self.parts.side
        yield self._interrupts
        yield self.footer()

    def on_mount(self) -> None:
        """Show the first step."""
        self.screen_layout_refresh_signal.subscribe(self, lambda _: self._make_room())
        self._draw()

    # -- showing -------------------------------------------------------------------------------------------------

    @property
    def place(self) -> Place:
        """The place that is shown."""
        return self._looking or self.running.walk.at

    def show(self, running: Running) -> None:
        """Show the current step after an answer."""
        self.running, self._looking = running, None
        self._draw()

    def tell(self, running: Running) -> None:
        """Show an entry that is not an answer (a note, a call), and leave the step as it is."""
        self.running = running
        if self._looking is None and running.outcome is not None:
            self._draw()
        self.parts.draw_side(running)

    def note_kept(self) -> None:
        """Clear the note, because it was saved. At the end it also holds the text of steps that staff left."""
        self.note = ""
        if self.running.outcome is not None:
            self.drafts.clear()

    def look(self, place: Place | None, field_id: str = "") -> None:
        """Show an earlier place; None: the current one. `field_id`: the fact to correct."""
        self._looking = place
        self._draw()
        if field_id and (box := self.parts.facts.box_of(field_id)) is not None:
            self.set_focus(box)

    def unsaved(self) -> AnsweredInPart | None:
        """Return the values in the boxes that are not in the log yet, as a request to save them; None if all are.

        Words that must not be saved are only remembered while the encounter is on the screen, to be changed.
        """
        facts, place = self.parts.facts, self.place
        if not facts.display:
            return None
        self.drafts[place.step] = doubtful = facts.doubtful()
        known = step_view.known(self.running, place)
        new = {
            name: value
            for name, value in facts.values().items()
            if name not in doubtful and value != known.get(name, PUT_OFF)
        }
        return AnsweredInPart(place, Recorded.of(new), facts.meant()) if new else None

    def keep(self) -> None:
        """Ask the desk to save the boxes, so that leaving the step loses nothing."""
        if (part := self.unsaved()) is not None:
            self.post_message(part)

    def _draw(self) -> None:
        if not self._column.is_attached:
            return  # not mounted yet, and drawn then; or closing
        with self.app.batch_update():
            shown = step_view.view_of(self.services.station, self.running, self.place)
            if shown is None:
                self.parts.draw_review(self.running, self._drafts_told())
            else:
                self.parts.draw_step(self.running, shown, self._looking is not None, self.drafts)
            self._draw_side()
            self._make_room()
            self._column.scroll_home(animate=False)
            self._interrupts.show(self._interrupt_pairs())
            # At once, not after the paint: fast typing must not lose a letter.
            self.set_focus(self.parts.facts.first(empty=self._looking is None))
        asked = self.place, self._looking, self.running.walk.attempts(self.place)
        if asked != self._asked:
            self._asked = asked
            self.question.changed()

    def _draw_side(self) -> None:
        """Show the question first; the call to make follows in the next frame, if somebody was shown before."""
        if self._asked is None:
            self.parts.draw_side(self.running)
        else:
            self.call_after_refresh(lambda: self.parts.draw_side(self.running))

    def _draft_lines(self, name_of: Callable[[Text], str]) -> tuple[str, ...]:
        fields = self.running.walk.protocol.fields
        return tuple(
            f"{name_of(fields[name].label)}: {words}"
            for drafts in self.drafts.values()
            for name, words in drafts.items()
        )

    def _drafts_told(self) -> tuple[str, ...]:
        lines = self._draft_lines(lambda label: step_view.called(self.services.station, label))
        return (*lines, f"{self.text('review.note')}: {self.note}") if self.note else lines

    def draft_note(self) -> str:
        """Return the unsaved text: of a note, and at the end also of steps that staff left."""
        # A note is stored, so the marks of this screen stay out of it.
        lines = self._draft_lines(lambda label: label.say(self.language)) if self.running.outcome is not None else ()
        return "; ".join((*((self.note,) if self.note else ()), *lines))

    def refused(self, error: KioskError) -> None:
        """Show why an answer was refused; all typed text is still there."""
        self.parts.notice.show(error_text(error, self.language))

    def _make_room(self) -> None:
        """Show the meaning of SAY to staff, if everything on the step still fits."""
        column, say = self._column, self.parts.say
        if say.meant and (width := column.content_size.width):
            needed = column.get_content_height(column.size, self.size, width)
            say.give_room(needed + say.rows_wanted(width - say.gutter.width) <= column.content_size.height)

    def tell_voice(self, why: str) -> None:
        """Show why nothing is heard; with an empty text, clear the message."""
        if why or self.parts.notice.words == self._why_silent:
            self.parts.notice.show(why)
        self._why_silent = why

    # -- keys ----------------------------------------------------------------------------------------------------

    def asking(self) -> Choices:
        """Return the answers of the step, or of the closing question."""
        return self.parts.asking

    def key_pressed(self, name: str) -> None:
        """Go to the open fact with this letter, on the closing review; else as on every screen."""
        field = self.parts.review.field_by_key(name.lower()) if self.parts.review.display else None
        if field is not None:
            self._jump(field)
        else:
            super().key_pressed(name)

    def act(self, key_id: str) -> None:
        """Save the typed text, then do what this key does."""
        self.keep()
        match key_id:
            case "say":
                self.post_message(SayIt(self.parts.say.words, self.parts.say.code))
            case "back":
                self._step_back()
            case "forward":
                self._step_forward()
            case "page-up" | "page-down":
                self._column.page(key_id)
            case _:
                super().act(key_id)

    def label(self, key_id: str) -> str:
        """Return the label of a key; the protocol labels the interrupts."""
        labels = {pair.key: pair.label for pair in self._interrupt_pairs()}
        return labels.get(key_id) or super().label(key_id)

    def picked(self, widget: Lines, target: str) -> None:
        """Go to an open fact on a click."""
        if target.startswith(OPEN_FACT):
            self._jump(target.removeprefix(OPEN_FACT))
        else:
            super().picked(widget, target)

    def _step_back(self) -> None:
        path = self.running.walk.path
        before = path.index(self._looking) if self._looking in path else len(path)
        if before:
            self.look(path[before - 1])

    def _step_forward(self) -> None:
        if self._looking is not None:
            path = self.running.walk.path
            after = path.index(self._looking) + 1
            self.look(path[after] if after < len(path) else None)

    def _jump(self, field_id: str) -> None:
        if place := step_view.place_of_fact(self.running, field_id):
            self.look(place, field_id)

    def _interrupt_pairs(self) -> list[Pair]:
        return step_view.interrupt_pairs(self.services.station, self.running.walk)

    # -- answering -----------------------------------------------------------------------------------------------

    def pick(self, choice: str) -> None:
        """Handle an answer, or the line of Enter."""
        walk = self.running.walk
        step = walk.protocol.steps.get(self.place.step)
        if step is None:
            self._question(choice)
            return
        pick = Pick(choice, self.parts.choices.picked, walk, self.place, again=self._looking is not None)
        answered = view_of(step).picked(pick)
        if isinstance(answered, Attempt):
            self.post_message(Tried(walk.at, answered))
        elif answered is not None:
            self._answer(answered)

    def on_facts_completed(self, event: Facts.Completed) -> None:
        """Handle the last box of a form."""
        event.stop()
        if event.asked or not self.question.is_early(Kind.ANSWERS, event.time):
            self.drafts.pop(self.place.step, None)
            self._answer(event.recorded, event.meant)

    def on_facts_unclear(self, event: Facts.Unclear) -> None:
        """Ask what words with two meanings mean."""
        event.stop()
        self.post_message(MeaningWanted(event.unclear, event.then))

    def on_facts_left(self, event: Facts.Left) -> None:
        """Save a box that staff left."""
        event.stop()
        self.keep()

    def on_choices_ticks_changed(self, event: Choices.TicksChanged) -> None:
        """Save a tick before it is confirmed."""
        event.stop()
        self.post_message(AnsweredInPart(self.place, Ticked(event.choices.picked)))

    def on_facts_doubted(self, event: Facts.Doubted) -> None:
        """Show which words must not be saved, or clear the message."""
        event.stop()
        self.parts.notice.show(event.why)

    def _answer(self, reply: Reply, meant: Meant = UNSAID) -> None:
        self.post_message(Answered(self.place, reply, back=self._looking is not None, meant=meant))

    def _question(self, choice: str) -> None:
        match choice:
            case "change":
                self.parts.notice.show(self.text("review.change"))
            case "close":
                self.post_message(Reviewed())
            case "close-typed" | "close-named":
                self.post_message(Reviewed(names_child=choice == "close-named"))


def longest_record(running: Running) -> int:
    """Return the number of boxes that the protocol's longest form needs."""
    return max((len(facts_of(step)) for step in running.walk.protocol.steps.values()), default=0)
