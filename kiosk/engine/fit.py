"""Check that a reply fits its step."""

from __future__ import annotations

from kiosk.errors import InvalidAnswer
from kiosk.protocol.kinds.registry import answering
from kiosk.protocol.model import Protocol, Step
from kiosk.protocol.replies import Pressed, Reply


def require_fit(
    protocol: Protocol, step: Step | None, reply: Reply, *, known: Reply | None = None, part: bool = False
) -> None:
    """Raise InvalidAnswer, with the step's id, unless `reply` fits this step. An outcome (None) accepts interrupts.

    known: the earlier answer there; its facts need not be given again.
    part: whether a partial answer is allowed: not all facts, or no checked item.
    """
    if isinstance(reply, Pressed):
        fits = protocol.interrupt(reply.interrupt) is not None
    else:
        found = answering(step, reply)
        fits = found is not None and found.fits(protocol, step, reply, known, part)
    if not fits:
        raise unfit(step.id if step else "the end")


def unfit(step_id: str) -> InvalidAnswer:
    """Return the error for an answer that does not fit the step."""
    return InvalidAnswer(
        f"That answer does not fit the step “{step_id}”.",
        "Choose one of the answers on the screen.",
        "error.answer",
    )
