"""The full-screen kiosk: it connects the screens of an encounter with the desk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, assert_never

from kiosk.errors import KioskError
from kiosk.i18n.strings import has_text
from kiosk.presentation.services import Services
from kiosk.screens import messages
from kiosk.screens.actions import DeskAction
from kiosk.screens.base import KioskScreen
from kiosk.screens.desk_app import CLOSE_S, DeskApp
from kiosk.screens.pages.hide import HideScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.desk.running import Running
    from kiosk.desk.service import Desk
    from kiosk.presentation.people import LogIn
    from kiosk.presentation.review import Reviewer
    from kiosk.presentation.values import Pair
    from kiosk.record.encounter_record import EncounterRecord
    from kiosk.screens.encounter import EncounterScreen
    from kiosk.screens.review.session import Session


class KioskApp(DeskApp, inherit_bindings=False):
    """The app, made from a `Services`. After `run()`, `exit_code` tells how it ended; `farewell` is to be printed."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._page: Literal["calls", "card"] | None = None
        self._listening = False
        self._session: Session | None = None

    def on_ready(self) -> None:
        """Listen to the voice, in addition to the base classes, which textual calls itself."""
        self.services.speaker.listen(lambda: self.post_message(messages.VoiceChanged()))

    async def on_unmount(self) -> None:
        """End the log-in, if the kiosk was closed in the middle of it. The base class closes the log afterwards."""
        if self._session is not None and self.in_order:
            from kiosk.record.people.logins import Ended

            await asyncio.wait({asyncio.ensure_future(self._session.end(Ended.CLOSED))}, timeout=CLOSE_S)

    def all_done(self) -> None:
        """Open the requested page, as soon as no action can move the encounter."""
        if self.queue.busy:
            return
        page, self._page = self._page, None
        if page == "card":
            self._open_card()
        elif page == "calls" and (running := self._open_encounter()) is not None:
            self._open_calls(running)

    def failed(self) -> None:
        """Forget the requested page: none follows the error page."""
        self._page = None

    def page_closed(self, page: KioskScreen) -> None:
        """Keep a half-written note."""
        super().page_closed(page)
        self._keep_note(page)

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

            def do(desk: Desk) -> Running:
                at = self._newest()
                return at if at.closed else work(desk, at)

            def done(running: Running) -> None:
                self.running = running
                (self._show_done if running.closed else then)(running)

            self.perform(DeskAction(True, do, done, asked_by.refused, keeps, at_once))

    def _newest(self) -> Running:
        """Return the encounter as it is when the action runs; typed text may have been saved in between."""
        if self.running is None:
            raise KioskError("No record is open.", "Start one.")
        return self.running

    def _moved(self, running: Running) -> None:
        self.services.speaker.stop()
        if (screen := self.encounter) is not None:
            screen.show(running)

    def on_answered(self, event: messages.Answered) -> None:
        """Answer the current step, or correct an earlier one."""
        from kiosk.desk.service import Desk

        use_case = Desk.correct if event.back else Desk.answer

        def answer(desk: Desk, at: Running) -> Running:
            return use_case(desk, at, event.place, event.reply, event.meant)

        self._about(answer, self._moved, self.encounter)

    def _open_encounter(self) -> Running | None:
        return None if self.running is None or self.running.closed else self.running

    def interrupts(self) -> Sequence[Pair]:
        """Return the protocol's interrupts while an encounter is open."""
        if (running := self._open_encounter()) is None:
            return ()
        from kiosk.presentation import step_view

        return step_view.interrupt_pairs(self.services.station, running.walk)

    def call_now(self) -> tuple[str, str] | None:
        """Return (name, number) to call now; digits that the step dials come first. None if there is no call."""
        if (running := self._open_encounter()) is None:
            return None
        from kiosk.presentation import step_view

        return step_view.call_now(self.services, running)

    def on_interrupt_pressed(self, event: messages.InterruptPressed) -> None:
        """Handle an interrupt key on a step or on a page over it. It counts even while something is being saved."""
        running, screen = self._open_encounter(), self.encounter
        pressed = running.walk.protocol.interrupts[event.number : event.number + 1] if running else ()
        if pressed and screen is not None:
            key, keep = pressed[0].id, self._keeping(screen)
            self.uncover()

            def press(desk: Desk, at: Running) -> Running:
                with desk.together():
                    return desk.press(keep(desk, at), at.walk.at, key)

            self._about(press, self._interrupted, screen, at_once=True)

    def _keeping(self, screen: EncounterScreen) -> Callable[[Desk, Running], Running]:
        """Return a function that saves all typed text, on the step and on a page over it."""
        part, note = screen.unsaved(), self._unsaved_note()

        def keep(desk: Desk, running: Running) -> Running:
            if part is not None:
                running = desk.answer_in_part(running, part.place, part.part, part.meant)
            return desk.note(running, note)

        return keep

    def _interrupted(self, running: Running) -> None:
        """Show the current step, with no page over it."""
        self.uncover()
        self._moved(running)

    def on_answered_in_part(self, event: messages.AnsweredInPart) -> None:
        """Save the boxes that staff left, or the ticks."""

        def keep(desk: Desk, at: Running) -> Running:
            return desk.answer_in_part(at, event.place, event.part, event.meant)

        self._about(keep, self._kept, self.encounter, keeps=True)

    def _kept(self, running: Running) -> None:
        if (screen := self.encounter) is not None:
            screen.tell(running)

    def on_paused(self, event: messages.Paused) -> None:
        """Leave the record for later: for the home screen, or to start another record."""
        screen = self.encounter
        if screen is None:
            return
        keep = self._keeping(screen)

        def then(_: Running) -> None:
            self.start(at_once=True) if event.another else self.go_home()

        def pause(desk: Desk, at: Running) -> Running:
            with desk.together():
                return desk.pause(keep(desk, at))

        self._about(pause, then, screen)

    def on_link_wanted(self) -> None:
        """Ask which record the current one belongs with."""
        running = self._open_encounter()
        if running is not None:
            self.perform(
                DeskAction(True, lambda desk: desk.recent(), self._ask_with_which, self._tell_refusal, at_once=True)
            )

    def _ask_with_which(self, recent: list[EncounterRecord]) -> None:
        from kiosk.screens.pages import records
        from kiosk.screens.pages.ask import AskScreen

        if (running := self._open_encounter()) is not None:
            asked = records.with_which(self.services, running, recent, self.post_message)
            self.show_page(AskScreen(self.services, self.status, asked))

    def on_linked(self, event: messages.Linked) -> None:
        """Link the current record with that one."""
        self._about(lambda desk, at: desk.link(at, event.to, event.how), self._kept, self.encounter)

    def on_initials_given(self, event: messages.InitialsGiven) -> None:
        """Set who sits at the desk from now on."""
        from kiosk.screens.pages.boxes import InitialsScreen

        page = self.page_of(InitialsScreen)
        if page is None:
            return

        def kept(running: Running | None) -> None:
            if running is not None:
                self.running = running
                self._kept(running)
            page.finish()

        words = event.initials
        self.perform(DeskAction(True, lambda desk: desk.staffed_by(self._open_encounter(), words), kept, page.refused))

    def on_tried(self, event: messages.Tried) -> None:
        """Log the call that was due, from the step or from the calls page."""
        self._about(lambda desk, at: desk.attempt(at, event.place, event.attempt), self._called, self._asking())

    def on_called(self, event: messages.Called) -> None:
        """Log a call outside a call step."""
        self._about(lambda desk, at: desk.call(at, event.attempt), self._called, self._asking())

    def _asking(self) -> KioskScreen | None:
        from kiosk.screens.pages.calls import CallsScreen

        return self.page_of(CallsScreen) or self.encounter

    def _called(self, running: Running) -> None:
        from kiosk.screens.pages.calls import CallsScreen

        screen, page = self.encounter, self.page_of(CallsScreen)
        if screen is not None:
            moved = running.walk is not screen.running.walk
            screen.show(running) if moved else screen.tell(running)
        if isinstance(page, CallsScreen):
            page.kept(running)

    def on_note_written(self, event: messages.NoteWritten) -> None:
        """Save a note."""
        self._about(lambda desk, at: desk.note(at, event.words, event.meant), self._noted, self._note_page())

    def _note_page(self) -> KioskScreen | None:
        from kiosk.screens.pages.note import NoteScreen

        return self.page_of(NoteScreen)

    def _unsaved_note(self) -> str:
        """Return the words of an open note that may be saved; other words are remembered when the page closes."""
        from kiosk.privacy.guard import judge
        from kiosk.screens.pages.note import NoteScreen

        page = self._note_page()
        words = page.unsaved() if isinstance(page, NoteScreen) else ""
        if not words or judge(words) is not None:
            return ""
        if isinstance(page, NoteScreen):
            page.kept()
        return words

    def _keep_note(self, page: KioskScreen | None = None) -> None:
        """Remember the words of a note that is closing, so that leaving it loses nothing."""
        from kiosk.screens.pages.note import NoteScreen

        note = page or self._note_page()
        if isinstance(note, NoteScreen) and (screen := self.encounter) is not None:
            screen.note = note.unsaved()

    def _noted(self, running: Running) -> None:
        from kiosk.screens.pages.note import NoteScreen

        if isinstance(page := self._note_page(), NoteScreen):
            page.kept()
        if (screen := self.encounter) is not None:
            screen.note_kept()
            screen.tell(running)

    def on_reviewed(self, event: messages.Reviewed) -> None:
        """Save the answer to the closing question, and close the record."""
        names_child = event.names_child
        self._about(lambda desk, at: desk.close(at, names_child=names_child), self._show_done, self.encounter)

    def _show_done(self, running: Running) -> None:
        self.services.speaker.stop()
        from kiosk.screens.pages.closed import DoneScreen

        self.show_screen(DoneScreen(self.services, self.status, running))

    # -- pages over it -------------------------------------------------------------------------------------------

    def on_opened(self, event: messages.Opened) -> None:
        """Show a page over the screen."""
        match event.page:
            case "hide":
                self.services.speaker.stop()
                self.show_page(HideScreen(self.services, self.status))
            case "help":
                self._open_help()
            case "admin":
                from kiosk.screens.pages.admin import AdminScreen, ClosePracticeScreen

                page = ClosePracticeScreen if self.services.practice else AdminScreen
                self.show_page(page(self.services, self.status))
            case "review":
                self._open_review()
            case "card" | "calls" as page:
                self._page = page
                self.all_done()
            case "note":
                self._open_note()
            case "record":
                self._open_record()
            case "to-do":
                self.open_to_do()
            case "initials":
                self._open_initials()
            case _:
                assert_never(event.page)

    def _open_calls(self, running: Running) -> None:
        from kiosk.screens.pages.calls import CallsScreen

        self.show_page(CallsScreen(self.services, self.status, running))

    def _open_record(self) -> None:
        if (running := self._open_encounter()) is None:
            return
        from kiosk.screens.pages import records
        from kiosk.screens.pages.ask import AskScreen

        self.show_page(
            AskScreen(self.services, self.status, records.about_open(self.services, running, self.post_message))
        )

    def _open_initials(self) -> None:
        from kiosk.screens.pages.boxes import InitialsScreen

        staff = self.running.staff if self.running else ""
        self.show_page(InitialsScreen(self.services, self.status, staff))

    def _open_note(self) -> None:
        if self._open_encounter() is None:
            return
        from kiosk.screens.pages.note import NoteScreen

        draft = self.encounter.draft_note() if self.encounter else ""
        self.show_page(NoteScreen(self.services, self.status, draft))

    def _open_review(self) -> None:
        from kiosk.screens.review.log_in import NameScreen
        from kiosk.screens.review.session import Session

        reviewer, below = self.services.reviewer, self.top
        if reviewer is None or not isinstance(below, KioskScreen):
            return
        below.finish()  # going back leads home
        door = self.services.doorkeeper
        if door is None:
            self._show_review(reviewer(), None)
            return

        def logged_in(log_in: LogIn | None) -> None:
            names.finish()
            if log_in is None:
                self._show_review(reviewer(), None)
            else:
                self._show_review(log_in.reviewer, Session(door, log_in.name))

        names = NameScreen(self.services, self.status, door, logged_in, lambda: names.finish())  # noqa: PLW0108 - itself
        self.show_page(names)

    def _show_review(self, reviewer: Reviewer, session: Session | None) -> None:
        from kiosk.screens.review.screen import ReviewScreen
        from kiosk.screens.review.views import Views

        def leave() -> None:
            page.finish()
            if self._log_open:
                self.refresh_home()  # acts at the review may have ended a record, or a task

        self._session = session
        page = ReviewScreen(self.services, self.status, Views(self.services, reviewer), leave, session)
        self.show_page(page)

    def _open_help(self) -> None:
        from kiosk.screens.encounter import EncounterScreen
        from kiosk.screens.pages.help import HelpScreen

        below = self.top
        if isinstance(below, KioskScreen) and not isinstance(below, HelpScreen):
            options = isinstance(below, EncounterScreen)
            self.show_page(HelpScreen(self.services, self.status, below.explained(), options=options))

    def _open_card(self) -> None:
        from kiosk.presentation import step_view
        from kiosk.screens.pages.card import CardScreen

        def show(desk: Desk, running: Running) -> Running:
            desk.card_shown(running, role)
            return running

        if self.running is not None:
            role = step_view.referral_role(self.services, self.running)
            self._about(show, lambda _: self.show_page(CardScreen(self.services, self.status, role)), self.encounter)

    def on_say_it(self, event: messages.SayIt) -> None:
        """Say the words of the step, or stop. The voice says nothing else; if it says nothing, show the reason."""
        speaker, why = self.services.speaker, ""
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
        """Show the state of the voice; if staff asked for it and it failed, show why."""
        speaker = self.services.speaker
        if self._listening and speaker.state == "failed":
            self._listening = False
            why = f"voice.{speaker.reason}"
            self._tell_voice(why if has_text(why) else "voice.failed")
        elif isinstance(self.top, KioskScreen):
            self.top.tell_bar()

    def _tell_voice(self, why: str) -> None:
        if (screen := self.encounter) is not None:
            screen.tell_voice(screen.text(why) if why else "")
        if isinstance(self.top, KioskScreen):
            self.top.tell_bar()

    def on_asked_to_close(self) -> None:
        """Close the kiosk in order."""
        self.exit(0)
