"""What the log holds beside encounters reads as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from kiosk.record import kinds as h
from kiosk.record.entries import Kept
from kiosk.reports.events import sentence
from kiosk.system.clock import Instant

_PACK = {"id": "small", "version": "2026.1", "seal": "ab"}
TOLD: list[tuple[str, Mapping[str, Any], str]] = [
    (h.SESSION_STARTED, {"before": "ended"}, "The kiosk was opened."),
    (h.SESSION_STARTED, {"before": "cut-off"}, "The kiosk was opened. The session before it was cut off."),
    (
        h.SESSION_STARTED,
        {"before": "ended", "clock": {"state": "synchronized", "error_us": 16_000}},
        "The kiosk was opened. The system vouched for its clock, to within 0.016 seconds.",
    ),
    (
        h.SESSION_STARTED,
        {"before": "cut-off", "clock": {"state": "not-synchronized", "error_us": None}},
        "The kiosk was opened. The session before it was cut off. The system did not vouch for its clock.",
    ),
    (
        h.SESSION_STARTED,
        {"before": "none", "clock": {"state": "unknown", "error_us": None}},
        "The kiosk was opened. Whether its clock was right could not be asked.",
    ),
    (
        h.CLOCK_STEPPED,
        {"by_us": -7_000_000, "at_least": True},
        "While the computer was off, its clock was set back by 7 seconds or more.",
    ),
    (h.SESSION_ENDED, {}, "The kiosk was closed."),
    (
        h.CALL_MADE,
        {"role": "office", "person": 0, "name": "Lee Novak", "result": "reached", "by": "Dana Ruiz"},
        "A call to office (Lee Novak) was added: reached, by Dana Ruiz.",
    ),
    (
        h.CALL_MADE,
        {"role": "office", "name": "office", "result": "no-answer"},
        "A call to office was added: no-answer.",
    ),
    (h.COMPLETED, {}, "Nothing is left to do for the record."),
    (h.CLOCK_STEPPED, {"by_us": -3_600_000_000}, "The clock was set by -3600 seconds."),
    (
        h.EXPORTED,
        {"format": "csv", "level": "full", "count": 2, "for": None},
        "Records left as csv, level full: 2 encounters.",
    ),
    (
        h.EXPORTED,
        {"format": "bundle", "level": "public", "count": 1, "for": "A. Reader"},
        "Records left as bundle, level public, for A. Reader: 1 encounter.",
    ),
    (h.PACK_KEPT, {**_PACK, "content": "{}"}, "The words of small 2026.1 are kept here."),
    (
        h.PACK_REJECTED,
        {**_PACK, "why": "altered", "instead": "cd"},
        "small 2026.1 was refused: it was changed after it was approved; seal cd ran instead.",
    ),
    (
        h.PACK_REJECTED,
        {**_PACK, "version": "", "why": "unreadable", "by": "install"},
        "small was refused: it can't be read, or is not there; at the install.",
    ),
    (
        h.PACK_REJECTED,
        {**_PACK, "why": ["altered"], "instead": 7},
        "small 2026.1 was refused: ['altered']; seal 7 ran instead.",
    ),
    (h.PACK_OVERDUE, {**_PACK, "review_by": "2027-06-30"}, "small 2026.1 ran past its review date, 2027-06-30."),
    (h.KEY_FIXED, {"before": "", "now": "k"}, "The superintendent's key was fixed: k."),
    (h.KEY_REPLACED, {"before": "j", "now": "k"}, "The superintendent's key was replaced: j by k."),
    (
        h.AMENDED,
        {"no": "2026-0001", "was.text": "a", "text": "b", "by": "Dana Ruiz", "reason": "Misread"},
        "A correction (the note) was added to the closed record 2026-0001 by Dana Ruiz. Reason: Misread",
    ),
    (
        h.AMENDED,
        {"no": "2026-0001", "addition": "b", "by": "Dana Ruiz", "reason": "Forgotten"},
        "Something was added to the closed record 2026-0001 by Dana Ruiz. Reason: Forgotten",
    ),
    (
        h.HOLD_PLACED,
        {"no": "2026-0001", "reason": "A suit", "by": "C. Counsel", "matter": "Doe v. Town"},
        "A hold (Doe v. Town) was placed on 2026-0001 by C. Counsel. Reason: A suit",
    ),
    (
        h.HOLD_RELEASED,
        {"no": "2026-0001", "reason": "Settled", "by": "C. Counsel", "matter": "", "hold": "id"},
        "A hold on 2026-0001 was released by C. Counsel. Reason: Settled",
    ),
    (
        h.RETENTION_MARKED,
        {"category": "gone", "keep": "3 years", "authority": "A schedule", "by": "A. Ruiz"},
        "Set by A. Ruiz: records that ended as gone are kept 3 years. Authority: A schedule",
    ),
    (
        h.PURGED,
        {"no": "2026-0001", "values": 7, "by": "Dana Ruiz", "authorisation": "RC-075 1"},
        "7 values of 2026-0001 were let go by Dana Ruiz under RC-075 1.",
    ),
    (
        h.PURGE_REFUSED,
        {"no": "2026-0001", "why": "on-hold", "by": "Dana Ruiz", "authorisation": ""},
        "Dana Ruiz asked to let 2026-0001 go, and was refused: it is on hold.",
    ),
    (h.PURGE_REFUSED, {"why": ["x"]}, "(withheld) asked to let (withheld) go, and was refused: ['x']."),
    ("thing.of-tomorrow", {"a": 1}, "thing.of-tomorrow. a: 1"),
    (h.SESSION_STARTED, {}, "The kiosk was opened."),
    (h.CLOCK_STEPPED, {}, "The clock was set."),
    (h.KEY_REPLACED, {}, "The superintendent's key was replaced: (withheld) by (withheld)."),
]


@pytest.mark.parametrize(("kind", "body", "words"), TOLD)
def test_what_happened_is_said_in_words(kind: str, body: Mapping[str, Any], words: str) -> None:
    """Also when a value was destroyed or is none that the kiosk writes, or the kind is one of a newer version."""
    kept = Kept(7, "id", kind, None, None, "kiosk", None, Instant(0, "boot", 0), body)
    assert sentence(kept) == words


def test_an_amendment_whose_values_were_let_go_still_says_of_what_kind_it_was() -> None:
    """The names of values stay; what they said does not."""
    gone = ("by", "no", "reason", "field.badge", "was.field.badge")
    kept = Kept(7, "id", h.AMENDED, "enc", None, "command", None, Instant(0, "boot", 0), {}, gone)
    told = "A correction (badge) was added to the closed record (withheld) by (withheld). Reason: (withheld)"
    assert sentence(kept) == told
