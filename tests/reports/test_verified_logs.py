"""The check of every log of a home: the log of the mode, the logs before it, and whatever does not belong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pytest

from kiosk.errors import ReplaceReason, StoreUnusable
from kiosk.log.archive import archived_files
from kiosk.log.log import open_reader
from kiosk.log.replace import replace_log
from kiosk.log.signing_key import key_file, new_signer
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.verification_code import code_of
from kiosk.record.verification.checkpoint_match import Match, OutsideCopy, match
from kiosk.record.verification.verdict import Verdict
from kiosk.reports.key_sources import OwnKeys
from kiosk.reports.verification import LogReport, Report
from kiosk.reports.verified_logs import verified_file, verified_logs
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import a_home, encounter, tamper


class Steps:
    """A progress that is remembered."""

    def __init__(self) -> None:
        self.shown: list[tuple[int, int]] = []
        self.ended = 0

    def show(self, done: int, total: int) -> None:
        """Remember it."""
        self.shown.append((done, total))

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Count the end."""
        self.ended += 1


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose live log has one encounter."""
    home = a_home(tmp_path)
    encounter(home)
    return home


def checked(home: Home, *copies: OutsideCopy) -> tuple[list[LogReport], list[str]]:
    """The logs of the home, and the sentences on those that could not be read."""
    left_out: list[str] = []
    return list(verified_logs(home, "live", copies, (), left_out, lambda _: Steps())), left_out


def a_code(home: Home, size: int = 3) -> OutsideCopy:
    """The verification code of the log's first entries, at a size without a checkpoint of its own."""
    log = open_reader(home, "live")
    origin, root = log.origin, Tree().grown(list(log.leaves())[:size]).root
    log.close()
    return OutsideCopy(code_of(Checkpoint(origin, size, root)), "on paper")


def test_an_intact_log_is_verified_and_dated(home: Home) -> None:
    """Its first and its newest entry have times, and all of it is signed."""
    (log,), left_out = checked(home)
    assert (Report((log,)).verdict, left_out) == (Verdict.VERIFIED, [])
    assert log.result.size == log.result.signed == log.result.matching > 1
    assert log.first is not None
    assert log.times is not None
    assert (log.times[1], log.times[log.result.size]) == (log.first, log.last)


def test_the_roots_at_outside_copies_are_computed(home: Home) -> None:
    """A copy from before further entries still matches; without the copy, its root is not computed."""
    code = a_code(home)
    encounter(home)
    (log,), _ = checked(home, code)
    assert match(code, [log.result]).outcome is Match.MATCHES
    (without,), _ = checked(home)
    assert match(code, [without.result]).outcome is Match.UNDECIDABLE


def test_a_log_before_it_is_checked_too(home: Home) -> None:
    """The new log names it, and each of both is verified with the size that the new one cites."""
    code = a_code(home)
    replace_log(home, "live", FixedClock(), ReplaceReason.DAMAGED, by="desk")
    logs, left_out = checked(home, code)
    now, before = logs
    assert now.before is not None
    assert (now.before.origin, now.before.reason) == (before.result.origin, ReplaceReason.DAMAGED)
    assert now.cites == (before.result.origin,)
    assert before.result.roots[now.before.size] == now.before.root
    assert (Report(tuple(logs)).verdict, left_out) == (Verdict.VERIFIED, [])
    assert match(code, [log.result for log in logs]).origin == before.result.origin


def test_a_log_before_it_that_can_not_be_read_is_left_out(home: Home) -> None:
    """The log of the mode is reported all the same; the sentence begins with the name of the file."""
    replace_log(home, "live", FixedClock(), ReplaceReason.DAMAGED, by="desk")
    (old,) = archived_files(home, "live")
    old.chmod(0o600)
    old.write_bytes(b"not a database" * 100)
    logs, left_out = checked(home)
    assert (len(logs), [words.partition(":")[0] for words in left_out]) == (1, [old.name])
    assert Report(tuple(logs), left_out=tuple(left_out)).verdict is Verdict.DOES_NOT_MATCH


