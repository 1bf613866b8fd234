"""Start of the full-screen kiosk: paint the first screen before reading anything, then load the rest.

Separate from `bootstrap`, whose imports (protocol reader, log) take longer than the paint.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from kiosk.app.sending import Sending
from kiosk.app.waiting_bundle import WaitingBundle
from kiosk.desk.station import Station
from kiosk.errors import KioskError
from kiosk.i18n.strings import text
from kiosk.presentation.review import Reviewer
from kiosk.presentation.services import Renewal, Services
from kiosk.protocol.site.people import Contacts
from kiosk.screens.app import KioskApp
from kiosk.screens.base_app import BaseApp
from kiosk.settings import Home, Mode, Settings
from kiosk.system import lifecycle, terminal
from kiosk.system.clock import Clock, SystemClock
from kiosk.voice.speaker import Speaker

_TURN_S: Final = 0.0005
"""Thread switch interval in seconds: short, so that a background thread does not delay a frame."""


def run_kiosk(home: Home, settings: Settings, *, practice: bool, environ: Mapping[str, str] = os.environ) -> int:
    """Open the full-screen kiosk and return its exit code. Raises KioskError before the screen is taken."""
    _require_terminal(environ)
    clock = SystemClock()
    sending, bundle = Sending(home), None if practice else WaitingBundle(home, clock)
    services = first_services(home, settings, practice=practice, clock=clock, bundle=bundle)
    sending.start()
    if bundle is not None:
        bundle.start()
    try:
        return _run(KioskApp(services), settings)
    finally:
        if bundle is not None:
            bundle.close()
        sending.close()


def run_review(
    home: Home, settings: Settings, mode: Mode, file: Path | None, environ: Mapping[str, str] = os.environ
) -> int:
    """Open the review and return its exit code; file: a log file instead of the home's logs.

    Raises KioskError before the screen is taken.
    """
    from kiosk.app import bootstrap  # noqa: PLC0415 - the log, only here
    from kiosk.app.people import LogDoorkeeper, Unwatched  # noqa: PLC0415 - likewise
    from kiosk.screens.review.app import ReviewApp  # noqa: PLC0415 - only here

    _require_terminal(environ)
    clock = SystemClock()
    reads = reviewer(home, mode, clock, file)
    reads.counts()  # an unreadable log is reported before the screen is taken
    services = first_services(home, settings, practice=mode == "practice", clock=clock)
    doorkeeper = None
    if mode == "live" or file is not None:  # a file may be a live log
        enter = partial(bootstrap.enter, home, "live", clock)
        reads_for = partial(reviewer, home, mode, clock, file)
        doorkeeper = LogDoorkeeper(home, clock, reads_for, enter, "review", bootstrap.is_closed_to_all)
        doorkeeper.people()
        reads = Unwatched(reads, home)
    return _run(ReviewApp(replace(services, read_s=0, load=None, doorkeeper=doorkeeper), reads), settings)


def _require_terminal(environ: Mapping[str, str]) -> None:
    why_not = terminal.why_unusable(environ, terminal.streams_are_terminals())
    if why_not is not None:
        raise KioskError(why_not)


def _run(app: BaseApp, settings: Settings) -> int:
    """Run the app in this terminal and return its exit code.

    The handlers set here for signals, thread errors and library output stay until the process ends. The terminal is
    restored in every case.
    """
    found = terminal.Terminal.found()
    lifecycle.silence_logging()
    sys.setswitchinterval(_TURN_S)
    cut_off = text("farewell.cut-off", settings.language)

    def restore(words: str = "") -> None:
        app.abandon_terminal()
        found.restore(words)

    signals = lifecycle.install_signals(app.leave, cut_off=lambda: restore(f"{cut_off}\n"))
    app.ending = signals.ending
    threading.excepthook = lambda thread: app.broke(thread.exc_value or RuntimeError())
    sys.unraisablehook = lambda _: None  # the default prints a traceback
    try:
        app.run()
    except BaseException as error:  # an error while ending, or a stray SystemExit
        app.broke(error)
    if app.holds_terminal:
        restore()
    app.services.speaker.close()
    if app.farewell:
        with contextlib.suppress(OSError):
            print(app.farewell, file=sys.stderr)  # noqa: T201 - the terminal is ours again
    lifecycle.flush_or_forget(sys.stdout, sys.stderr)
    return app.exit_code


def first_services(
    home: Home, settings: Settings, *, practice: bool, clock: Clock, bundle: WaitingBundle | None = None
) -> Services:
    """Return the services for the first paint: the school's name and the clock. Their `load` reads the rest.

    bundle: looks for what the district sends; None for a kiosk that installs nothing.
    """
    speaker, hide_after_s = make_speaker(settings), settings.hide_after * 60

    def load() -> Services:
        from kiosk.app.bootstrap import desk_of, is_closed_to_all  # noqa: PLC0415 - the log, after the first paint
        from kiosk.app.people import LogDoorkeeper, Unwatched  # noqa: PLC0415 - likewise

        force, station, opener = desk_of(home, settings, practice=practice, clock=clock)
        reads_for = partial(reviewer, home, force.mode, clock, None)
        live = LogDoorkeeper(home, clock, reads_for, opener.enter, "desk", is_closed_to_all)

        def for_anybody() -> Reviewer:
            reads = reviewer(home, force.mode, clock)
            return Unwatched(reads, home) if force.mode == "live" else reads

        return Services(
            station=station,
            clock=clock,
            speaker=speaker,
            reasons=(*force.reasons, *force.warnings),
            theme=settings.theme,
            open_desk=opener.open,
            close_log=opener.close,
            crash=crash,
            newest_reasons=opener.reasons,
            newest_station=opener.newest_station,
            hide_after_s=hide_after_s,
            replace_log=opener.replace_log,
            attend=opener.attend,
            reviewer=for_anybody,
            doorkeeper=live if force.mode == "live" else None,
            log_in_ends_after_s=settings.log_in_ends_after * 60,
            renewal=Renewal(bundle.ready, bundle.install, load) if bundle is not None else None,
        )

    def crash(error: BaseException) -> object:
        return lifecycle.crash_report(error, home.reports, clock)

    def not_yet() -> None:
        """Do nothing: no log is open before `load`."""

    mode: Mode = "practice" if practice else "live"
    return Services(
        station=Station(settings.school, settings.desk, mode, Contacts("", {}), settings.language),
        clock=clock,
        speaker=speaker,
        reasons=(),
        theme=settings.theme,
        open_desk=lambda: load().open_desk(),
        close_log=not_yet,
        crash=crash,
        load=load,
        hide_after_s=hide_after_s,
        log_in_ends_after_s=settings.log_in_ends_after * 60,
    )


def reviewer(home: Home, mode: Mode, clock: Clock, file: Path | None = None, by: str = "") -> Reviewer:
    """Return what reads the log for administrators. by: the person who logged in; empty for nobody."""
    from kiosk.app.review import LogReview  # noqa: PLC0415 - the reports, only for administrators

    return LogReview(home, mode, clock, file, by)


def make_speaker(settings: Settings) -> Speaker:
    """Return the speaker, or a silent one when the voice is off."""
    if settings.speech == "off":
        from kiosk.voice.silent import SilentSpeaker  # noqa: PLC0415 - one of two

        return SilentSpeaker()
    from kiosk.voice.process import ProcessSpeaker  # noqa: PLC0415 - one of two

    return ProcessSpeaker()
