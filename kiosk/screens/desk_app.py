"""The kiosk between encounters: the log, the queue of actions, the home screen, and actions on complete records."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kiosk.errors import KioskError, LogMustBeReplaced, ReplaceReason, StoreUnusable
from kiosk.presentation.services import Services
from kiosk.presentation.status import Status, seconds_between
from kiosk.screens import messages
from kiosk.screens.actions import ActionQueue, DeskAction
from kiosk.screens.base import KioskScreen
from kiosk.screens.base_app import BaseApp
from kiosk.screens.desk_worker import DeskThread
from kiosk.screens.home import HomeScreen
from kiosk.screens.pages.hide import HideScreen
from kiosk.screens.pages.too_small import SmallScreen
from kiosk.system import lifecycle

if TYPE_CHECKING:
    from datetime import date

    from textual.worker import Worker

    from kiosk.desk.running import Running
    from kiosk.desk.service import Desk
    from kiosk.desk.station import Station
    from kiosk.desk.unfinished import Overview
    from kiosk.privacy.meanings import Meaning
    from kiosk.privacy.patterns import Words
    from kiosk.record.encounter_record import EncounterRecord
    from kiosk.screens.encounter import EncounterScreen

T = TypeVar("T")

# The home screen is painted before the engine, the desk and the other screens are imported. The method that opens one
# of them imports it; until then none of them can be on the stack.

SLOW_S: Final = 0.4
"""After this many seconds, the bar shows that saving takes long."""
CLOSE_S: Final = 2.0
"""Maximum wait for the log at the end, in seconds."""
WATCHDOG_S: Final = 5.0
"""Seconds between signals to the service manager that the screen is alive."""
IDLE_S: Final = 1.0
"""Maximum seconds between checks for activity, so that a machine that slept soon hides the names on its screen."""

LOOK_AGAIN_S: Final = 300.0
"""Seconds between looks for a new warning, for a home screen that nobody touches."""

RENEW_S: Final = 10.0
"""Seconds between looks for what the district sent."""
REST_S: Final = 30.0
"""Seconds without a key or a click after which it may be installed."""


class DeskApp(BaseApp, inherit_bindings=False):
    """Open the log, do the actions there in order, and lead from the home screen to a record and back."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.running: Running | None = None
        self.queue = ActionQueue()
        self._desk = DeskThread(services)
        self._log_open = self._start_wanted = self._saving = False
        self._failed: DeskAction[Any] | None = None

    # -- beginning and end ---------------------------------------------------------------------------------------

    async def on_mount(self) -> None:
        """Show the home screen before the log is open."""
        home = HomeScreen(self.services, self.status)
        home.fit(self.size)
        await self.push_screen(home)

    def on_ready(self) -> None:
        """Open the log after the first paint."""
        lifecycle.notify("READY=1")
        self.set_interval(WATCHDOG_S, lambda: lifecycle.notify("WATCHDOG=1"))
        if after_s := self.services.hide_after_s:
            self.set_interval(min(IDLE_S, after_s), self.hide_when_idle)
        self.set_interval(LOOK_AGAIN_S, self.look_again)
        self.set_interval(RENEW_S, self.renew)
        self.open_log()

    def open_log(self) -> None:
        """Open the log, and look for unfinished records."""
        self._start(self._open_log)

    async def _open_log(self) -> None:
        if not await self._load():
            return
        said = self.services.why
        try:
            left = await self._desk.open()
            overview = await self._desk.act(lambda desk: desk.overview())
        except KioskError as error:
            self._start_wanted = False
            self._home_waits()
            self.show_trouble(error, self.open_log)
            return
        self._log_open = True
        await self._desk.attend(self._entry_came)
        if left.trouble is not None:
            self.show_trouble(left.trouble, self._home_waits, retries=False)
        if self._start_wanted and not overview.unfinished:
            self.start()
            return
        # A press before the list was shown was not meant for it: do not start a second record unseen.
        self._start_wanted = False
        if self.services.why != said or overview.unfinished or overview.to_do:
            self._show_home(overview)
        elif self.home is not None:
            self.home.overview = overview
        self._home_waits()
        await self._prepare_guard()

    async def _prepare_guard(self) -> None:
        """Compile the privacy guard's patterns one by one, so that neither the first step nor the first text waits."""
        from kiosk.privacy.guard import PATTERNS

        for words in PATTERNS:
            await self._desk.act(partial(_prepare, words))

    def _confirm_new_log(self, reason: ReplaceReason) -> None:
        """Replace the log, because a person decided so."""
        self._start(partial(self._replace_log, reason))

    async def _replace_log(self, reason: ReplaceReason) -> None:
        try:
            await self._desk.replace_log(reason)
        except KioskError as error:
            self.show_trouble(error, self.open_log)
            return
        self.running, self._log_open = None, False
        self.show_screen(HomeScreen(self.services, self.status))
        await self._open_log()

    def renew(self) -> None:
        """Install what the district sent, once nobody has used the home screen for a while."""
        renewal = self.services.renewal
        if renewal is None or not renewal.ready() or not self._log_open or self.home is not self.top or self.queue.used:
            return
        if seconds_between(self.touched_at, self.services.clock.now()) >= REST_S:
            self._log_open = False  # a record that is started now waits for the log, as at the start of the kiosk
            self._start(self._renew)

    async def _renew(self) -> None:
        try:
            self.services = await self._desk.renew()
        except KioskError as error:
            self.show_trouble(error, self.open_log)
            return
        self.running = None
        self._show_home(None)
        await self._open_log()

    async def _load(self) -> bool:
        """Load the data that the first paint did without, and show it; return False if there is no protocol."""
        if self.services.load is None:
            return True
        try:
            self.services = await self._desk.load()
        except KioskError as error:
            self.farewell = str(error)
            self.exit(int(error.exit_code), int(error.exit_code))
            return False
        self._show_home(None)
        self.call_later(lambda: self._home_waits(self._start_wanted))  # asked then: the log may be open by then
        for page in (self.page_of(SmallScreen), self._later):
            if isinstance(page, SmallScreen):
                page.know(self.services)
        return True

    async def on_unmount(self) -> None:
        """Close the desk's thread, within a time limit."""
        lifecycle.notify("STOPPING=1")
        self.services.speaker.close()
        await self._desk.close(CLOSE_S, in_order=self.in_order)

    def status(self) -> Status:
        """Return how long the encounter has lasted, and whether saving takes long."""
        if self.running is None or self.running.closed:
            return Status(saving=self._saving)
        return Status(seconds_between(self.running.opened_at, self.services.clock.now()), self._saving)

    def hide_when_idle(self) -> None:
        """Show the neutral page after `hide_after_s` seconds without a key; the home screen may stay."""
        after_s, idle_s = self.services.hide_after_s, seconds_between(self.touched_at, self.services.clock.now())
        shown = self.top
        if 0 < after_s <= idle_s and isinstance(shown, KioskScreen) and not isinstance(shown, HideScreen | HomeScreen):
            shown.act("hide")  # as if its key had been pressed: a step keeps what was typed first

    # -- work at the desk ----------------------------------------------------------------------------------------

    def perform(self, *actions: DeskAction[Any]) -> None:
        """Do these actions. While one is running, a second press is not a second answer."""
        if self.top is not None and self.queue.take(actions):
            self._start(self._perform_all)

    def _start(self, work: Callable[[], Coroutine[None, None, None]]) -> Worker[None]:
        """Run this concurrently. Pass the function, not a coroutine: an app that is ending may never start it."""
        return self.run_worker(work, group="desk")

    async def _perform_all(self) -> None:
        await self.queue.do_all(self._perform)
        self.all_done()

    async def _perform(self, action: DeskAction[Any]) -> bool:
        """Do the action and show its result; return False if the log could not be written and the rest must stop."""
        slow = self.set_timer(SLOW_S, lambda: self._tell_saving(True))
        try:
            await self._catch_up(action)
            result = await self._desk.act(action.work)
        except StoreUnusable as error:
            undone = self.queue.undone()
            self._failed = self._failed or action  # the result of the failed action must be known first
            self.failed()
            self.show_trouble(error, lambda: self.perform(*undone), way_back=action.about)
            return False
        except KioskError as error:
            action.refused(error)
        else:
            action.then(result)
        finally:
            slow.stop()
            self._tell_saving(False)
        return True

    async def _catch_up(self, action: DeskAction[Any]) -> None:
        """Read how much of the failed action is in the log, before another action replaces it."""
        failed, running = self._failed, self.running
        if failed is not None and failed is not action and running is not None:
            self.running = await self._desk.act(lambda desk: desk.caught_up(running))
        self._failed = None

    def answering(self) -> bool:
        """Check whether an answer is being saved, or a start waits for the log."""
        return self.queue.busy or self._start_wanted

    def all_done(self) -> None:
        """Do nothing; a subclass does what follows the last action."""

    def failed(self) -> None:
        """Do nothing; a subclass does what follows a log that could not be written."""

    def _tell_saving(self, saving: bool) -> None:
        if saving != self._saving:
            self._saving = saving
            if isinstance(self.top, KioskScreen):
                self.top.tell_bar()

    def show_trouble(
        self, error: KioskError, again: Callable[[], None], *, retries: bool = True, way_back: bool = False
    ) -> None:
        """Show the error and offer to try again; if the log must be replaced, offer a new one."""
        from kiosk.screens.pages.error import TroubleScreen

        new_log = None
        if isinstance(error, LogMustBeReplaced) and self.services.replace_log is not None:
            new_log = partial(self._confirm_new_log, error.reason)
        page = TroubleScreen(
            self.services, self.status, error, again, retries=retries, way_back=way_back, new_log=new_log
        )
        self.show_page(page)

    def page_closed(self, page: KioskScreen) -> None:
        """Do what was chosen on the error page, after it has closed."""
        from kiosk.screens.pages.error import TroubleScreen

        if isinstance(page, TroubleScreen):
            page.run_chosen()

    def _tell_refusal(self, error: KioskError) -> None:
        self.show_trouble(error, self._home_waits, retries=False)

    # -- home ----------------------------------------------------------------------------------------------------

    @property
    def home(self) -> HomeScreen | None:
        """The idle screen, anywhere on the stack."""
        screen = self.page_of(HomeScreen)
        return screen if isinstance(screen, HomeScreen) else None

    def _home_waits(self, waiting: bool = False) -> None:
        if self.home is not None:
            self.home.wait(waiting=waiting)

    def _show_home(self, overview: Overview | None) -> None:
        """Show the idle screen again, if it is on the stack."""
        if self.home is not None:
            self.show_screen(HomeScreen(self.services, self.status, overview))

    def go_home(self) -> None:
        """Show the idle screen at once; show what is still to do as soon as it is loaded."""
        self.running = None
        self.show_screen(HomeScreen(self.services, self.status))
        self.refresh_home()

    def refresh_home(self) -> None:
        """Load the unfinished records and the tasks still to do again."""
        self._with_newest_contacts(lambda desk: desk.overview(), self._tell_home, keeps=True)

    def _with_newest_contacts(
        self,
        work: Callable[[Desk], T],
        then: Callable[[T], None],
        *,
        day: date | None = None,
        keeps: bool = False,
        at_once: bool = False,
    ) -> None:
        """Do this between encounters, with the contacts as they are then. A record on the screen keeps its own.

        day: the day whose calling order counts; None for today.
        """

        def do(desk: Desk) -> tuple[Station | None, T]:
            before, newest = desk.station, self.services.newest_station
            if newest is None:
                return None, work(desk)
            desk.station = newest(day or desk.clock.now().local().date())
            try:
                return desk.station, work(desk)
            except BaseException:
                desk.station = before
                raise

        def done(result: tuple[Station | None, T]) -> None:
            station, found = result
            self.services = replace(self.services, station=station or self.services.station)
            then(found)

        self.perform(DeskAction(False, do, done, self._tell_refusal, keeps, at_once))

    def _entry_came(self) -> None:
        """Count the tasks again, in this app's own thread, after a command's entry. Callable from any thread."""
        loop = self._loop
        with suppress(RuntimeError):  # the loop has just stopped
            if loop is not None:
                loop.call_soon_threadsafe(self._count_again)

    def _count_again(self) -> None:
        if isinstance(self.top, HomeScreen) and not self.queue.busy:
            self.refresh_home()

    def look_again(self) -> None:
        """Show a warning that is new, or no longer true, on a home screen that nobody touches."""
        if self._log_open and self.home is self.top and self.home is not None and self.home.why != self.services.why:
            self._count_again()

    def _tell_home(self, overview: Overview) -> None:
        home = self.home
        if home is None:
            return
        outdated = home.why != self.services.why
        if outdated and home is self.top:
            self._show_home(overview)
        else:
            home.tell(overview)

    def on_went_home(self) -> None:
        """Show the home screen, with nothing of the encounter."""
        self.go_home()

    # -- records -------------------------------------------------------------------------------------------------

    def on_started(self) -> None:
        """Start an encounter when Enter is pressed on the home screen."""
        if self.home is None:
            return  # pressed twice: the second message came after it closed
        if self._log_open:
            self.start()
        else:
            self._start_wanted = True
            self._home_waits(True)

    def start(self, *, at_once: bool = False) -> None:
        """Start an encounter; `at_once`: right after the running action."""
        from kiosk.desk.service import Desk

        self._start_wanted = False
        self._with_newest_contacts(Desk.open, self._enter, at_once=at_once)

    def _enter(self, running: Running) -> None:
        if running.closed:  # meanwhile, by what was pressed before
            self.go_home()
            return
        from kiosk.screens.encounter import EncounterScreen

        self.running = running
        self.show_screen(EncounterScreen(self.services, self.status, running))

    @property
    def encounter(self) -> EncounterScreen | None:
        """The encounter's screen, anywhere on the stack."""
        from kiosk.screens.encounter import EncounterScreen

        screen = self.page_of(EncounterScreen)
        return screen if isinstance(screen, EncounterScreen) else None

    def on_chosen(self, event: messages.Chosen) -> None:
        """Ask what to do with an unfinished record."""
        from kiosk.screens.pages import records
        from kiosk.screens.pages.ask import AskScreen

        asked = records.about_unfinished(self.services, event.record, self.post_message)
        self.show_page(AskScreen(self.services, self.status, asked))

    def on_continued(self, event: messages.Continued) -> None:
        """Continue an unfinished record."""
        record = event.record
        self._with_newest_contacts(
            lambda desk: desk.resume(record), self._enter, day=record.opened_at.local(self.services.zone).date()
        )

    def on_ended(self, event: messages.Ended) -> None:
        """Close a record that reached no outcome."""
        record, ending, reason = event.record, event.ending, event.reason

        def end(desk: Desk) -> Running:
            current = self.running
            return desk.end(current if current and current.id == record.id else record, ending, reason)

        self.perform(DeskAction(False, end, lambda _: self.go_home(), self._tell_refusal))

    def open_to_do(self) -> None:
        """Show what is still to do, if anything is."""
        from kiosk.screens.pages import records
        from kiosk.screens.pages.ask import AskScreen

        if self.home is not None and self.home.overview is not None:
            asked = records.to_do(self.services, self.home.overview, self.post_message)
            self.show_page(AskScreen(self.services, self.status, asked))

    def on_called_later(self, event: messages.CalledLater) -> None:
        """Log a call made for a closed record."""
        record, attempt = event.record, event.attempt
        work: Callable[[Desk], None] = lambda desk: desk.call_later(record, attempt)  # noqa: E731 - as short as the others
        self.perform(DeskAction(False, work, lambda _: self.refresh_home(), self._tell_refusal))

    def on_fact_wanted(self, event: messages.FactWanted) -> None:
        """Show the box of a deferred fact."""
        from kiosk.screens.pages.boxes import FactScreen

        self.show_page(FactScreen(self.services, self.status, event.record, event.field))

    def on_filled_in(self, event: messages.FilledIn) -> None:
        """Save the value of a deferred fact."""
        from kiosk.screens.pages.boxes import FactScreen

        page = self.page_of(FactScreen)
        if page is None:
            return

        def kept(_: object) -> None:
            page.finish()
            self.refresh_home()

        self.perform(DeskAction(False, self._filling(event.record, event), kept, page.refused))

    @staticmethod
    def _filling(record: EncounterRecord, event: messages.FilledIn) -> Callable[[Desk], None]:
        return lambda desk: desk.fill_in(record, event.field_id, event.value, event.meant)

    def on_meaning_wanted(self, event: messages.MeaningWanted) -> None:
        """Ask which meaning words have; its page closes before the answer is used."""
        from kiosk.screens.pages.ask import AskScreen
        from kiosk.screens.pages.meaning import about_meaning

        def then(meaning: Meaning | None) -> None:
            self.call_later(event.then, meaning)

        asked = about_meaning(event.unclear, self.services.station.language, then)
        self.show_page(AskScreen(self.services, self.status, asked))


def _prepare(words: Words, _: Desk) -> None:
    words.prepare()
