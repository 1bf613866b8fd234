"""The full-screen kiosk: every way from a screen to the desk and back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from kiosk import lifecycle
from kiosk.errors import KioskError, LogEnded, StoreUnusable
from kiosk.screens import messages
from kiosk.screens.deeds import Deed, Deeds
from kiosk.screens.deskthread import DeskThread
from kiosk.screens.front import Front
from kiosk.screens.hide import HideScreen
from kiosk.screens.home import HomeScreen
from kiosk.screens.screen import KioskScreen
from kiosk.screens.stage import Stage
from kiosk.screens.status import Status, seconds_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.desk import Desk
    from kiosk.running import Running
    from kiosk.screens.encounter import EncounterScreen
    from kiosk.screens.widgets.keyrow import Pair

# The home screen is painted before the engine, the desk and the other screens are imported; whoever opens one of them
# brings it along. Until then none of them can be on the stack.

SLOW_S: Final = 0.4
"""A save that takes longer than this says so."""
CLOSE_S: Final = 2.0
"""How long the end may wait for the log."""
WATCHDOG_S: Final = 5.0
"""How often the service manager hears that the screen is alive."""


class KioskApp(Stage, inherit_bindings=False):
    """Made of a `Front`; `run()` it. Afterwards `return_code` is the exit code, and `farewell` a sentence to print."""

    def __init__(self, front: Front) -> None:
        super().__init__(front)
        self.running: Running | None = None
        self._desk = DeskThread(front)
        self._left: Running | None = None
        self._log_open = self._start_wanted = self._saving = False
        self._deeds = Deeds()
        self._page: Literal["calls", "card"] | None = None

    # -- beginning and end ---------------------------------------------------------------------------------------

    async def on_mount(self) -> None:
        """Home is first, before the log is opened."""
        home = HomeScreen(self.front, self.status)
        home.fit(self.size)
        await self.push_screen(home)

    def on_ready(self) -> None:
        """The first paint is done: now the log."""
        lifecycle.notify("READY=1")
        self.set_interval(WATCHDOG_S, lambda: lifecycle.notify("WATCHDOG=1"))
        self.open_log()

    def open_log(self) -> None:
        """Open the log, and look for an encounter that was not finished."""
        self.run_worker(self._open_log(), group="desk")

    async def _open_log(self) -> None:
        if not await self._load():
            return
        from kiosk.screens.resume import ResumeScreen

        said = self.front.why
        try:
            left = await self._desk.open()
        except KioskError as error:
            self._start_wanted = False
            self._home_waits()
            self.show_trouble(error, self.open_log)
            return
        self._left, self._log_open = next(iter(left.records), None), True
        if left.trouble is not None:
            self.show_trouble(left.trouble, self._home_waits, retries=False)
        if self._left is not None:
            self.show_screen(ResumeScreen(self.front, self.status, self._left))
        elif self._start_wanted:
            self.start()
        elif self.front.why != said:  # what only the log could tell
            self._swap_home()

    def _begin_anew(self, reason: str) -> None:
        """A person decided to go on with a new log."""
        self.run_worker(self._go_on_anew(reason), group="desk")

    async def _go_on_anew(self, reason: str) -> None:
        try:
            await self._desk.begin_anew(reason)
        except KioskError as error:
            self.show_trouble(error, self.open_log)
            return
        self.running, self._left, self._log_open = None, None, False
        self.show_screen(HomeScreen(self.front, self.status))
        await self._open_log()

    async def _load(self) -> bool:
        """Read what the first paint did without, and show what it could not know; False when there is no protocol."""
        if self.front.load is None:
            return True
        try:
            self.front = await self._desk.load()
        except KioskError as error:
            self.farewell = str(error)
            self.exit(int(error.exit_code), int(error.exit_code))
            return False
        self._swap_home()
        return True

    def _swap_home(self) -> None:
        if self.page_of(HomeScreen) is not None:
            self.show_screen(HomeScreen(self.front, self.status))
            self.call_later(self._home_waits, self._start_wanted)

    async def on_unmount(self) -> None:
        """End in order, but not for ever."""
        lifecycle.notify("STOPPING=1")
        self.front.speaker.close()
        await self._desk.close(CLOSE_S)
        self.release_signals()

    def status(self) -> Status:
        """How long the encounter has been going on, and whether saving takes long."""
        if self.running is None or self.running.closed:
            return Status(saving=self._saving)
        return Status(seconds_between(self.running.opened_at, self.front.clock.now()), self._saving)

    # -- work at the desk ----------------------------------------------------------------------------------------

    def perform(self, *deeds: Deed) -> None:
        """Do it, unless something is being done already: a second press is no second answer."""
        if self._deeds.take(deeds):
            self.run_worker(self._perform_all(), group="desk")

    async def _perform_all(self) -> None:
        await self._deeds.do_all(self._perform)
        self._open_waiting()

    async def _perform(self, deed: Deed) -> bool:
        """Do it, and show what came of it; False when the log could not be written, and nothing more can be done."""
        slow = self.set_timer(SLOW_S, lambda: self._tell_saving(True))
        try:
            running = await self._desk.act(deed.work)
        except StoreUnusable as error:
            undone, self._page = self._deeds.undone(), None
            self.show_trouble(error, lambda: self.perform(*undone), way_back=deed.about)
            return False
        except KioskError as error:
            deed.refused(error)
        else:
            self.running = running
            deed.then(running)
        finally:
            slow.stop()
            self._tell_saving(False)
        return True

    def _open_waiting(self) -> None:
        """Open the page that was asked for, as soon as nothing can move the encounter any more."""
        if self._deeds.busy:
            return
        page, self._page = self._page, None
        if page == "card":
            self._open_card()
        elif page == "calls" and (running := self._open_encounter()) is not None:
            self._open_calls(running)

    def _tell_saving(self, saving: bool) -> None:
        if saving != self._saving:
            self._saving = saving
            if isinstance(self.screen, KioskScreen):
                self.screen.tell_bar()

    def show_trouble(
        self, error: KioskError, again: Callable[[], None], *, retries: bool = True, way_back: bool = False
    ) -> None:
        """Say what happened, and offer to try again; where the log can't be gone on with, offer a new one."""
        from kiosk.screens.trouble import TroubleScreen

        anew = None
        if isinstance(error, LogEnded) and self.front.begin_anew is not None:
            anew = partial(self._begin_anew, error.reason)
        page = TroubleScreen(self.front, self.status, error, again, retries=retries, way_back=way_back, anew=anew)
        self.show_page(page)

    def page_gone(self, page: KioskScreen) -> None:
        """On the page of trouble one key tries again, and another begins a new log; a note may be left half-written."""
        from kiosk.screens.trouble import TroubleScreen

        if isinstance(page, TroubleScreen):
            page.gone()
        self._keep_note(page)

    # -- from home to home ---------------------------------------------------------------------------------------

    @property
    def encounter(self) -> EncounterScreen | None:
        """The encounter's screen, wherever it lies."""
        from kiosk.screens.encounter import EncounterScreen

        screen = self.page_of(EncounterScreen)
        return screen if isinstance(screen, EncounterScreen) else None

    def _home_waits(self, waiting: bool = False) -> None:
        home = self.page_of(HomeScreen)
        if isinstance(home, HomeScreen):
            home.wait(waiting=waiting)

    def on_started(self) -> None:
        """Enter on the idle screen."""
        if self.page_of(HomeScreen) is None:
            return  # pressed twice, and heard once more after it had gone
        if self._log_open:
            self.start()
        else:
            self._start_wanted = True
            self._home_waits(True)

    def start(self) -> None:
        """Begin an encounter."""
        from kiosk.desk import Desk

        self._start_wanted = False
        self.perform(Deed(False, Desk.open, self._enter, self._tell_refusal))

    def on_went_on(self) -> None:
        """Go on with the unfinished one."""
        if (left := self._left) is not None:
            self.perform(Deed(True, lambda desk: desk.resume(left), self._enter, self._tell_refusal))

    def _enter(self, running: Running) -> None:
        from kiosk.screens.encounter import EncounterScreen

        self._left = None
        self.show_screen(EncounterScreen(self.front, self.status, running))

    def on_went_home(self) -> None:
        """Nothing of the encounter stays."""
        self.running = None
        self.show_screen(HomeScreen(self.front, self.status))

    def _tell_refusal(self, error: KioskError) -> None:
        self.show_trouble(error, self._home_waits, retries=False)

    # -- the encounter -------------------------------------------------------------------------------------------

    def _about(
        self,
        work: Callable[[Desk, Running], Running],
        then: Callable[[Running], None],
        asked_by: KioskScreen | None,
        *,
        keeps: bool = False,
        at_once: bool = False,
    ) -> None:
        if self._open_encounter() is not None and asked_by is not None:
            refused = asked_by.refused
            self.perform(Deed(True, lambda desk: work(desk, self._newest()), then, refused, keeps, at_once))

    def _newest(self) -> Running:
        """The encounter as it is when the work is done: what was typed before may have been kept meanwhile."""
        if self.running is None:
            raise KioskError("No record is open.", "Start one.")
        return self.running

    def _moved(self, running: Running) -> None:
        self.front.speaker.stop()
        if (screen := self.encounter) is not None:
            screen.show(running)

    def on_answered(self, event: messages.Answered) -> None:
        """A reply: to the place it stands at, or to one already passed."""
        from kiosk.desk import Desk

        use_case = Desk.correct if event.back else Desk.answer
        self._about(lambda desk, at: use_case(desk, at, event.place, event.reply), self._moved, self.encounter)

    def _open_encounter(self) -> Running | None:
        return None if self.running is None or self.running.closed else self.running

    def interrupts(self) -> Sequence[Pair]:
        """The protocol's interrupts, while an encounter is open."""
        if (running := self._open_encounter()) is None:
            return ()
        from kiosk.screens import view

        return view.interrupt_pairs(self.front.post, running.walk)

    def on_interrupt_pressed(self, event: messages.InterruptPressed) -> None:
        """An interrupt's key, on a step or on a page over it. It counts although something is still being saved."""
        running, screen = self._open_encounter(), self.encounter
        pressed = running.walk.protocol.interrupts[event.number : event.number + 1] if running else ()
        if pressed and screen is not None:
            key, keep = pressed[0].id, self._keeping(screen)
            self.uncover()
            self._about(
                lambda desk, at: desk.press(keep(desk, at), at.walk.at, key), self._interrupted, screen, at_once=True
            )

    def _keeping(self, screen: EncounterScreen) -> Callable[[Desk, Running], Running]:
        """What keeps all that was typed, on the step and on a page over it, before what comes next."""
        part, note = screen.unsaved(), self._unsaved_note()

        def keep(desk: Desk, running: Running) -> Running:
            if part is not None:
                running = desk.answer_in_part(running, part.place, part.part)
            return desk.note(running, note)

        return keep

    def _interrupted(self, running: Running) -> None:
        """What it left is kept: show where it stands now, with no page over it."""
        self.uncover()
        self._moved(running)

    def on_answered_in_part(self, event: messages.AnsweredInPart) -> None:
        """What stands in boxes that were left, or ticks."""
        place, part = event.place, event.part
        self._about(lambda desk, at: desk.answer_in_part(at, place, part), self._kept, self.encounter, keeps=True)

    def _kept(self, running: Running) -> None:
        if (screen := self.encounter) is not None:
            screen.tell(running)

    def on_tried(self, event: messages.Tried) -> None:
        """The call that was due, from the step or from the calls page."""
        self._about(lambda desk, at: desk.attempt(at, event.place, event.attempt), self._called, self._asking())

    def on_called(self, event: messages.Called) -> None:
        """A call outside a call step."""
        self._about(lambda desk, at: desk.call(at, event.attempt), self._called, self._asking())

    def _asking(self) -> KioskScreen | None:
        from kiosk.screens.calls import CallsScreen

        return self.page_of(CallsScreen) or self.encounter

    def _called(self, running: Running) -> None:
        from kiosk.screens.calls import CallsScreen

        screen, page = self.encounter, self.page_of(CallsScreen)
        if screen is not None:
            moved = running.walk is not screen.running.walk
            screen.show(running) if moved else screen.tell(running)
        if isinstance(page, CallsScreen):
            page.kept(running)

    def on_note_written(self, event: messages.NoteWritten) -> None:
        """A note."""
        self._about(lambda desk, at: desk.note(at, event.words), self._noted, self._note_page())

    def _note_page(self) -> KioskScreen | None:
        from kiosk.screens.note import NoteScreen

        return self.page_of(NoteScreen)

    def _unsaved_note(self) -> str:
        """What stands in an open note, when it may be kept; else it is remembered as the page goes."""
        from kiosk.screens.note import NoteScreen
        from kiosk.screens.widgets.facts import doubt

        page = self._note_page()
        words = page.unsaved() if isinstance(page, NoteScreen) else ""
        if not words or doubt(words):
            return ""
        if isinstance(page, NoteScreen):
            page.kept()
        return words

    def _keep_note(self, page: KioskScreen | None = None) -> None:
        """Remember what stands in the note that is going, so that no way away from it loses the words."""
        from kiosk.screens.note import NoteScreen

        note = page or self._note_page()
        if isinstance(note, NoteScreen) and (screen := self.encounter) is not None:
            screen.note = note.unsaved()

    def _noted(self, running: Running) -> None:
        from kiosk.screens.note import NoteScreen

        if isinstance(page := self._note_page(), NoteScreen):
            page.kept()
        if (screen := self.encounter) is not None:
            screen.note_kept()
            screen.tell(running)

    def on_reviewed(self, event: messages.Reviewed) -> None:
        """The two questions are answered: keep that, and close the record."""

        kept: list[bool] = []

        def close(desk: Desk, running: Running) -> Running:
            if not kept:  # a second try must not keep the two answers twice
                desk.review(running, facts_only=event.facts_only, names_child=event.names_child)
                kept.append(True)
            return desk.close(running)

        self._about(close, self._show_done, self.encounter)

    def _show_done(self, running: Running) -> None:
        self.front.speaker.stop()
        from kiosk.screens.done import DoneScreen

        self.show_screen(DoneScreen(self.front, self.status, running))

    # -- pages over it -------------------------------------------------------------------------------------------

    def on_opened(self, event: messages.Opened) -> None:
        """Lay a page over the screen."""
        match event.page:
            case "hide":
                self.front.speaker.stop()
                self.show_page(HideScreen(self.front, self.status))
            case "help":
                self._open_help()
            case "admin":
                from kiosk.screens.admin import AdminScreen, ClosePracticeScreen

                page = ClosePracticeScreen if self.front.practice else AdminScreen
                self.show_page(page(self.front, self.status))
            case "card" | "calls" as page:
                self._page = page
                self._open_waiting()
            case "note" if self._open_encounter() is not None:
                self._open_note()

    def _open_calls(self, running: Running) -> None:
        from kiosk.screens.calls import CallsScreen

        self.show_page(CallsScreen(self.front, self.status, running))

    def _open_note(self) -> None:
        from kiosk.screens.note import NoteScreen

        draft = self.encounter.draft_note() if self.encounter else ""
        self.show_page(NoteScreen(self.front, self.status, draft))

    def _open_help(self) -> None:
        from kiosk.screens.encounter import EncounterScreen
        from kiosk.screens.help import HelpScreen

        below = self.screen
        if isinstance(below, KioskScreen) and not isinstance(below, HelpScreen):
            options = isinstance(below, EncounterScreen)
            self.show_page(HelpScreen(self.front, self.status, below.explained(), options=options))

    def _open_card(self) -> None:
        from kiosk.screens import view
        from kiosk.screens.card import CardScreen

        def show(desk: Desk, running: Running) -> Running:
            desk.card_shown(running, role)
            return running

        if self.running is not None:
            role = view.referral_role(self.front, self.running)
            self._about(show, lambda _: self.show_page(CardScreen(self.front, self.status, role)), self.encounter)

    def on_say_it(self, event: messages.SayIt) -> None:
        """Say the step's own words, or stop. Nothing else is ever spoken."""
        speaker = self.front.speaker
        if speaker.state == "speaking":
            speaker.stop()
        elif event.words:
            speaker.say(event.words, event.language)
        if isinstance(self.screen, KioskScreen):
            self.screen.tell_bar()

    def on_asked_to_close(self) -> None:
        """Close the kiosk in order."""
        self.exit(0)
