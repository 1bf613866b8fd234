"""When the log can't be opened or written: calm words, the number, and nothing lost."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from db.errors import StoreError, Unconfirmed
from kiosk.desk.service import Desk
from kiosk.desk.unfinished import UnfinishedRecords
from kiosk.errors import CannotResume, Exit, KioskError, LogMustBeReplaced, NotConfirmed, ReplaceReason, StoreUnusable
from kiosk.i18n.strings import text, translated
from kiosk.log.create import kiosk_errors
from kiosk.protocol.replies import Recorded
from kiosk.record.entry_kinds import EntryKind
from kiosk.screens.app import KioskApp
from kiosk.screens.home import HomeScreen
from kiosk.screens.pages.closed import DoneScreen
from tests.builders import a_desk, a_station
from tests.fakes import MemoryLog
from tests.screens.acting import TO_RECORD, Actor, Stand, a_stand, acting

LOST = CannotResume("It was begun with a protocol that is gone.", "Finish it on paper.")
FULL = StoreUnusable("The disk is full.", "Free some space.")


async def test_a_save_that_fails_is_told_and_tried_again_with_the_same_words() -> None:
    """What happened, what to do, the number; Enter tries the very same again, and the step moves on."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.type("Homeland Security")
        actor.stand.log.failing = FULL
        await actor.press("enter")
        for words in (text("error.title.store"), "The disk is full.", "Free some space.", "860-555-0100"):
            assert words in actor.text
        await actor.press("enter")
        assert actor.stand.log.holds("Homeland Security")
        await actor.press("enter", "enter")
        assert actor.at == "request"
        assert isinstance(actor.reply, Recorded)
        assert actor.reply.get("agency-as-stated") == "Homeland Security"


@pytest.mark.parametrize("error", [*StoreError.__subclasses__(), StoreError])
async def test_a_desk_that_reads_spanish_is_told_in_spanish(error: type[StoreError]) -> None:
    """For any error of the log: words about files or commands are only for the person who looks after the computer."""
    cause = Unconfirmed(StoreError("?")) if error is Unconfirmed else error("What.", "Repair.")
    with pytest.raises(StoreUnusable) as raised, kiosk_errors():
        raise cause
    async with acting(a_stand(station=replace(a_station(), language="es"))) as actor:
        await actor.press("enter")
        actor.stand.log.failing = raised.value
        await actor.press("2")
        assert text(raised.value.title_id, "es") in actor.text
        assert translated(raised.value.text_id, "es").split()[-1] in actor.text
        assert cause.what not in actor.text


async def test_without_a_superintendents_office_the_first_of_the_contacts_is_named() -> None:
    """A school's own protocol may name its people otherwise; a person in trouble still sees a number."""
    others = {role: people for role, people in a_station().contacts.roles.items() if role != "superintendent-office"}
    station = replace(a_station(), contacts=replace(a_station().contacts, roles=others))
    async with acting(a_stand(station=station)) as actor:
        await actor.press("enter")
        actor.stand.log.failing = FULL
        await actor.press("2")
        assert "The disk is full." in actor.text
        assert "860-555-0142" in actor.text


async def test_a_save_may_fail_again_and_again() -> None:
    """Each Enter is one more try, and the last one that works is kept once."""
    async with acting() as actor:
        await actor.press("enter")
        for _ in range(3):
            actor.stand.log.failing = FULL
            await actor.press("enter" if "The disk is full." in actor.text else "2")
            assert "The disk is full." in actor.text
        await actor.press("enter")
        assert actor.at == "who"
        assert actor.stand.log.kinds().count(EntryKind.STEP_ANSWERED) == 1


