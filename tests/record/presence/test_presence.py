"""Presence: unconfirmed, then confirmed or false; a notice only after a confirmation, and an all clear after that."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.errors import Refused
from kiosk.record.entries import Actor, encode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.presence.changes import Change, changed
from kiosk.record.presence.entries import (
    approving,
    change_in,
    changing,
    message_in,
    next_number,
    presence_in,
    presences_in,
    reporting,
)
from kiosk.record.presence.presence import (
    ApprovedMessage,
    Audience,
    Clearance,
    Confirmation,
    LearnedFrom,
    MessageUse,
    Notice,
    PlaceSeen,
    Presence,
    PresenceState,
    Refutation,
)
from kiosk.system.clock import FixedClock
from tests.fakes import MemoryLog
from tests.searching import examples

AT: Final = FixedClock().now()
SEEN: Final = "2026-11-30 10:42"
BY: Final = "Dana Ruiz"
HERE: Final = ApprovedMessage("event-0", "here", MessageUse.NOTICE, "Agents are on site.", BY, AT)
LEFT: Final = ApprovedMessage("event-1", "left", MessageUse.CLEAR, "They have left.", BY, AT)
MESSAGES: Final = {one.event_id: one for one in (HERE, LEFT)}
RUMOR: Final = Presence("event-2", "S-2026-0001", AT, PlaceSeen.STREET, LearnedFrom.FAMILY, SEEN, "", BY)
CONFIRM: Final = Confirmation(AT, BY, "Lee Novak", PlaceSeen.ENTRANCE, SEEN)
FALSE: Final = Refutation(AT, BY, "A delivery van")
NOTICE: Final = Notice(AT, BY, HERE.event_id, (Audience.FAMILIES, Audience.STAFF))
CLEAR: Final = Clearance(AT, BY, LEFT.event_id, (Audience.FAMILIES, Audience.STAFF))
QUIET: Final = Clearance(AT, BY, reason="They left before")


def after(*changes: Change) -> Presence:
    """The report after these changes."""
    found = RUMOR
    for change in changes:
        found = changed(found, change, MESSAGES)
    return found


POSSIBLE: Final[dict[PresenceState, tuple[Presence, dict[PresenceState, Change]]]] = {
    PresenceState.UNCONFIRMED: (RUMOR, {PresenceState.CONFIRMED: CONFIRM, PresenceState.FALSE: FALSE}),
    PresenceState.CONFIRMED: (
        after(CONFIRM),
        {PresenceState.NOTIFIED: NOTICE, PresenceState.CLEARED: QUIET, PresenceState.FALSE: FALSE},
    ),
    PresenceState.NOTIFIED: (after(CONFIRM, NOTICE), {PresenceState.NOTIFIED: NOTICE, PresenceState.CLEARED: CLEAR}),
    PresenceState.CLEARED: (after(CONFIRM, NOTICE, CLEAR), {}),
    PresenceState.FALSE: (after(FALSE), {}),
}
"""For each state a report in it, and each possible change with the state that it leads to."""


@pytest.mark.parametrize("state", PresenceState)
@pytest.mark.parametrize("change", [CONFIRM, FALSE, NOTICE, CLEAR, QUIET], ids=lambda one: type(one).__name__)
def test_what_can_follow_what(state: PresenceState, change: Change) -> None:
    """Every other pair is refused with a sentence and a repair, and nothing is written."""
    before, possible = POSSIBLE[state]
    assert before.state is state
    if change in possible.values():
        (wanted,) = (to for to, one in possible.items() if one == change)
        assert changed(before, change, MESSAGES).state is wanted
    else:
        with pytest.raises(Refused) as refused:
            changing(before, change, MESSAGES)
        assert refused.value.repair


@pytest.mark.parametrize(
    ("before", "change"),
    [
        (after(CONFIRM), replace(NOTICE, message=LEFT.event_id)),
        (after(CONFIRM), replace(NOTICE, message="nobody's")),
        (after(CONFIRM), replace(NOTICE, audiences=())),
        (after(CONFIRM), replace(QUIET, reason="")),
        (after(CONFIRM), replace(QUIET, audiences=(Audience.STAFF,))),
        (after(CONFIRM, NOTICE), replace(CLEAR, message=HERE.event_id)),
        (after(CONFIRM, NOTICE), replace(CLEAR, audiences=(Audience.STAFF,))),
        (after(CONFIRM, NOTICE), QUIET),
        (RUMOR, replace(FALSE, reason="")),
    ],
)
def test_a_message_must_be_approved_for_its_use_and_reach_everybody(before: Presence, change: Change) -> None:
    """Who got the notice gets the all clear; where none was sent, somebody says why."""
    with pytest.raises(Refused):
        changed(before, change, MESSAGES)


AUDIENCES: Final = st.lists(st.sampled_from(Audience), unique=True, max_size=3).map(tuple)
CHANGES: Final = st.one_of(
    st.just(CONFIRM),
    st.sampled_from(["", "A van"]).map(lambda why: replace(FALSE, reason=why)),
    st.tuples(st.sampled_from([*MESSAGES, "x"]), AUDIENCES).map(lambda of: Notice(AT, BY, *of)),
    st.tuples(st.sampled_from([*MESSAGES, ""]), AUDIENCES, st.sampled_from(["", "Why"])).map(
        lambda of: Clearance(AT, BY, *of)
    ),
)


@settings(max_examples=examples(300))
@given(changes=st.lists(CHANGES, max_size=8))
def test_whatever_is_tried_it_only_moves_forward(changes: list[Change]) -> None:
    """Nothing follows an end, no notice comes before a confirmation; what the log has reads back the same."""
    order, found = list(PresenceState), RUMOR
    written = [approving(HERE), approving(LEFT), reporting(RUMOR)]
    for change in changes:
        try:
            then = changed(found, change, MESSAGES)
        except Refused:
            continue
        assert found.end is None
        assert order.index(then.state) >= order.index(found.state)
        assert then.confirmation is not None or not then.notices
        written.append(changing(found, change, MESSAGES))
        found = then
    if isinstance(found.end, Clearance):
        assert set(found.notified) <= set(found.end.audiences)
    log = MemoryLog()
    log.append(
        [encode(entry, origin=log.origin, seq=n, event_id=f"event-{n}", at=AT) for n, entry in enumerate(written)]
    )
    read = presences_in([log])
    assert (read.reports, dict(read.messages)) == ((found,), MESSAGES)


def test_a_report_has_no_text_but_names() -> None:
    """So it can't say anything about a student or a family; every other value is a choice, a number or a time."""
    body = reporting(RUMOR).body
    assert set(body) == {"no", "place", "source", "seen", "record", "by"}
    assert (reporting(RUMOR).encounter_id, reporting(RUMOR).actor) == (None, Actor.COMMAND)


