"""A checklist: one question, any number of ticks (at least one)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.protocol.kinds.common_keys import ASK, MAX_OPTIONS, NEXT, SHOWN
from kiosk.protocol.kinds.kind import (
    DONE,
    Answering,
    Body,
    Chain,
    Exit,
    ExitKind,
    Item,
    Kind,
    Mark,
    Move,
    Offer,
    Outline,
    Shown,
    Walk,
)
from kiosk.protocol.kinds.reading import few, known_answers
from kiosk.protocol.kinds.step_kind import StepKind
from kiosk.protocol.model import Protocol, Step, Text
from kiosk.protocol.replies import Reply, Ticked
from kiosk.protocol.syntax.cursor import Cursor, text, word
from kiosk.protocol.syntax.forms import ID, WAS, WORDS, Form, ListOf, must
from kiosk.protocol.syntax.lists import fresh_id
from kiosk.protocol.syntax.nodes import SequenceNode

CHOICE: Final = Form(
    "choice",
    "An item that can be checked.",
    (must("id", ID, "Its id. It is permanent."), must("label", WORDS, "The label on the screen."), WAS),
)

_FORM: Final = Form(
    "choose",
    "A checklist: a question with any number of answers.",
    (ASK, must("choose", ListOf(CHOICE, most=MAX_OPTIONS), "The items that can be checked."), NEXT, *SHOWN),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseStep(Step):
    """One question, any number of ticks (at least one)."""

    ask: Text
    choices: Mapping[str, Text]
    next: str

    @property
    def question(self) -> Text:
        """The question."""
        return self.ask


def _read(t: Mapping[str, Cursor], shown: Shown, cursor: Cursor) -> ChooseStep:
    seen: set[str] = set()
    tables = [item.table(*CHOICE.vocabulary) for item in few(t.get("choose"))]
    choices = {fresh_id(c.get("id"), seen): text(c.get("label"), cursor.book) for c in tables}
    return ChooseStep(**shown, ask=text(t.get("ask"), cursor.book), choices=choices, next=word(t.get("next")))


def _moves(step: ChooseStep) -> Iterator[Move]:
    yield Move(DONE, step.next, ("next",))


def _exits(step: ChooseStep, _: Collection[str]) -> Iterator[Exit]:
    yield Exit(ExitKind.TICKED, "", step.next)


def _items(step: ChooseStep, _: Collection[str]) -> Iterator[Item]:
    yield from (Item(Mark.TICK, choice, label, n) for n, (choice, label) in enumerate(step.choices.items(), 1))


def _fits(_: Protocol, step: ChooseStep, reply: Ticked, __: Reply | None, part: bool) -> bool:
    return (part or bool(reply.choices)) and all(choice in step.choices for choice in reply.choices)


def _leads(step: ChooseStep, _: Ticked, __: Chain) -> Move:
    return next(_moves(step))


def _from_scenario(step: ChooseStep, cursor: Cursor, _: Protocol) -> Ticked | None:
    items = cursor.items() if isinstance(cursor.node, SequenceNode) else (cursor,)
    ticked = known_answers(items, step.choices, step.id)
    return Ticked(tuple(choice for choice in step.choices if choice in ticked)) if ticked else None


def _offers(_: Walk, step: ChooseStep) -> Iterator[Offer]:
    """Yield each item alone, and all of them together."""
    everything = [(choice,) for choice in step.choices] + [tuple(step.choices)] * (len(step.choices) > 1)
    yield from (Offer(ticks, (Ticked(ticks),), ", ".join(ticks)) for ticks in everything)


def _plain(body: Body) -> list[str] | None:
    match body["ticked"]:
        case [*choices]:
            return [str(choice) for choice in choices]
    return None


KIND: Final = Kind(
    id=StepKind.CHOOSE,
    step=ChooseStep,
    name="checklist",
    outline=Outline.STADIUM,
    form=_FORM,
    key="choose",
    read=_read,
    moves=_moves,
    exits=_exits,
    answers=lambda step: step.choices,
    answers_key="choose",
    items=_items,
    answering=Answering(
        reply=Ticked,
        key="ticked",
        fits=_fits,
        leads=_leads,
        ids=lambda reply: reply.choices,
        named=lambda reply: reply.choices,
        write=lambda reply: {"ticked": list(reply.choices)},
        read=lambda body: Ticked(tuple(body["ticked"])),
        plain=_plain,
        offers=_offers,
        from_scenario=_from_scenario,
        to_scenario=lambda reply: f"[{', '.join(reply.choices)}]",
        in_words=lambda reply, words: tuple(map(words.option, reply.choices)),
    ),
)
