"""The logs are checked from the screen, alone or against a code from paper; nothing is entered."""

from __future__ import annotations

from contextlib import closing

import pytest

from kiosk.app.acts.verification import verify_offer
from kiosk.errors import UsageError
from kiosk.log.archive import open_history
from kiosk.record.transparency.verification_code import code_of
from kiosk.settings import Home
from tests.app.acts.copies.answering import acts_of, done, walked
from tests.homes import encounter, tamper


def _entries(home: Home) -> int:
    with closing(open_history(home, "live")) as log:
        return log.logs[-1].size()


def test_an_intact_log_is_shown_with_what_is_not_proven(home: Home) -> None:
    """The check shows how far it is, and enters nothing."""
    encounter(home)
    before, seen = _entries(home), list[tuple[int, int]]()
    shown = done(verify_offer(acts_of(home)), {"what": "log"}, lambda at, total: seen.append((at, total)))
    assert shown.title.startswith("NOT PROVEN")
    assert seen[-1] == (before, before)
    assert _entries(home) == before


def test_a_changed_log_is_named_first(home: Home) -> None:
    """The first line is the verdict."""
    encounter(home)
    tamper(home, lambda log: log.execute("UPDATE entry SET header = replace(header, 'answered', 'answereD')"))
    assert done(verify_offer(acts_of(home)), {"what": "log"}).title.startswith("DOES NOT MATCH")


def test_a_code_from_paper_is_compared(home: Home) -> None:
    """The answer is about this code."""
    encounter(home)
    with closing(open_history(home, "live")) as log:
        code = code_of(log.logs[-1].newest_checkpoint()).text
    encounter(home)
    shown = done(verify_offer(acts_of(home)), {"what": "code", "code": code})
    assert "Outside copies" in [line.strip() for line in shown.lines]


def test_a_mistyped_code_is_refused_where_it_was_typed(home: Home) -> None:
    """Nothing is checked then."""
    encounter(home)
    with pytest.raises(UsageError):
        walked(verify_offer(acts_of(home)), {"what": "code", "code": "FOK1:nothing"})