async def test_backspace_leads_back_to_the_step_with_its_words() -> None:
    """Nothing was kept and nothing is lost."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.type("FBI")
        actor.stand.log.failing = FULL
        await actor.press("enter", "backspace")
        assert actor.at == "identify"
        assert "│ FBI" in actor.text


@pytest.mark.parametrize("committed", [True, False])
async def test_an_answer_whose_end_is_not_known_is_kept_once(committed: bool) -> None:
    """After a commit that failed half-way, Enter keeps the answer once, whether it had reached the disk or not."""
    async with acting() as actor:
        await actor.press("enter")
        actor.stand.log.failing, actor.stand.log.landing = NotConfirmed("It may be saved.", "Try again."), committed
        await actor.press("2")
        assert "Not saved yet" in actor.text
        await actor.press("enter")
        assert actor.at == "who"
        assert actor.stand.log.kinds().count(EntryKind.STEP_ANSWERED) == 1


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize("key", ["f6", "f7"])
async def test_an_interrupt_after_an_answer_whose_end_is_not_known_goes_by_the_log(committed: bool, key: str) -> None:
    """An interrupt pressed instead of a retry starts from the step that is in the log."""
    stand = a_stand()
    async with acting(stand) as actor:
        await actor.press("enter")
        stand.log.failing, stand.log.landing = NotConfirmed("It may be saved.", "Try again."), committed
        await actor.press("2", key)
        assert "Not saved yet" not in actor.text
        shown = actor.at
        assert stand.log.kinds().count(EntryKind.STEP_ANSWERED) == 1 + committed
    async with acting(a_stand(log=stand.log)) as again:
        await again.press("1", "1")
        assert again.at == shown


@pytest.mark.parametrize("committed", [True, False])
async def test_an_interrupt_waits_until_it_is_known_where_the_log_says_it_stood(committed: bool) -> None:
    """While even that can't be read, nothing moves; tried again, the interrupt still begins from there."""
    stand = a_stand()
    async with acting(stand) as actor:
        await actor.press("enter")
        stand.log.failing, stand.log.landing = NotConfirmed("It may be saved.", "Try again."), committed
        await actor.press("2")
        stand.log.undecided = NotConfirmed("The disk still does not answer.", "Try again.")
        await actor.press("f7")
        assert "Not saved yet" in actor.text
        await actor.press("enter")
        assert "Not saved yet" not in actor.text
        shown = actor.at
        assert stand.log.kinds().count(EntryKind.STEP_ANSWERED) == 1 + committed
    async with acting(a_stand(log=stand.log)) as again:
        assert again.app.home is not None
        (left,) = again.app.home.overview.unfinished if again.app.home.overview else ()
        assert left.walk.at.step == shown
        assert len(left.walk.path) == 1 + committed


@pytest.mark.parametrize("committed", [True, False])
async def test_a_close_whose_end_is_not_known_closes_once(committed: bool) -> None:
    """The answer about the words and the closing are in the log once each."""
    async with acting() as actor:
        await actor.press("enter", "f4")
        await actor.type("Two people.")
        await actor.press("enter", "f9")
        actor.stand.log.failing, actor.stand.log.landing = NotConfirmed("It may be saved.", "Try again."), committed
        await actor.press("1")
        assert "Not saved yet" in actor.text
        await actor.press("enter")
        assert isinstance(actor.app.screen, DoneScreen)
        assert actor.stand.log.kinds().count(EntryKind.ENCOUNTER_REVIEWED) == 1
        assert actor.stand.log.kinds().count(EntryKind.ENCOUNTER_CLOSED) == 1


async def test_a_log_that_does_not_open_can_be_tried_again() -> None:
    """The home screen comes first, then the error; Enter tries again, and then an encounter can start."""
    log, tries = MemoryLog(), list[int]()

    def open_desk() -> Desk:
        tries.append(1)
        if len(tries) == 1:
            raise StoreUnusable("Another kiosk has the log open.", "Close it.")
        return a_desk(log)

    async with acting(a_stand(log=log, open_desk=open_desk)) as actor:
        assert "Another kiosk has the log open." in actor.text
        await actor.press("enter")
        assert isinstance(actor.app.screen, HomeScreen)
        await actor.press("enter")
        assert "Is anyone in danger" in actor.text


