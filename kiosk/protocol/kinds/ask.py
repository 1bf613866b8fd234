"""A question: one question, one answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.protocol.kinds.common_keys import ASK, MAX_OPTIONS, SHOWN
from kiosk.protocol.kinds.kind import (
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
from kiosk.protocol.model import RETURN, DisclosureClass, Option, Protocol, Step, Text
from kiosk.protocol.replies import Chosen, Reply
from kiosk.protocol.syntax.classes import class_key, disclosure_class
from kiosk.protocol.syntax.cursor import Cursor, text
from kiosk.protocol.syntax.forms import ID, LINE, WAS, WORDS, Form, ListOf, must
from kiosk.protocol.syntax.lists import labelled

OPTION: Final = Form(
    "option",
    "An answer, chosen with one key.",
    (
        must("id", ID, "The answer's id. It is permanent."),
        must("label", WORDS, "The label of the answer."),
        must("next", LINE, "The step or outcome after this answer."),
        class_key(DisclosureClass.PUBLIC),
        WAS,
    ),
)

_FORM: Final = Form(
    "ask",
    "A question with one answer.",
    (ASK, must("options", ListOf(OPTION, most=MAX_OPTIONS), f"The answers, at most {MAX_OPTIONS}."), *SHOWN),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskStep(Step):
    """One question, one answer."""

    ask: Text
    options: tuple[Option, ...]

    @property
    def question(self) -> Text:
        """The question."""
        return self.ask


def _read(t: Mapping[str, Cursor], shown: Shown, cursor: Cursor) -> AskStep:
    seen: set[str] = set()
    tables = [item.table(*OPTION.vocabulary) for item in few(t.get("options"))]
    options = (Option(*labelled(o, seen, cursor.book), disclosure_class(o.get("class"))) for o in tables)
    return AskStep(**shown, ask=text(t.get("ask"), cursor.book), options=tuple(options))


def _move(option: Option, number: int) -> Move:
    return Move(option.id, option.next, ("options", option.id, "next"), option.label, number)


def _moves(step: AskStep) -> Iterator[Move]:
    yield from (_move(option, n) for n, option in enumerate(step.options, 1))


def _exits(step: AskStep, _: Collection[str]) -> Iterator[Exit]:
    yield from (Exit(ExitKind.OPTION, option.id, option.next) for option in step.options)


def _answers(step: AskStep) -> dict[str, Text]:
    return {option.id: option.label for option in step.options}


def _items(step: AskStep, _: Collection[str]) -> Iterator[Item]:
    yield from (Item(Mark.KEY, option.id, option.label, n) for n, option in enumerate(step.options, 1))


def _fits(_: Protocol, step: AskStep, reply: Chosen, __: Reply | None, ___: bool) -> bool:
    return any(option.id == reply.option for option in step.options)


def _leads(step: AskStep, reply: Chosen, _: Chain) -> Move:
    return next(_move(option, n) for n, option in enumerate(step.options, 1) if option.id == reply.option)


def _from_scenario(step: AskStep, cursor: Cursor, _: Protocol) -> Chosen | None:
    said = known_answers((cursor,), [option.id for option in step.options], step.id)
    return Chosen(said[0]) if said else None


def _offers(walk: Walk, step: AskStep) -> Iterator[Offer]:
    for option in step.options:
        if option.next != RETURN or walk.returns_to is not None:
            yield Offer((option.id,), (Chosen(option.id),), option.id)


def _plain(body: Body) -> str:
    return str(body["chosen"])


KIND: Final = Kind(
    id=StepKind.ASK,
    step=AskStep,
    name="question",
    outline=Outline.ROUND,
    form=_FORM,
    key="options",
    meant_by=("ask",),
    read=_read,
    moves=_moves,
    exits=_exits,
    answers=_answers,
    answers_key="options",
    items=_items,
    hides_returns=True,
    answering=Answering(
        reply=Chosen,
        key="chosen",
        fits=_fits,
        leads=_leads,
        ids=lambda reply: (reply.option,),
        named=lambda reply: (reply.option,),
        write=lambda reply: {"chosen": reply.option},
        read=lambda body: Chosen(body["chosen"]),
        plain=_plain,
        offers=_offers,
        from_scenario=_from_scenario,
        to_scenario=lambda reply: reply.option,
        in_words=lambda reply, words: (words.option(reply.option),),
    ),
)
