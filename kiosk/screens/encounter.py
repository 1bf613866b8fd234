"""The screen of an encounter: one step after the other in place, then the review. It is made once per encounter."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.engine.model import Record, Text
from kiosk.engine.replies import Attempt, Called, Chosen, Confirmed, Place, Recorded, Reply, Ticked
from kiosk.errors import KioskError
from kiosk.running import Running
from kiosk.screens import keys, view
from kiosk.screens.front import Front
from kiosk.screens.messages import Answered, Interrupted, Reviewed, SayIt, Tried
from kiosk.screens.parts import RESULTS, Parts
from kiosk.screens.screen import KioskScreen
from kiosk.screens.status import Status
from kiosk.screens.widgets.choices import ENTER, Choices
from kiosk.screens.widgets.facts import Facts
from kiosk.screens.widgets.keyrow import KeyRow, Pair
from kiosk.screens.widgets.lines import Lines
from kiosk.screens.widgets.review import Review
from kiosk.screens.widgets.scroll import Column, More


class EncounterScreen(KioskScreen):
    """Shows where the encounter stands, or a place passed earlier. Asks the app for everything that is to be kept."""

    KEYS = (
        *keys.INTERRUPTS,
        "say",
        "card",
        "note",
        "calls",
        "back",
        "forward",
        "up",
        "down",
        "page-up",
        "page-down",
        "hide",
        "help",
    )
    FOOTER = ("say", "card", "note", "calls", "back", "hide", "help")

    def __init__(self, front: Front, status: Callable[[], Status], running: Running) -> None:
        super().__init__(front, status)
        self.running = running
        self.parts = Parts(front, longest_record(running))
        self._looking: Place | None = None
        self._facts_right = False
        self._why_silent = ""
        self.drafts: dict[str, dict[str, str]] = {}

    def compose(self) -> ComposeResult:
        """Bar, step, panel, keys."""
        yield self.bar()
        with Horizontal(id="body"):
            with Vertical(id="main"):
                with Column(id="column"):
                    yield from self.parts.in_column()
                yield from self.parts.below()
            yield self.parts.side
        yield KeyRow(self._interrupt_pairs(), cap_style=".urgent", css_id="interrupts", classes="footer")
        yield self.footer()

    def on_mount(self) -> None:
        """Show the first step."""
        # Its own size does not change when only what is in the column does, so the column can't tell by itself.
        self.screen_layout_refresh_signal.subscribe(self, lambda _: self._tell_more())
        self._draw()

    # -- showing -------------------------------------------------------------------------------------------------

    @property
    def place(self) -> Place:
        """The place that is shown."""
        return self._looking or self.running.walk.at

    def show(self, running: Running) -> None:
        """The encounter was answered: show where it stands now."""
        left = self.running.walk.at
        if running.walk.at != left:
            self._facts_right = False
        if isinstance(running.walk.replies.get(left), Recorded):
            self.drafts.pop(left.step, None)
        self.running, self._looking = running, None
        self._draw()

    def tell(self, running: Running) -> None:
        """Something was kept beside the step (a note, a call): tell it, and leave the step as it is."""
        self.running = running
        if self._looking is None and running.outcome is not None:
            self._draw()
        self.parts.draw_side(running)

    def note_kept(self) -> None:
        """A note was kept; at the end it holds what was typed on steps that were left."""
        if self.running.outcome is not None:
            self.drafts.clear()

    def look(self, place: Place | None) -> None:
        """Look at a place passed earlier; None: at where the encounter stands."""
        self.keep_drafts()
        self._looking = place
        self._draw()

    def keep_drafts(self) -> None:
        """Remember what stands in the boxes, so that no way away from the step loses it."""
        if self._looking is None and self.parts.facts.display:
            self.drafts[self.place.step] = self.parts.facts.typed()

    def _draw(self) -> None:
        with self.app.batch_update():
            shown = view.step_view(self.front.post, self.running, self.place)
            if shown is None:
                self.parts.draw_review(self.running, self._facts_right, self._drafts_told())
            else:
                self.parts.draw_step(self.running, shown, self._looking is not None, self.drafts)
            self.parts.draw_side(self.running)
            self._make_room()
            self.query_one(Column).scroll_home(animate=False)
            self.query_one("#interrupts", KeyRow).show(self._interrupt_pairs())
            # At once, not after the paint: whoever types fast must not lose a letter.
            self.set_focus(self.parts.facts.first())
        self.call_after_refresh(self._tell_more)

    def _draft_lines(self, name_of: Callable[[Text], str]) -> tuple[str, ...]:
        fields = self.running.walk.protocol.fields
        return tuple(
            f"{name_of(fields[name].label)}: {words}"
            for drafts in self.drafts.values()
            for name, words in drafts.items()
        )

    def _drafts_told(self) -> tuple[str, ...]:
        return self._draft_lines(lambda label: view.called(self.front.post, label))

    def draft_note(self) -> str:
        """What was typed but not kept, as the beginning of a note; empty unless the encounter is at its end."""
        # A note is kept: a mark that only belongs on this screen stays out of it.
        lines = self._draft_lines(lambda label: label.say(self.language))
        return "; ".join(lines) if self.running.outcome is not None else ""

    def on_column_overflowed(self, event: Column.Overflowed) -> None:
        """There may be more below now."""
        event.stop()
        self._tell_more()

    def _make_room(self) -> None:
        """Show what SAY means to staff where, with that, everything on the step is still in sight."""
        column, say = self.query_one(Column), self.parts.say
        if say.meant and (width := column.content_size.width):
            needed = column.get_content_height(column.size, self.size, width)
            say.give_room(needed + say.rows_wanted(width - say.gutter.width) <= column.content_size.height)

    def _tell_more(self) -> None:
        self._make_room()
        column, more = self.query_one(Column), self.query_one(More)
        # What fits without the line that tells of more must not be called more because that line takes a row.
        room = column.size.height + (more.size.height if more.display else 0)
        more.display = column.more and column.virtual_size.height > room

    def refused(self, error: KioskError) -> None:
        """What was typed must not be kept, or the answer does not fit: say so; everything typed is still there."""
        self.parts.notice.show(str(error))

    def tell_voice(self, why: str) -> None:
        """Say why nothing is heard; nothing: take back what was said of it."""
        if why or self.parts.notice.words == self._why_silent:
            self.parts.notice.show(why)
        self._why_silent = why

    # -- keys ----------------------------------------------------------------------------------------------------

    def key_pressed(self, name: str) -> None:
        """An option's key chooses it; Enter confirms; the rest is the registry's."""
        key = name.lower() if len(name) == 1 else name
        choices = self.parts.asking
        if key == ENTER:
            self.pick(choices.at_cursor() or ENTER)
        elif choice := choices.by_key(key):
            self.pick(choice)
        elif self.parts.review.display and (field := self.parts.review.field_by_key(key)):
            self._jump(field)
        else:
            super().key_pressed(name)

    def act(self, key_id: str) -> None:
        """Do what this key does."""
        match key_id:
            case "interrupt-1" | "interrupt-2" | "interrupt-3" | "interrupt-4":
                self._interrupt(int(key_id[-1]) - 1)
            case "say":
                self.post_message(SayIt(self.parts.say.words, self.parts.say.code))
            case "back" | "forward":
                self._step_back() if key_id == "back" else self._step_forward()
            case "up" | "down":
                self._move(-1 if key_id == "up" else 1)
            case "page-up":
                self.query_one(Column).scroll_page_up(animate=False)
            case "page-down":
                self.query_one(Column).scroll_page_down(animate=False)
            case _:
                super().act(key_id)

    def label(self, key_id: str) -> str:
        """The interrupts are labelled by the protocol."""
        labels = {pair.key: pair.label for pair in self._interrupt_pairs()}
        return labels.get(key_id) or super().label(key_id)

    def picked(self, widget: Lines, target: str) -> None:
        """A click on an answer, an open fact, or a key."""
        match widget:
            case Choices():
                self.pick(target)
            case Review():
                self._jump(target)
            case More():
                self.act("page-down")
            case _:
                super().picked(widget, target)

    def _move(self, by: int) -> None:
        choices, column = self.parts.asking, self.query_one(Column)
        choices.move(by)
        if (line := choices.row_of_cursor()) is not None and choices.parent is column:
            top = choices.virtual_region.y + line
            if not column.scroll_y <= top < column.scroll_y + column.size.height:
                column.scroll_to(y=top - 1, animate=False)

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
        if place := view.place_of_fact(self.running, field_id):
            self.look(place)

    def _interrupt(self, n: int) -> None:
        interrupts = self.running.walk.protocol.interrupts
        if n < len(interrupts):
            self.keep_drafts()
            self.post_message(Interrupted(self.running.walk.at, interrupts[n].id))

    def _interrupt_pairs(self) -> list[Pair]:
        return view.interrupt_pairs(self.front.post, self.running.walk)

    # -- answering -----------------------------------------------------------------------------------------------

    def pick(self, choice: str) -> None:
        """An answer was chosen, or Enter pressed where nothing else took it."""
        shown = view.step_view(self.front.post, self.running, self.place)
        if shown is None:
            self._question(choice)
            return
        match view.kind(shown.step):
            case "ask" if choice != ENTER:
                self._answer(Chosen(choice))
            case "choose":
                self._tick(choice)
            case "call" if choice != ENTER:
                self._call(choice)
            case "tell" if choice == ENTER:
                self._answer(Confirmed())

    def on_facts_completed(self, event: Facts.Completed) -> None:
        """All boxes were gone through."""
        event.stop()
        self._answer(event.recorded)

    def on_facts_doubted(self, event: Facts.Doubted) -> None:
        """Say what must not be kept, or stop saying it."""
        event.stop()
        self.parts.notice.show(event.why)

    def _answer(self, reply: Reply) -> None:
        self.post_message(Answered(self.place, reply, back=self._looking is not None))

    def _tick(self, choice: str) -> None:
        choices = self.parts.choices
        if choice != ENTER:
            choices.toggle(choice)
        elif choices.picked:
            self._answer(Ticked(choices.picked))

    def _call(self, result: str) -> None:
        walk = self.running.walk
        if result not in RESULTS:
            return
        if self._looking is not None:
            *before, last = walk.attempts(self._looking)
            self._answer(Called((*before, Attempt(last.role, last.person, RESULTS[result]))))
            return
        role, person = walk.next_attempt(walk.at) or (view.call_roles(walk)[0], 0)
        self.post_message(Tried(walk.at, Attempt(role, person, RESULTS[result])))

    def _question(self, choice: str) -> None:
        match choice:
            case "facts-yes":
                self._facts_right = True
                self._draw()
            case "change":
                self._facts_right = False
                self._draw()
                self.parts.notice.show(self.word("review.change"))
            case "close" | "close-named":
                self.post_message(Reviewed(facts_only=True, names_child=choice == "close-named"))


def longest_record(running: Running) -> int:
    """How many boxes the protocol's longest record step needs."""
    return max((len(s.fields) for s in running.walk.protocol.steps.values() if isinstance(s, Record)), default=0)
