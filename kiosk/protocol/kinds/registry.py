"""The table of all step kinds, and the look-ups in it by step, reply or entry."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from kiosk.protocol.kinds import ask, branch, call, choose, instruction, record
from kiosk.protocol.kinds.kind import Answering, Body, Item, Kind, Move, ReplyWords
from kiosk.protocol.kinds.step_kind import StepKind
from kiosk.protocol.model import Step, Text
from kiosk.protocol.replies import Answer, Reply

_ALL: Final[tuple[Kind[Any], ...]] = (
    ask.KIND,
    choose.KIND,
    record.KIND,
    call.KIND,
    branch.KIND,
    instruction.KIND,
)

KINDS: Final[Mapping[StepKind, Kind[Any]]] = MappingProxyType({kind.id: kind for kind in _ALL})
"""Every kind, in the order of the schema and the manual."""

ANSWERING: Final[tuple[Answering[Any, Any], ...]] = tuple(k.answering for k in _ALL if k.answering is not None)
"""How the answers of each visible kind are saved."""

ANSWER_KEYS: Final = frozenset(kind.answers_key for kind in _ALL if kind.answers_key)
"""The keys that contain the answers of a step, for answers with ids."""

_BY_STEP: Final[Mapping[type[Step], Kind[Any]]] = {kind.step: kind for kind in _ALL}
_BY_REPLY: Final[Mapping[type, Answering[Any, Any]]] = {answering.reply: answering for answering in ANSWERING}
_BY_KEY: Final[Mapping[str, Answering[Any, Any]]] = {answering.key: answering for answering in ANSWERING}


def kind_of(step: Step) -> Kind[Any]:
    """Return the kind of a step."""
    return _BY_STEP[type(step)]


def moves(step: Step) -> Iterator[Move]:
    """Return every way out of a step, in the file's order."""
    return _BY_STEP[type(step)].moves(step)


def ways(step: Step) -> Iterator[tuple[str, str]]:
    """Return every way out of a step as (answer, target), in the file's order."""
    return ((move.answer, move.target) for move in moves(step))


def answers_of(step: Step) -> Mapping[str, Text]:
    """Return answer id → label; empty for a step whose answers have no ids."""
    return _BY_STEP[type(step)].answers(step)


def items_of(step: Step, first: Collection[str] = ()) -> Iterator[Item]:
    """Return the lines below a step's texts, in order. first: roles called before its own."""
    return _BY_STEP[type(step)].items(step, first)


def facts_of(step: Step | None) -> tuple[str, ...]:
    """Return the fields of a step, by id."""
    return () if step is None else _BY_STEP[type(step)].facts(step)


def is_shown(step: Step) -> bool:
    """Check whether a step is ever on the screen."""
    return _BY_STEP[type(step)].shown


def answer_names(step: Step) -> tuple[str, ...]:
    """Return every possible answer to the step, as coverage counts them."""
    return tuple(answers_of(step)) or tuple(move.answer for move in moves(step))


def answering(step: Step | None, reply: Reply) -> Answering[Any, Any] | None:
    """Return how this reply to this step is handled; None if the step takes no reply of that class."""
    found = None if step is None else _BY_STEP[type(step)].answering
    return found if found is not None and type(reply) is found.reply else None


def answering_of(reply: Answer) -> Answering[Any, Any]:
    """Return how replies of that class are handled."""
    return _BY_REPLY[type(reply)]


def answering_in(body: Body) -> Answering[Any, Any] | None:
    """Return which answer an entry holds, complete or in part; None if it holds none."""
    found = next((_BY_KEY[name] for name in body if name in _BY_KEY), None)
    if found is not None:
        return found
    return next((a for a in ANSWERING if a.prefix and any(name.startswith(a.prefix) for name in body)), None)


def ids_in(reply: Reply | None) -> tuple[str, ...] | None:
    """Return the ids of a reply's answers that rules can use; None for a reply without any."""
    found = None if reply is None else _BY_REPLY.get(type(reply))
    return found.ids(reply) if found is not None and found.ids is not None else None


def in_words(reply: Answer, words: ReplyWords) -> tuple[str, ...]:
    """Return the parts of a reply as text, without empty ones. words: the text of each part."""
    return tuple(filter(None, _BY_REPLY[type(reply)].in_words(reply, words)))
