"""The state machine of a records request: what can follow what. Every other change is refused with a sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.errors import Refused
from kiosk.record.requests.records_request import Answer, Closed, Extension, Given, RecordsRequest

Change = Given | Extension | Closed


def changed(request: RecordsRequest, change: Change) -> RecordsRequest:
    """Return the request after a change. Raises Refused for one that is not possible in its state."""
    if request.closed is not None:
        raise Refused(
            f"{request.no} is closed: {request.closed.how.words}.", "Enter a new request with `kiosk request new`."
        )
    match change:
        case Given():
            return _given(request, change)
        case Extension():
            return _extended(request, change)
        case Closed():
            return _closed(request, change)
        case _:
            assert_never(change)


def _given(request: RecordsRequest, made: Given) -> RecordsRequest:
    if any(made.export.event_id == before.export.event_id for before in request.given):
        what = f"This export was given for {request.no} already."
        raise Refused(what, "Name another one.", "error.given", no=request.no)
    return replace(request, given=(*request.given, made))


def _extended(request: RecordsRequest, made: Extension) -> RecordsRequest:
    if made.until <= request.deadline:
        what = f"{request.no} is due on {request.deadline} already."
        raise Refused(what, "Give a later day.", "error.later-day", no=request.no, due=request.deadline)
    if not made.reason:
        raise Refused("An extension needs a reason.", "Add --reason.")
    return replace(request, extensions=(*request.extensions, made))


def _closed(request: RecordsRequest, made: Closed) -> RecordsRequest:
    match made.how:
        case Answer.ANSWERED:
            if not (request.given or made.reason):
                what = f"Nothing was given for {request.no}."
                raise Refused(what, "Enter the copy with `kiosk request give`, or say why with --reason.")
        case Answer.DENIED:
            if request.given:
                raise Refused(f"Copies were given for {request.no}.", "Close it as answered.")
            if not made.reason:
                raise Refused("A denial needs its ground.", "Add --reason.")
        case Answer.WITHDRAWN:
            pass
        case _:
            assert_never(made.how)
    return replace(request, closed=made)
