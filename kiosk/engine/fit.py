"""Whether a reply fits its step."""

from __future__ import annotations

from kiosk.errors import InvalidAnswer
from kiosk.protocol.kinds.registry import answering
from kiosk.protocol.model import Protocol, Step
from kiosk.protocol.replies import Pressed, Reply


def require_fit(
    protocol: Protocol, step: Step | None, reply: Reply, *, known: Reply | None = None, part: bool = False
) -> None:
    """Raise InvalidAnswer, naming the step, unless `reply` is one this step can take. An outcome (None) takes
    interrupts.

    known: what was answered there before; facts in it need not be given again.
    part: whether it may be some of an answer: not every fact, no tick.
    """
    if isinstance(reply, Pressed):
        fits = protocol.interrupt(reply.interrupt) is not None
    else:
        found = answering(step, reply)
        fits = found is not None and found.fits(protocol, step, reply, known, part)
    if not fits:
        raise unfit(step.id if step else "the end")


def unfit(step_id: str) -> InvalidAnswer:
    """The error for an answer that the named step can't take."""
    return InvalidAnswer(
        f"The step “{step_id}” can't take that answer.",
        "Choose one of the answers on the screen.",
        "error.answer",
    )