def test_the_message_approved_last_under_a_name_is_the_one() -> None:
    """The earlier words stay in the log, and a notice cites the very approval."""
    log = MemoryLog()
    entries = [approving(HERE), approving(replace(HERE, text="Other words."))]
    log.append([encode(one, origin=log.origin, seq=n, event_id=f"e{n}", at=AT) for n, one in enumerate(entries)])
    known = presences_in([log])
    found = known.message("here")
    assert found is not None
    assert (found.event_id, found.text) == ("e1", "Other words.")
    assert known.message("left") is None


def test_numbers_follow_the_highest_of_the_year() -> None:
    """Practice has its own."""
    taken = [replace(RUMOR, no=no) for no in ("S-2026-0003", "S-2025-0009")]
    assert (next_number(taken, "live", 2026), next_number([], "practice", 2026)) == ("S-2026-0004", "P-S-2026-0001")


@pytest.mark.parametrize(
    "other",
    [
        {"no": "R-2026-0001"},
        {"place": "the family at Main Street"},
        {"source": None},
        {"seen": "2026-11-30"},
        {"seen": "2026-02-30 10:42"},
        {"seen": 7},
        {"record": 7},
        {"record": ""},
        {"by": ""},
    ],
)
def test_a_report_that_does_not_read_is_refused(other: dict[str, Any]) -> None:
    """Whatever program sends it: free words in place of a choice too."""
    presence_in(reporting(RUMOR).body, AT)
    with pytest.raises(Refused):
        presence_in({**reporting(RUMOR).body, **other}, AT)


@pytest.mark.parametrize("other", [{"message": "Here!"}, {"use": "warning"}, {"text": ""}, {"by": None}])
def test_a_message_that_does_not_read_is_refused(other: dict[str, Any]) -> None:
    """Likewise."""
    message_in(approving(HERE).body, AT)
    with pytest.raises(Refused):
        message_in({**approving(HERE).body, **other}, AT)


@pytest.mark.parametrize(
    ("kind", "other"),
    [
        (EntryKind.PRESENCE_CONFIRMED, {"place": "street", "seen": SEEN}),
        (EntryKind.PRESENCE_CONFIRMED, {"place": "street", "seen": "now", "confirmed_by": BY}),
        (EntryKind.PRESENCE_REFUTED, {"reason": 7}),
        (EntryKind.PRESENCE_NOTIFIED, {"message": "e", "audiences": ["Robin Example"]}),
        (EntryKind.PRESENCE_NOTIFIED, {"message": "e", "audiences": ["staff", "staff"]}),
        (EntryKind.PRESENCE_NOTIFIED, {"message": "e", "audiences": "staff"}),
        (EntryKind.PRESENCE_CLEARED, {"message": None, "audiences": [], "reason": "Why"}),
        (EntryKind.SESSION_ENDED, {}),
    ],
)
def test_a_change_that_does_not_read_is_refused(kind: EntryKind, other: dict[str, Any]) -> None:
    """A name in place of a group too."""
    with pytest.raises(Refused):
        change_in(kind, {"by": BY, **other}, AT)