ENDED = LogMustBeReplaced(
    "The key that signs the live log is not at its place.", "Put the key back.", ReplaceReason.KEY_LOST
)


def ended(*, language: str = "en", again: KioskError | None = None) -> tuple[Stand, list[str]]:
    """A kiosk whose log can't be continued until a new one was begun; the reasons for which it was."""
    log, begun = MemoryLog(), list[str]()
    logs = {1: log}

    def open_desk() -> Desk:
        if not begun or again:
            raise again if begun and again else ENDED
        return a_desk(logs.setdefault(len(begun), MemoryLog()))

    stand = a_stand(log=log, open_desk=open_desk)
    station = replace(stand.services.station, language=language)
    services = replace(
        stand.services,
        replace_log=begun.append,
        station=station,
        newest_reasons=lambda: ("It was begun.",) * bool(begun),
    )
    return replace(stand, services=services), begun


async def test_where_a_log_can_not_be_gone_on_with_one_key_begins_a_new_one() -> None:
    """The number stays visible; only a key press acts; then the desk continues, and the home screen says it."""
    stand, begun = ended()
    async with acting(stand) as actor:
        for words in (text("error.title.log"), "Put the key back.", "860-555-0100", text("trouble.new-log")):
            assert words in actor.text
        await actor.press("enter", "1", "f10", "space")
        assert begun == [], "a key that was not for it began a new log"
        assert text("trouble.new-log") in actor.text
        await actor.press("f9")
        assert begun == ["key-lost"]
        assert isinstance(actor.app.screen, HomeScreen)
        assert "It was begun." in actor.text
        await actor.press("enter")
        assert "Is anyone in danger" in actor.text


async def test_a_new_log_that_can_not_be_begun_is_told() -> None:
    """The error is shown in its place, and the key is still there."""
    stand, begun = ended(again=LogMustBeReplaced("The disk reported a fault.", "Call IT.", ReplaceReason.DAMAGED))
    async with acting(stand) as actor:
        await actor.press("f9")
        assert "The disk reported a fault." in actor.text
        assert begun == ["key-lost"]


async def test_an_encounter_that_the_log_can_not_keep_can_be_left_for_a_new_log() -> None:
    """During an encounter: its entries stay in the old log, and the desk is ready for the next person."""
    stand, begun = ended()
    begun.append("earlier")
    async with acting(stand) as actor:
        await actor.press("enter")
        stand.log.failing = LogMustBeReplaced("The log is damaged.", "Call IT.", ReplaceReason.DAMAGED)
        await actor.press("2")
        assert text("trouble.new-log") in actor.text
        await actor.press("f9")
        assert begun[1:] == ["damaged"]
        assert isinstance(actor.app.screen, HomeScreen)
        await actor.press("enter")
        assert "Is anyone in danger" in actor.text


async def test_no_new_log_is_offered_for_what_can_be_repaired() -> None:
    """A full disk is no reason, and the key does nothing then."""
    stand, begun = ended()
    begun.append("earlier")
    async with acting(stand) as actor:
        stand.log.failing = FULL
        await actor.press("enter")
        assert "The disk is full." in actor.text
        assert "new log" not in actor.text
        await actor.press("f9")
        assert begun == ["earlier"]
        await actor.press("f1")
        assert "new log" not in actor.text


async def test_enter_before_the_log_is_open_is_not_lost() -> None:
    """The press is heard, says so, and begins the encounter as soon as it can."""
    log, gate = MemoryLog(), threading.Event()

    def open_desk() -> Desk:
        assert gate.wait(20), "the test never opened the gate"
        return a_desk(log)

    app = KioskApp(a_stand(log=log, open_desk=open_desk).services)
    async with app.run_test(size=(80, 24)) as pilot:
        actor = Actor(app, pilot, a_stand())
        await pilot.pause()
        assert text("home.ask") in actor.text
        actor.send("enter")
        await pilot.pause()
        assert "One moment…" in actor.text
        gate.set()
        await actor.settle()
        assert "Is anyone in danger" in actor.text


