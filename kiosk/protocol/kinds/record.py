"""A form: facts to record, each with its value or the reason why it is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kiosk.errors import Mistyped
from kiosk.protocol.field_types.registry import type_of, typed, value_fits
from kiosk.protocol.kinds.common_keys import NEXT, SHOWN
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
from kiosk.protocol.kinds.reading import known_entries
from kiosk.protocol.kinds.step_kind import StepKind
from kiosk.protocol.model import MISSING, Field, Protocol, Step
from kiosk.protocol.replies import FACT, PUT_OFF, Missing, Recorded, Reply, Value
from kiosk.protocol.syntax.cursor import Cursor, word, words
from kiosk.protocol.syntax.flow import table
from kiosk.protocol.syntax.forms import LINE, Form, ListOf, must
from kiosk.protocol.syntax.nodes import MappingNode

_FORM: Final = Form(
    "record",
    "A form: facts to record.",
    (must("record", ListOf(LINE, distinct=True), "The ids of the fields, in order."), NEXT, *SHOWN),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStep(Step):
    """Facts to record, by field id."""

    fields: tuple[str, ...]
    next: str


def _read(t: Mapping[str, Cursor], shown: Shown, _: Cursor) -> RecordStep:
    return RecordStep(**shown, fields=words(t.get("record")), next=word(t.get("next")))


def _moves(step: RecordStep) -> Iterator[Move]:
    yield Move(DONE, step.next, ("next",))


def _exits(step: RecordStep, _: Collection[str]) -> Iterator[Exit]:
    yield Exit(ExitKind.DONE, "", step.next)


def _items(step: RecordStep, _: Collection[str]) -> Iterator[Item]:
    yield from (Item(Mark.BLANK, name, None, n) for n, name in enumerate(step.fields, 1))


def _fits(protocol: Protocol, step: RecordStep, reply: Recorded, known: Reply | None, part: bool) -> bool:
    names = {name for name, _ in reply.values}
    before = {name for name, _ in known.values} if isinstance(known, Recorded) else set[str]()
    wanted = set(step.fields)
    enough = bool(names) and names <= wanted if part else names | before == wanted
    return enough and all(value_fits(protocol, name, value) for name, value in reply.values)


def _leads(step: RecordStep, _: Recorded, __: Chain) -> Move:
    return next(_moves(step))


def value_json(value: Value) -> str | int | dict[str, str]:
    """Return a fact as JSON: its value, or `{"missing": why}`."""
    return {"missing": value.reason} if isinstance(value, Missing) else value


def facts_in(body: Body) -> dict[str, Value]:
    """Return the facts in an entry's body, by field id, without their prefix."""
    return {
        name.removeprefix(FACT): Missing(value["missing"]) if isinstance(value, dict) else value
        for name, value in body.items()
        if name.startswith(FACT)
    }


def _write(reply: Recorded) -> dict[str, Any]:
    return {"recorded": True} | {FACT + name: value_json(value) for name, value in reply.values}


def _plain(body: Body) -> dict[str, Any] | str:
    return {name: value_json(value) for name, value in facts_in(body).items()} or DONE


def _offers(walk: Walk, step: RecordStep) -> Iterator[Offer]:
    """Yield the form with every fact filled in, and with every fact missing."""
    fields = [walk.protocol.fields[name] for name in step.fields]
    filled: dict[str, Value] = {f.id: type_of(f).walked(f) for f in fields}
    missing: dict[str, Value] = {f.id: Missing(f.missing[0]) if f.missing else PUT_OFF for f in fields}
    yield from (Offer((DONE,), (Recorded.of(values),), DONE) for values in (filled, missing))


def fact_at(field: Field, cursor: Cursor) -> Value:
    """Return a field's value in a scenario: a reserved word is the reason it is missing, other text is typed text.

    A value that does not fit the field is a finding, and is read as deferred.
    """
    said = cursor.token()
    if said not in MISSING:
        try:
            return typed(field, said)
        except Mistyped as wrong:
            cursor.note("S119", field=field.id, value=said, hint=wrong.repair)
            return PUT_OFF
    if said != PUT_OFF.reason and said not in field.missing:
        cursor.note("S108", field=field.id, reason=said)
    return Missing(said)


def _from_scenario(step: RecordStep, cursor: Cursor, protocol: Protocol) -> Recorded | None:
    """Read the facts of a form. A fact that the scenario omits is deferred, as an empty box is."""
    if not isinstance(cursor.node, MappingNode):
        cursor.entries()
        return None
    found = known_entries(cursor, step.fields, "S107", "field", step=step.id)
    known = {name: protocol.fields[name] for name in step.fields if name in protocol.fields}
    return Recorded.of({n: fact_at(f, found[n]) if n in found else PUT_OFF for n, f in known.items()})


KIND: Final = Kind(
    id=StepKind.RECORD,
    step=RecordStep,
    name="form",
    outline=Outline.SLANTED,
    form=_FORM,
    key="record",
    read=_read,
    moves=_moves,
    exits=_exits,
    facts=lambda step: step.fields,
    items=_items,
    answering=Answering(
        reply=Recorded,
        key="recorded",
        prefix=FACT,
        fits=_fits,
        leads=_leads,
        named=lambda _: (DONE,),
        write=_write,
        read=lambda body: Recorded.of(facts_in(body)),
        plain=_plain,
        offers=_offers,
        from_scenario=_from_scenario,
        to_scenario=lambda reply: table(reply.values),
        in_words=lambda reply, words: tuple(words.fact(*fact) for fact in reply.values),
    ),
)
