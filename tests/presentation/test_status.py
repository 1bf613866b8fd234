"""The content of the bar: the desk's name, the time, and how long a record has been open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.i18n.strings import languages, text
from kiosk.presentation.status import clock_time, desk_name, school_name, seconds_between
from kiosk.system.clock import Instant
from tests.screens.acting import a_stand


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("written", languages())
def test_a_desk_with_the_usual_name_is_called_so_in_every_language(language: str, written: str) -> None:
    """Whichever language it was set up in; a name of its own stays."""
    services = a_stand().services
    usual = replace(services, station=replace(services.station, desk=text("desk.usual", written)))
    assert desk_name(usual, language) == text("desk.usual", language)
    assert desk_name(replace(services, station=replace(services.station, desk="North door")), language) == "North door"


@pytest.mark.parametrize("language", languages())
def test_a_school_without_a_name_is_called_this_school(language: str) -> None:
    """In the reader's language; its own name stays."""
    services = a_stand().services
    unnamed = replace(services, station=replace(services.station, school=""))
    assert school_name(unnamed, language) == text("school.usual", language)
    assert school_name(services, language) == "Lincoln Elementary"


def test_the_time_is_of_the_school_and_the_reader() -> None:
    """Of now, or of another moment."""
    services = a_stand().services
    assert clock_time(services) == "10:42 AM"
    assert clock_time(services, language="es") == "10:42 a. m."
    assert clock_time(services, services.clock.now().wall_us + 60_000_000) == "10:43 AM"


def test_the_time_between_is_by_the_clock_nobody_sets() -> None:
    """Where both are of one run of the machine; never negative."""
    start = Instant(1_000_000, "a", 5_000_000_000)
    assert seconds_between(start, Instant(0, "a", 8_500_000_000)) == 3
    assert seconds_between(start, Instant(4_000_000, "b", 0)) == 3
    assert seconds_between(start, Instant(0, "b", 0)) == 0