def a_further_copy(home: Home, source: Path) -> None:
    """A copy of the previous log beside it, as a second replacement keeps it."""
    (archived,) = archived_files(home, "live")
    shutil.copyfile(source, archived.with_name(f"{archived.stem}.copy-1.db"))


def test_a_further_copy_of_a_log_may_be_an_older_one(home: Home, tmp_path: Path) -> None:
    """It is its beginning."""
    older = Path(shutil.copyfile(home.log("live"), tmp_path / "older.db"))
    encounter(home)
    replace_log(home, "live", FixedClock(), ReplaceReason.DAMAGED, by="desk")
    a_further_copy(home, older)
    logs, left_out = checked(home)
    assert (Report(tuple(logs)).verdict, left_out) == (Verdict.VERIFIED, [])


def test_a_further_copy_with_other_entries_is_a_problem(home: Home, tmp_path: Path) -> None:
    """Two copies of one log were written to; both are intact, so only the comparison shows it."""
    twin = Home(Path(shutil.copytree(home.path, tmp_path / "twin")))
    for one in (home, twin):
        encounter(one, clock=FixedClock())
    replace_log(home, "live", FixedClock(), ReplaceReason.DAMAGED, by="desk")
    a_further_copy(home, twin.log("live"))
    logs, left_out = checked(home)
    assert (Report(tuple(logs)).verdict, left_out) == (Verdict.DOES_NOT_MATCH, [])
    assert [len(log.result.problems) for log in logs] == [0, 1]


def test_a_further_copy_that_can_not_be_read_is_not_checked(home: Home, tmp_path: Path) -> None:
    """Its entries are unknown."""
    replace_log(home, "live", FixedClock(), ReplaceReason.DAMAGED, by="desk")
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"no log")
    a_further_copy(home, broken)
    _, left_out = checked(home)
    assert len(left_out) == 1


def put_back(home: Home) -> None:
    """Put an older copy of the log into its place: three entries fewer than the kiosk remembers."""
    older = home.log("live").read_bytes()
    encounter(home)
    home.log("live").write_bytes(older)


def another_key(home: Home) -> None:
    """Put another log signing key into the place of the kiosk's own."""
    log = open_reader(home, "live")
    _, line = new_signer(log.origin)
    log.close()
    key_file(home, "live").write_text(line, "utf-8")


@pytest.mark.parametrize("change", [put_back, another_key])
def test_a_log_that_only_this_kiosk_can_refute_is_not_verified(home: Home, change: Callable[[Home], None]) -> None:
    """The file alone is consistent; the remembered checkpoint and the key of the kiosk say otherwise."""
    change(home)
    (log,), _ = checked(home)
    assert [problem.at for problem in log.result.problems] == [None]
    assert verified_file(home.log("live"), "A copy", (), OwnKeys(), lambda _: Steps()).result.verified


def test_one_file_is_checked_with_progress(home: Home, tmp_path: Path) -> None:
    """The progress reaches all entries and ends once; the file is not changed; an altered entry is found."""
    copy, steps = tmp_path / "copy.db", Steps()
    shutil.copyfile(home.log("live"), copy)
    data = copy.read_bytes()
    log = verified_file(copy, "A copy", (), OwnKeys(), lambda _: steps)
    assert (log.title, log.result.verified, copy.read_bytes() == data) == ("A copy", True, True)
    assert (steps.shown[-1], steps.ended) == ((log.result.size,) * 2, 1)
    tamper(
        home,
        lambda db: db.execute("UPDATE entry SET header = replace(header, 'answered', 'answereD') WHERE seq = 1"),
    )
    (spoiled,), _ = checked(home)
    assert spoiled.result.problems[0].at == 1


def test_a_home_without_a_log_has_nothing_to_check(tmp_path: Path) -> None:
    """The check fails instead of reporting an empty log as verified."""
    with pytest.raises(StoreUnusable):
        checked(a_home(tmp_path))
