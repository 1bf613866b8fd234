"""The full-screen kiosk: every way from a screen to the desk and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk import lifecycle
from kiosk.errors import KioskError, LogEnded, StoreUnusable
from kiosk.screens import messages
from kiosk.screens.deskthread import DeskThread, Work
from kiosk.screens.front import Front
from kiosk.screens.hide import HideScreen
from kiosk.screens.home import HomeScreen
from kiosk.screens.screen import KioskScreen
from kiosk.screens.stage import Stage
from kiosk.screens.status import Status, seconds_between
from kiosk.screens.words import has_word

if TYPE_CHECKING:
    from kiosk.desk import Desk
    from kiosk.running import Running
    from kiosk.screens.encounter import EncounterScreen

# The home screen is painted before the engine, the desk and the other screens are imported; whoever opens one of them
# brings it along. Until then none of them can be on the stack.

SLOW_S: Final = 0.4
"""A save that takes longer than this says so."""
CLOSE_S: Final = 2.0
"""How long the end may wait for the log."""
WATCHDOG_S: Final = 5.0
"""How often the service manager hears that the screen is alive."""
IDLE_S: Final = 1.0
"""How often it is looked at whether anybody is there. A machine that slept has no names on its screen for longer."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One piece of work at the desk, with what follows.

    about:   the encounter it is about; None when it begins one.
    then:    shows what came of it.
    refused: shows why it was not done, where the person can do something about it.
    """

    about: Running | None
    work: Work
    then: Callable[[Running], None]
    refused: Callable[[KioskError], None]


class KioskApp(Stage, inherit_bindings=False):
    """Made of a `Front`; `run()` it. Afterwards `return_code` is the exit code, and `farewell` a sentence to print."""

    def __init__(self, front: Front) -> None:
        super().__init__(front)
        self.running: Running | None = None
        self._desk = DeskThread(front)
        self._left: Running | None = None
        self._log_open = self._start_wanted = self._busy = self._saving = self._listening = False

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
        if after_s := self.front.hide_after_s:
            self.set_interval(min(IDLE_S, after_s), self.hide_when_idle)
        self.front.speaker.listen(lambda: self.post_message(messages.VoiceChanged()))
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
        self._left, self._log_open = left.running, True
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

    def perform(self, deed: Deed) -> None:
        """Do it, unless something is being done already: a second press is no second answer."""
        if not self._busy:
            self._busy = True
            self.run_worker(self._perform(deed, self.key), group="desk")

    async def _perform(self, deed: Deed, key: str) -> None:
        slow = self.set_timer(SLOW_S, lambda: self._tell_saving(True))
        try:
            running = await self._desk.act(deed.work)
        except StoreUnusable as error:
            self.show_trouble(error, lambda: self.perform(deed), way_back=deed.about is not None)
        except KioskError as error:
            deed.refused(error)
        else:
            self.settle.moved(key)
            self.running = running
            deed.then(running)
        finally:
            slow.stop()
            self._busy = False
            self._tell_saving(False)

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
        """On the page of trouble one key tries again, and another begins a new log."""
        from kiosk.screens.trouble import TroubleScreen

        if isinstance(page, TroubleScreen):
            page.gone()

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
        if self._log_open:
            self.start()
        else:
            self._start_wanted = True
            self._home_waits(True)

    def start(self) -> None:
        """Begin an encounter."""
        from kiosk.desk import Desk

        self._start_wanted = False
        self.perform(Deed(None, Desk.open, self._enter, self._tell_refusal))

    def on_went_on(self) -> None:
        """Go on with the unfinished one."""
        if (left := self._left) is not None:
            self.perform(Deed(left, lambda desk: desk.resume(left), self._enter, self._tell_refusal))

    def _enter(self, running: Running) -> None:
        from kiosk.screens.encounter import EncounterScreen

        self._left = None
        self.show_screen(EncounterScreen(self.front, self.status, running))

    def on_went_home(self) -> None:
        """Nothing of the encounter stays."""
        self.running = None
        self.settle.moved(self.key)
        self.show_screen(HomeScreen(self.front, self.status))

    def _tell_refusal(self, error: KioskError) -> None:
        self.show_trouble(error, self._home_waits, retries=False)

    # -- the encounter -------------------------------------------------------------------------------------------

    def _about(
        self, work: Callable[[Desk, Running], Running], then: Callable[[Running], None], asked_by: KioskScreen | None
    ) -> None:
        running = self.running
        if running is not None and asked_by is not None:
            self.perform(Deed(running, lambda desk: work(desk, running), then, asked_by.refused))

    def _moved(self, running: Running) -> None:
        self.front.speaker.stop()
        if (screen := self.encounter) is not None:
            screen.show(running)

    def on_answered(self, event: messages.Answered) -> None:
        """A reply: to the place it stands at, or to one already passed."""
        from kiosk.desk import Desk

        use_case = Desk.correct if event.back else Desk.answer
        self._about(lambda desk, at: use_case(desk, at, event.place, event.reply), self._moved, self.encounter)

    def on_interrupted(self, event: messages.Interrupted) -> None:
        """An interrupt."""
        self._about(lambda desk, at: desk.press(at, event.place, event.interrupt), self._moved, self.encounter)

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

    def _noted(self, running: Running) -> None:
        if (screen := self.encounter) is not None:
            screen.note_kept()
            screen.tell(running)
        if (page := self._note_page()) is not None:
            page.finish()

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

    def hide_when_idle(self) -> None:
        """Show the neutral page when nobody has touched a key for long; the idle screen itself may stay."""
        after_s, idle_s = self.front.hide_after_s, seconds_between(self.touched_at, self.front.clock.now())
        if 0 < after_s <= idle_s and not isinstance(self.screen, HideScreen | HomeScreen):
            self.post_message(messages.Opened("hide"))

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
            case "card":
                self._open_card()
            case "note" | "calls" if self.running is not None and not self._busy:
                self._open_over(self.running, event.page)

    def _open_over(self, running: Running, page: str) -> None:
        from kiosk.screens.calls import CallsScreen
        from kiosk.screens.note import NoteScreen

        if page == "calls":
            self.show_page(CallsScreen(self.front, self.status, running))
        else:
            draft = self.encounter.draft_note() if self.encounter else ""
            self.show_page(NoteScreen(self.front, self.status, draft))

    def _open_help(self) -> None:
        from kiosk.screens.encounter import EncounterScreen
        from kiosk.screens.help import HelpScreen

        below = self.screen
        if isinstance(below, KioskScreen) and not isinstance(below, HelpScreen):
            explained = [(key, below.label(key)) for key in below.KEYS if key != "help"]
            told = [(key, label) for key, label in explained if label]
            self.show_page(HelpScreen(self.front, self.status, told, options=isinstance(below, EncounterScreen)))

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
        """Say the step's own words, or stop. Nothing else is ever spoken; where nothing can be, it is said why."""
        speaker, why = self.front.speaker, ""
        self._listening = speaker.state != "speaking" and bool(event.words)
        if self._listening:
            speaker.say(event.words, event.language)
            why = "voice.off" if speaker.state == "silent" else ""
        elif speaker.state == "speaking":
            speaker.stop()
        else:
            why = "voice.nothing"
        self._tell_voice(why)

    def on_voice_changed(self) -> None:
        """Tell how the voice is now, and why nothing was heard by whoever asked for it."""
        speaker = self.front.speaker
        if self._listening and speaker.state == "failed":
            self._listening = False
            why = f"voice.{speaker.reason}"
            self._tell_voice(why if has_word(why) else "voice.failed")
        elif isinstance(self.screen, KioskScreen):
            self.screen.tell_bar()

    def _tell_voice(self, why: str) -> None:
        if (screen := self.encounter) is not None:
            screen.tell_voice(screen.word(why) if why else "")
        if isinstance(self.screen, KioskScreen):
            self.screen.tell_bar()

    def on_asked_to_close(self) -> None:
        """Close the kiosk in order."""
        self.exit(0)
