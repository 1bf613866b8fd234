"""The state machine of a report of presence: what can follow what. Every other change is refused with a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import assert_never

from kiosk.errors import Refused
from kiosk.record.presence.presence import (
    ApprovedMessage,
    Audience,
    Clearance,
    Confirmation,
    MessageUse,
    Notice,
    Presence,
    PresenceState,
    Refutation,
)

Change = Confirmation | Refutation | Notice | Clearance
Messages = Mapping[str, ApprovedMessage]
"""The approved messages, by the id of their entry."""


def changed(presence: Presence, change: Change, messages: Messages) -> Presence:
    """Return the report after a change. Raises Refused for one that is not possible in its state."""
    if presence.end is not None:
        raise Refused(
            f"{presence.no} is over: {presence.state.words}.", "Enter a new one with `kiosk presence report`."
        )
    match change:
        case Confirmation():
            return _confirmed(presence, change)
        case Refutation():
            return _refuted(presence, change)
        case Notice():
            return _notified(presence, change, messages)
        case Clearance():
            return _cleared(presence, change, messages)
        case _:
            assert_never(change)


def _confirmed(presence: Presence, made: Confirmation) -> Presence:
    if presence.confirmation is not None:
        raise Refused(f"{presence.no} was confirmed already.", "Send the notice with `kiosk presence notice`.")
    return replace(presence, confirmation=made)


def _refuted(presence: Presence, made: Refutation) -> Presence:
    if presence.notices:
        what = f"A notice about {presence.no} was sent, so people must hear of the end."
        raise Refused(what, "Send an all clear with `kiosk presence clear`; its message can say what was wrong.")
    if not made.reason:
        raise Refused("A false report needs a reason: how it is known.", "Add --reason.")
    return replace(presence, end=made)


def _notified(presence: Presence, made: Notice, messages: Messages) -> Presence:
    if presence.confirmation is None:
        raise Refused(f"{presence.no} is not confirmed.", "Confirm it first: `kiosk presence confirm`.")
    _require_message(made.message, MessageUse.NOTICE, messages)
    _require_audience(made.audiences)
    return replace(presence, notices=(*presence.notices, made))


def _cleared(presence: Presence, made: Clearance, messages: Messages) -> Presence:
    match presence.state:
        case PresenceState.UNCONFIRMED:
            repair = "Confirm it or find it false: `kiosk presence confirm` or `false`."
            raise Refused(f"{presence.no} was never confirmed.", repair)
        case PresenceState.CONFIRMED:
            if made.message or made.audiences:
                raise Refused(f"No notice about {presence.no} was sent.", "Leave out --message and --to.")
            if not made.reason:
                raise Refused(f"No notice about {presence.no} was sent.", "Say why with --reason.")
        case _:
            _require_message(made.message, MessageUse.CLEAR, messages)
            _require_audience(made.audiences)
            if missing := [one for one in presence.notified if one not in made.audiences]:
                raise Refused(f"These got the notice too: {', '.join(missing)}.", "Name each with --to.")
    return replace(presence, end=made)


def _require_message(event_id: str, use: MessageUse, messages: Messages) -> None:
    found = messages.get(event_id)
    if found is None:
        raise Refused("This message is not approved.", "`kiosk presence messages` shows those that are.")
    if found.use is not use:
        raise Refused(f"The message “{found.name}” is for: {found.use.words}.", f"Choose one for: {use.words}.")


def _require_audience(audiences: Iterable[Audience]) -> None:
    if not [*audiences]:
        raise Refused("Nobody is named who got the message.", "Name a group with --to.")
