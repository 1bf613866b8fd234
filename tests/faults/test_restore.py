"""Setting a log aside, or putting a backup back, cut off anywhere: the old log is there, or a new one cites it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from kiosk.errors import KioskError, ReplaceReason
from kiosk.log.archive import archived_files, open_history
from kiosk.log.backup import back_up
from kiosk.log.log import open_writer
from kiosk.log.replace import replace_log
from kiosk.log.swap import pending
from kiosk.log.verify import check_log
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.verification.succession import start_entry
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.faults.packs.test_install_faults import PowerCut, cut
from tests.homes import a_home, encounter

_MOST = 400


def full() -> OSError:
    """What the system says when the disk is full."""
    return OSError(28, "No space left on device")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a home whose log has an encounter, and beside it a backup of a log of another computer."""
    folder = tmp_path_factory.mktemp("before")
    home, other = a_home(folder), a_home(folder / "other")
    assert (encounter(home), encounter(other)) == ("2026-0001", "2026-0001")
    disk = folder / "disk"
    disk.mkdir()
    back_up(other, "live", disk, "A school", FixedClock().now()).folder.rename(disk / "backup")
    shutil.rmtree(other.path.parent)
    return folder


def anew(home: Home) -> None:
    """Begin a new log because the key was lost."""
    replace_log(home, "live", FixedClock(), ReplaceReason.KEY_LOST, by="desk")


def restored(home: Home) -> None:
    """Put the backup back."""
    put = list((home.path.parent / "disk" / "backup").glob("*.db"))
    assert len(put) == 1
    replace_log(home, "live", FixedClock(), ReplaceReason.RESTORED, by="restore", restored=put)


def standing(home: Home) -> tuple[bool, int]:
    """Open the log as the desk does: whether it is a new one, and how many encounters can be read."""
    log = open_writer(home, "live", FixedClock())
    new = start_entry(log) is not None
    assert new or log.encounter_ids(EntryKind.ENCOUNTER_OPENED), "a blank log started in the place of the old one"
    log.close()
    assert not pending(home, "live")
    chain = open_history(home, "live")
    assert not chain.left_out
    assert all(check_log(path).verified for path in (*archived_files(home, "live"), home.log("live")))
    assert len({one.origin for one in chain.logs}) == len(chain.logs)
    assert new or len(chain.logs) == 1
    found = len(chain.encounter_ids(EntryKind.ENCOUNTER_OPENED))
    chain.close()
    return new, found


@pytest.mark.parametrize(
    "kind", [pytest.param(PowerCut, id="power"), pytest.param(full, id="full", marks=pytest.mark.long)]
)
@pytest.mark.parametrize(("work", "encounters"), [(anew, 1), (restored, 2)], ids=["anew", "restored"])
def test_cut_off_at_any_operation_nothing_is_lost_and_nothing_is_blank(
    before: Path, tmp_path: Path, work: Callable[[Home], None], encounters: int, kind: Callable[[], BaseException]
) -> None:
    """At every one of them in turn; whoever opens the log next finishes it; and the same work then goes through."""
    seen = []
    for at in range(1, _MOST):
        folder = tmp_path / str(at)
        shutil.copytree(before, folder)
        home = Home(folder / "home")
        with cut(at, kind) as found, suppress(PowerCut, KioskError, OSError):
            work(home)
        seen.append(standing(home))
        if found.count < at:
            break
        shutil.rmtree(folder)
    assert len(seen) > 20, "there were no operations that could be cut off"
    assert (seen[0], seen[-1]) == ((False, 1), (True, encounters))
    assert set(seen) == {(False, 1), (True, encounters)}
    # A single failure may be one that does no harm; a cut is final, so later ones leave more.
    assert kind is full or seen == sorted(seen), "once the new log was in place, the old one came back"
    work(home)
    assert encounter(home).startswith("2026-")
