"""The record of one step kind: its own file supplies everything that other folders need."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Any, Generic, NamedTuple, TypedDict, TypeVar
from typing import Protocol as Shape

from kiosk.protocol.kinds.step_kind import StepKind
from kiosk.protocol.model import Protocol, Rule, Step, Text
from kiosk.protocol.replies import Attempt, Reply, Value
from kiosk.protocol.syntax.cursor import Cursor
from kiosk.protocol.syntax.forms import Form

DONE = "done"
"""The answer of a step that has only one way out."""

Person = tuple[str, int]
"""Somebody in a role: (role, n-th contact from 0)."""

Body = Mapping[str, Any]
"""The values of an answer in an entry of the log."""


class Outline(StrEnum):
    """The outline of a step or outcome in diagrams. A few that are easy to tell apart; kinds may share one."""

    BOX = "box"
    ROUND = "round"
    STADIUM = "stadium"
    SLANTED = "slanted"
    DOUBLE = "double"
    DASHED = "dashed"
    END = "end"


class Move(NamedTuple):
    """One way out of a step.

    answer:    what is answered, as scenarios and coverage name it.
    target:    a step, an outcome or RETURN.
    path:      where it is written, below the step.
    words:     what the answer is called: the protocol's words, the rule that holds, or words of the product.
    number:    the place of its key, from 1; 0 for an answer without one.
    back:      where `return` leads from there on; empty when this way remembers nothing.
    by_itself: whether it can be taken without anybody answering.
    """

    answer: str
    target: str
    path: tuple[str, ...]
    words: Text | Rule | str = "Then"
    number: int = 0
    back: str = ""
    by_itself: bool = False


class ExitKind(StrEnum):
    """What happens when a step is left, for guarantees."""

    OPTION = "option"
    TICKED = "ticked"
    DONE = "done"
    REACHED = "reached"
    NOBODY = "nobody"
    PRESSED = "pressed"


class Exit(NamedTuple):
    """One way to leave a step, as guarantees see it. name: the option, or the role that was reached."""

    kind: ExitKind
    name: str
    target: str
    back: str = ""


class Mark(Enum):
    """The mark before a line below a step's words."""

    KEY = auto()
    TICK = auto()
    BLANK = auto()
    CALL = auto()
    WHO = auto()
    NOTE = auto()


class Item(NamedTuple):
    """A line below a step's words: an answer (KEY, TICK), a field (BLANK), a role (CALL, WHO), or a NOTE.

    id:     the answer, field or role; empty where the words are the product's.
    words:  the protocol's or the product's words; None for a field or a role, which the protocol names.
    number: the place in the list, from 1.
    """

    mark: Mark
    id: str
    words: Text | str | None = None
    number: int = 0


class Offer(NamedTuple):
    """One way to answer a step that a search over all walks tries.

    names:   as coverage counts them.
    replies: what the desk would keep, one after the other; the last is the whole answer.
    told:    the answer in a finding.
    """

    names: tuple[str, ...]
    replies: tuple[Reply, ...]
    told: str

    def __str__(self) -> str:
        """The answer in a finding."""
        return self.told


class Walk(Shape):
    """The parts of an encounter that a kind needs. `engine.encounter.Encounter` has them."""

    @property
    def protocol(self) -> Protocol:
        """The protocol of the walk."""

    @property
    def returns_to(self) -> str | None:
        """Where `return` leads; None if there was no call."""

    def chain(self, step: Any) -> tuple[Person, ...]:
        """The roles that a call step tries, in order."""


class ReplyWords(Shape):
    """The words of one step for the parts of a reply. An empty string leaves a part out."""

    def option(self, option: str, /) -> str:
        """The words of an answer with an id."""

    def fact(self, field: str, value: Value, /) -> str:
        """A fact with its value."""

    def call(self, attempt: Attempt, /) -> str:
        """A call with its result."""


class Shown(TypedDict):
    """The keys common to all kinds, as they were read."""

    id: str
    title: Text | None
    do: Text | None
    say: Text | None
    cite: tuple[str, ...]
    dial: str


S = TypeVar("S", bound=Step)
R = TypeVar("R", bound=Reply)
Chain = Callable[[Any], Iterable[Person]]


def _no_answers(_: Step) -> Mapping[str, Text]:
    return {}


def _nothing(_: Step) -> tuple[str, ...]:
    return ()


def _no_items(_: Step, __: Collection[str]) -> Iterator[Item]:
    yield from ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering(Generic[S, R]):
    """How the answers of one kind are checked, kept and read back.

    reply:   the class of its answers. key: the name of the value in an entry by which they are known again;
             prefix: the names of its other values begin so.
    fits:    whether the reply is one this step can take: (protocol, step, reply, known before, part of an answer).
    leads:   the move that the reply takes; None while the step still waits: (step, reply, chain).
    named:   the answers as coverage counts them, of a reply that leads on.
    write:   reply → the values of an entry; read: back; raises KeyError for values that are gone.
    plain:   the values of an entry as a scenario would say them, for lists and exports. Never raises.
    offers:  what searches over all walks try where the step stands.
    said:    reads the answer in a scenario; None, and a finding, when the step can't take it.
    written: the answer as a scenario says it.
    told:    the parts of a reply in words; none for a reply that says no more than that it was given.
    ids:     the answers in it that a rule of a branch can look at; None where it has none.
    """

    reply: type[R]
    key: str
    fits: Callable[[Protocol, S, R, Reply | None, bool], bool]
    leads: Callable[[S, R, Chain], Move | None]
    named: Callable[[R], tuple[str, ...]]
    write: Callable[[R], dict[str, Any]]
    read: Callable[[Body], R]
    plain: Callable[[Body], Any]
    offers: Callable[[Walk, S], Iterator[Offer]]
    said: Callable[[S, Cursor, Protocol], Any]
    written: Callable[[Any], str]
    told: Callable[[R, ReplyWords], tuple[str, ...]]
    ids: Callable[[R], tuple[str, ...]] | None = None
    prefix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[S]):
    """Everything about one step kind that differs between kinds.

    step:     the class of its steps.
    name:     what people call it.
    outline:  its outline in diagrams.
    form:     its keys, for readers, editors and the manual. key: the one no other kind has.
    meant_by: keys that tell what was meant where `key` is missing.
    read:     makes the step: (the keys that are there, those that every kind has, the place of the step).
    moves:    every way out, in the file's order.
    exits:    every way to leave it, as guarantees see it; none for a step that is never shown. The second argument
              names roles that may be called before its own.
    answering: its answers; None for a step that nobody answers.
    answers:  answer id → its words, where answers have ids. answers_key: the key they stand below.
    facts:    the fields it asks for.
    items:    the lines below its words, in order; the second argument names roles that are called before its own.
    hides_returns: whether an answer that returns is left out while there is nowhere to return to.
    """

    id: StepKind
    step: type[S]
    name: str
    outline: Outline
    form: Form
    key: str
    meant_by: tuple[str, ...] = ()
    read: Callable[[Mapping[str, Cursor], Shown, Cursor], S]
    moves: Callable[[S], Iterator[Move]]
    exits: Callable[[S, Collection[str]], Iterator[Exit]]
    answering: Answering[S, Any] | None
    answers: Callable[[S], Mapping[str, Text]] = _no_answers
    answers_key: str = ""
    facts: Callable[[S], tuple[str, ...]] = _nothing
    items: Callable[[S, Collection[str]], Iterator[Item]] = _no_items
    hides_returns: bool = False

    @property
    def shown(self) -> bool:
        """Whether its steps are ever on the screen."""
        return self.answering is not None
