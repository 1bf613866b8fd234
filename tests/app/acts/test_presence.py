"""Presence at the review screens, from a rumor to the all clear, and what is refused on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.app.acts.entering import Acts
from kiosk.app.acts.presence import offers_of, presence_offers
from kiosk.errors import Refused, UsageError
from kiosk.log.acts.presence import all_presences
from kiosk.presentation.acts import Group, Offer
from kiosk.privacy.guard import PrivateText
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.roles import Right
from kiosk.record.presence.presence import Clearance, Presence, PresenceState, Refutation
from kiosk.system.clock import FixedClock
from tests.app.acts.walk import done, offer, walk
from tests.homes import a_home, encounter
from tests.keeping import said

BY = {"by": "Dana Ruiz"}
NO = "S-2026-0001"
SEEN = {"place": "street", "seen": "2026-01-05 10:42", "source": "family", "record": "", **BY}
CONFIRMED = {
    "place": "entrance",
    "seen": "2026-01-05 10:50",
    "confirmed_by": "Lee Novak",
    **BY,
}
HERE = {"use": "notice", "text": "Agents of the government are at our school.", "name": "here", "by": "A. Example"}
LEFT = {"use": "clear", "text": "They have left.", "name": "left", "by": "A. Example"}


@pytest.fixture
def acts(tmp_path: Path) -> Acts:
    """A home with one record, both messages, and an unconfirmed report."""
    home = a_home(tmp_path)
    encounter(home)
    acts = Acts(home, "live", FixedClock())
    for message in (HERE, LEFT):
        _done(acts, "approve", message)
    _done(acts, "report", SEEN)
    return acts


def _done(acts: Acts, name: str, answers: dict[str, str]) -> str:
    return done(_offer(acts, name), answers)


def _offer(acts: Acts, name: str) -> Offer:
    """An act beyond a single report, or one about the newest report."""
    first = presence_offers(acts)
    return offer(
        first if name in {"report", "approve"} else [*first, *offers_of(acts, _report(acts))], f"presence.{name}"
    )


def _messages(acts: Acts) -> dict[str, str]:
    """The ids of the approved messages, by name."""
    with acts.reading() as log:
        return {one.name: event_id for event_id, one in all_presences(log).messages.items()}


def _report(acts: Acts) -> Presence:
    """The newest report."""
    with acts.reading() as log:
        return all_presences(log).reports[-1]


def _sent(acts: Acts, message: str, *groups: str) -> dict[str, str]:
    """The answers that this message was sent to these groups."""
    to = {f"to-{n}": group for n, group in enumerate((*groups, "+all"), 1)}
    return {"message": _messages(acts)[message], **to, **BY}


def test_a_report_is_entered_by_choices_and_a_minute(acts: Acts) -> None:
    """The minute is that of now at first; a record that it belongs to must be there."""
    act = _offer(acts, "report")
    assert (act.right, act.group) == (Right.PRESENCE, Group.PRESENCE)
    assert walk(act, {"place": "bus"}).question.value == f"{FixedClock().now().local():%Y-%m-%d %H:%M}"
    walked = walk(act, SEEN | {"record": "2026-0001"})
    assert walked.asked == ["place", "seen", "source", "record", "by"]
    assert walked.preview.lines == [
        "Report of presence: S-2026-0002",
        "Where: on a street next to the school",
        "Seen: 2026-01-05 10:42",
        "How it was learned: reported by a family",
        "Record: 2026-0001",
        "By: Dana Ruiz",
    ]
    for wrong in ({"seen": "noon"}, {"seen": "2030-01-01 10:00"}, {"record": "2026-9999"}):
        with pytest.raises(UsageError):
            walk(act, SEEN | wrong)


def test_a_rumor_becomes_a_notice_and_an_all_clear(acts: Acts) -> None:
    """Everybody who got the notice gets the second message without being named again."""
    _done(acts, "confirm", CONFIRMED)
    assert _report(acts).state is PresenceState.CONFIRMED
    notice = walk(_offer(acts, "notice"), _sent(acts, "here", "staff", "families"))
    assert notice.asked == ["message", "to-1", "to-2", "to-3", "by"]
    assert notice.preview.lines == [
        f"Report of presence: {NO}",
        "Message: here",
        f"Words: {HERE['text']}",
        "Who got it: families, teachers and staff",
        "By: Dana Ruiz",
    ]
    notice.preview.do(lambda *_: None)
    clear = _sent(acts, "left", "families", "staff")
    walked = walk(_offer(acts, "clear"), clear | {"to-3": "board", "to-4": "+all"})
    assert walked.asked == ["message", "to-3", "to-4", "by"]
    walked.preview.do(lambda *_: None)
    end = _report(acts).end
    assert isinstance(end, Clearance)
    assert ([*end.audiences], end.by) == (["families", "staff", "board"], "Dana Ruiz")


def test_without_a_notice_the_all_clear_has_a_reason(acts: Acts) -> None:
    """And no message."""
    _done(acts, "confirm", CONFIRMED)
    _done(acts, "clear", {"reason": "They left before.", **BY})
    end = _report(acts).end
    assert isinstance(end, Clearance)
    assert (end.message, end.audiences, end.reason) == ("", (), "They left before.")


def test_a_false_report_says_how_that_is_known(acts: Acts) -> None:
    """Private text is refused."""
    with pytest.raises(PrivateText):
        _done(acts, "false", {"reason": "SSN 219-09-9999", **BY})
    _done(acts, "false", {"reason": "A delivery van.", **BY})
    end = _report(acts).end
    assert isinstance(end, Refutation)
    assert end.reason == "A delivery van."


def test_only_what_can_follow_is_offered(acts: Acts) -> None:
    """Nothing about one that is over."""

    def offered() -> list[str]:
        return [one.id.removeprefix("presence.") for one in offers_of(acts, _report(acts))]

    assert offered() == ["confirm", "false"]
    assert walk(_offer(acts, "confirm"), CONFIRMED).asked == ["place", "seen", "confirmed_by", "by"]
    _done(acts, "confirm", CONFIRMED)
    assert offered() == ["notice", "clear", "false"]
    _done(acts, "notice", _sent(acts, "here", "board"))
    assert offered() == ["notice", "clear"]
    _done(acts, "clear", _sent(acts, "left") | {"to-2": "+all"})
    assert offered() == []


def test_an_act_that_came_too_late_is_refused(acts: Acts) -> None:
    """Somebody else did it meanwhile; the report is read again for each answer."""
    late = [_offer(acts, "confirm"), _offer(acts, "false")]
    _done(acts, "confirm", CONFIRMED)
    notice, clear = _offer(acts, "notice"), _offer(acts, "clear")
    with pytest.raises(Refused):
        walk(late[0], CONFIRMED)
    _done(acts, "notice", _sent(acts, "here", "board"))
    with pytest.raises(Refused):
        walk(late[1], {})
    _done(acts, "clear", _sent(acts, "left") | {"to-2": "+all"})
    with pytest.raises(Refused):
        walk(clear, _sent(acts, "left") | {"to-2": "+all"})
    with pytest.raises(Refused):
        walk(notice, _sent(acts, "here", "staff"))


def test_a_notice_needs_an_approved_message_for_its_use(tmp_path: Path) -> None:
    """Without one, nobody is asked for more; a name that no command takes is refused."""
    acts = Acts(a_home(tmp_path), "live", FixedClock())
    encounter(acts.home)
    with pytest.raises(UsageError):
        _done(acts, "approve", LEFT | {"name": "Two words"})
    _done(acts, "approve", LEFT)
    _done(acts, "report", SEEN)
    _done(acts, "confirm", CONFIRMED)
    with pytest.raises(Refused):
        walk(_offer(acts, "notice"), {})
    assert [one.body["by"] for one in said(acts.home, EntryKind.MESSAGE_APPROVED)] == ["A. Example"]