async def test_enter_while_the_idle_screen_is_being_drawn_anew_is_not_lost() -> None:
    """The screen is drawn once more when the protocol has been read; a press that meets it half-way is told as well."""
    async with acting() as actor:
        again = HomeScreen(actor.stand.services, actor.app.status)
        again.wait(waiting=True)
        actor.app.show_screen(again)
        await actor.settle()
        assert "One moment…" in actor.text


def interrupted(log: MemoryLog) -> Stand:
    """A kiosk whose last one was cut off on the step `who`, with a fact and a note nobody may read on the way in."""
    desk = a_desk(log)
    desk.start_session()
    running = desk.open()
    from kiosk.protocol.replies import Chosen  # noqa: PLC0415  (only here)

    running = desk.answer(running, running.walk.at, Chosen("no"))
    desk.note(running, "two people in a grey car")
    return a_stand(log=log)


async def test_an_unfinished_encounter_is_offered_at_its_very_step() -> None:
    """The step's heading and nothing of what was written; it continues there, and the interruption is an entry."""
    log = MemoryLog()
    async with acting(interrupted(log)) as actor:
        assert isinstance(actor.app.screen, HomeScreen)
        assert "Who do they say they are?" in actor.text
        assert "grey car" not in actor.text
        await actor.press("1", "1")
        assert actor.at == "who"
        assert log.kinds()[-1] == EntryKind.ENCOUNTER_RESUMED
        await actor.press("1")
        assert actor.at == "call-now"


async def test_an_encounter_that_can_not_be_gone_on_with_is_told_and_a_new_one_can_begin() -> None:
    """Its protocol is gone: calm words, then home."""

    class CannotResume(Desk):
        """Its unfinished encounter can't be continued."""

        def unfinished(self) -> UnfinishedRecords:
            return UnfinishedRecords((), LOST)

    log = MemoryLog()
    stand = a_stand(log=log)
    lost = CannotResume(log, stand.clock, stand.services.station, a_desk(log).pack, pack_by_hash=lambda _: None)
    async with acting(a_stand(log=log, open_desk=lambda: lost)) as actor:
        assert "Finish it on paper." in actor.text
        await actor.press("enter")
        assert isinstance(actor.app.screen, HomeScreen)
        await actor.press("enter")
        assert "Is anyone in danger" in actor.text


async def test_an_error_in_the_program_ends_with_a_report_and_one_sentence() -> None:
    """The report gets the error itself; the exit code is 70; nothing is drawn on the visitor's screen."""
    stand = a_stand()
    app = KioskApp(stand.services)
    with pytest.raises(ZeroDivisionError):
        await broken(app)
    assert [type(error) for error in stand.crashes] == [ZeroDivisionError]
    assert app.return_code == Exit.CRASH
    assert app.farewell.startswith("The kiosk stopped")
    assert app._exit_renderables == []


async def broken(app: KioskApp) -> None:
    """Run the kiosk until something in it breaks, with words in a local variable that must not be shown."""
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()

        def breaks() -> None:
            typed = "what somebody typed"
            _ = len(typed) // 0

        app.call_later(breaks)
        await pilot.pause()


async def test_an_error_at_the_desk_is_reported_as_itself() -> None:
    """An error in the desk's thread reaches the report unwrapped."""

    def open_desk() -> Desk:
        raise RuntimeError("a slip in the program")

    stand = a_stand(open_desk=open_desk)
    with pytest.raises(Exception, match="a slip"):
        async with acting(stand):
            pass
    assert [type(error) for error in stand.crashes] == [RuntimeError]
