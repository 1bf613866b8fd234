"""An instruction: something to do or say, confirmed with one key."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.protocol.kinds.common_keys import NEXT, SHOWN
from kiosk.protocol.kinds.kind import (
    DONE,
    Answering,
    Chain,
    Exit,
    ExitKind,
    Kind,
    Move,
    Offer,
    Outline,
    Shown,
    Walk,
)
from kiosk.protocol.kinds.step_kind import StepKind
from kiosk.protocol.model import Protocol, Step
from kiosk.protocol.replies import Confirmed, Reply
from kiosk.protocol.syntax.cursor import Cursor, word
from kiosk.protocol.syntax.forms import Form

_FORM: Final = Form("tell", "An instruction to read, do or say; Enter continues.", (NEXT, *SHOWN))


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionStep(Step):
    """Something to do or say; confirmed with one key."""

    next: str


def _read(t: Mapping[str, Cursor], shown: Shown, _: Cursor) -> InstructionStep:
    return InstructionStep(**shown, next=word(t.get("next")))


def _moves(step: InstructionStep) -> Iterator[Move]:
    yield Move(DONE, step.next, ("next",))


def _exits(step: InstructionStep, _: Collection[str]) -> Iterator[Exit]:
    yield Exit(ExitKind.DONE, "", step.next)


def _fits(_: Protocol, __: InstructionStep, ___: Confirmed, ____: Reply | None, _____: bool) -> bool:
    return True


def _leads(step: InstructionStep, _: Confirmed, __: Chain) -> Move:
    return next(_moves(step))


def _offers(_: Walk, __: InstructionStep) -> Iterator[Offer]:
    yield Offer((DONE,), (Confirmed(),), DONE)


def _from_scenario(_: InstructionStep, cursor: Cursor, __: Protocol) -> Confirmed | None:
    return Confirmed() if cursor.one_of((DONE,), default="") else None


KIND: Final = Kind(
    id=StepKind.INSTRUCTION,
    step=InstructionStep,
    name="instruction",
    outline=Outline.BOX,
    form=_FORM,
    key="next",
    read=_read,
    moves=_moves,
    exits=_exits,
    answering=Answering(
        reply=Confirmed,
        key="confirmed",
        fits=_fits,
        leads=_leads,
        named=lambda _: (DONE,),
        write=lambda _: {"confirmed": True},
        read=lambda _: Confirmed(),
        plain=lambda _: DONE,
        offers=_offers,
        from_scenario=_from_scenario,
        to_scenario=lambda _: DONE,
        in_words=lambda _, __: (),
    ),
)
