"""Presence in the logs: what may be entered, whoever writes it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from kiosk.app.bootstrap import append_entry
from kiosk.errors import Refused, ReplaceReason
from kiosk.log.acts.presence import all_presences
from kiosk.log.archive import open_history
from kiosk.log.intake.checks import require_enterable
from kiosk.log.replace import replace_log
from kiosk.privacy.guard import PrivateText
from kiosk.record.entries import Entry
from kiosk.record.presence.changes import changed
from kiosk.record.presence.entries import Presences, approving, changing, reporting
from kiosk.record.presence.presence import (
    ApprovedMessage,
    Audience,
    Confirmation,
    LearnedFrom,
    MessageUse,
    Notice,
    PlaceSeen,
    Presence,
    Refutation,
)
from kiosk.settings import Home
from kiosk.system.clock import FixedClock, SystemClock
from tests.homes import encounter

AT = FixedClock().now()
RUMOR = Presence(
    "", "S-2026-0001", AT, PlaceSeen.STREET, LearnedFrom.STAFF, "2026-11-30 10:42", "2026-0001", "Dana Ruiz"
)
MESSAGE = ApprovedMessage("", "here", MessageUse.NOTICE, "They are here.", "A. Example", AT)
FALSE = Refutation(AT, "Dana Ruiz", "A delivery van")


@pytest.fixture
def home(home: Home) -> Home:
    """A home with a record, a report about it, and a message."""
    encounter(home)
    append_entry(home, "live", SystemClock(), reporting(RUMOR), approving(MESSAGE))
    return home


def known(home: Home) -> Presences:
    """What the logs have."""
    with closing(open_history(home, "live")) as log:
        return all_presences(log)


def test_what_fits_the_state_may_be_entered_and_only_once(home: Home) -> None:
    """In one message too, and after the log was replaced: the message of a previous log is still approved."""
    (report,), messages = known(home)
    (message,) = messages.values()
    sure, sent = (
        Confirmation(AT, "Dana Ruiz", "Lee Novak", PlaceSeen.STREET, report.seen),
        Notice(AT, "Dana Ruiz", message.event_id, (Audience.STAFF,)),
    )
    confirm = changing(report, sure, messages)
    notice = changing(changed(report, sure, messages), sent, messages)
    require_enterable(home, "live", [confirm, notice])
    for wrong in ([notice], [confirm, confirm], [notice, confirm]):
        with pytest.raises(Refused):
            require_enterable(home, "live", wrong)
    replace_log(home, "live", SystemClock(), ReplaceReason.KEY_LOST, by="setup")
    require_enterable(home, "live", [confirm, notice])


def test_what_cites_nothing_is_refused(home: Home) -> None:
    """A report that is not there, or with another number; a number that was used; a record that is not there."""
    (report,), messages = known(home)
    wrong: list[Entry] = [
        changing(replace(report, id="nobody's"), FALSE, messages),
        changing(replace(report, no="S-2026-0007"), FALSE, messages),
        reporting(RUMOR),
        reporting(replace(RUMOR, no="S-2026-0002", record="2026-0099")),
    ]
    for entry in wrong:
        with pytest.raises(Refused):
            require_enterable(home, "live", [entry])


def test_private_text_is_refused(home: Home) -> None:
    """In a message, a reason, a name, and in a value that nobody knows; a surname passes as a name."""
    (report,), messages = known(home)
    false, message = changing(report, FALSE, messages), approving(MESSAGE)
    confirm = changing(report, Confirmation(AT, "D. Ruiz", "Ms. Asylum", PlaceSeen.STREET, report.seen), messages)
    require_enterable(home, "live", [confirm])
    for entry, name in (
        (message, "text"),
        (false, "reason"),
        (false, "by"),
        (false, "more"),
        (confirm, "confirmed_by"),
    ):
        with pytest.raises(PrivateText):
            require_enterable(home, "live", [replace(entry, body={**entry.body, name: "SSN 123-45-6789"})])
