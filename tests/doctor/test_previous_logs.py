"""A previous log whose file was changed is reported, though the desk can be used without it."""

from __future__ import annotations

from contextlib import closing

import pytest

from kiosk.app.bootstrap import append_entry
from kiosk.doctor.check import Check, State
from kiosk.doctor.previous_logs import check_previous_logs
from kiosk.errors import ReplaceReason
from kiosk.log.archive import archived_files
from kiosk.log.log import open_reader
from kiosk.log.replace import replace_log
from kiosk.log.signing_key import checkpoint_file
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.forgeries import FORGERIES, forge
from tests.homes import encounter, replaced


def checks(home: Home) -> list[Check]:
    """Return the checks of the previous logs."""
    with closing(open_reader(home, "live")) as log:
        return [*check_previous_logs(home, log)]


def test_an_intact_previous_log_is_not_mentioned(home: Home) -> None:
    """There is one, and nothing to say about it."""
    replaced(home)
    assert archived_files(home, "live")
    assert checks(home) == []


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_previous_log_with_another_schema_is_amber(home: Home, forgery: str) -> None:
    """With what to do."""
    replaced(home)
    forge(archived_files(home, "live")[0], forgery)
    (check,) = checks(home)
    assert check.state is State.AMBER
    assert check.repair


def test_a_previous_log_that_can_not_be_read_is_amber(home: Home) -> None:
    """Another check would call it missing."""
    replaced(home)
    archived_files(home, "live")[0].write_bytes(b"noise")
    assert [check.state for check in checks(home)] == [State.AMBER]


def test_a_loss_in_a_previous_log_is_red_until_a_later_log_acknowledges_it(home: Home) -> None:
    """Whether that log is in use or was replaced meanwhile; `log history --acknowledge` asks the same."""
    clock = FixedClock()
    encounter(home)
    checkpoint_file(home, "live").unlink()
    encounter(home)
    for n in range(2):
        clock.advance(60)
        replace_log(home, "live", clock, ReplaceReason.KEY_LOST, by="setup")
        found = [check.state for check in checks(home)]
        assert found == ([] if n else [State.RED])
        append_entry(home, "live", clock, Entry(EntryKind.LOG_ACKNOWLEDGED, {}, actor=Actor.COMMAND))
        assert checks(home) == []
