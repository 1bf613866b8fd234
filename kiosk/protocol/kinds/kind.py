"""The record of one step kind: its own file supplies everything that other folders need."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Any, Generic, NamedTuple, TypedDict, TypeVar
from typing import Protocol as Shape

from kiosk.protocol.kinds.step_kind import StepKind
from kiosk.protocol.model import DisclosureClass, Protocol, Rule, Step, Text
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
    """The outline of a step or outcome in diagrams. Kinds may share one."""

    BOX = "box"
    ROUND = "round"
    STADIUM = "stadium"
    SLANTED = "slanted"
    DOUBLE = "double"
    DASHED = "dashed"
    END = "end"


class Move(NamedTuple):
    """One way out of a step.

    answer:    the answer, as scenarios and coverage name it.
    target:    a step, an outcome or RETURN.
    path:      its place in the file, below the step.
    words:     the name of the answer: text of the protocol, the rule that matches, or text of the program.
    number:    the position of its key, from 1; 0 for an answer without a key.
    back:      the return target that this way pushes; empty if it pushes none.
    by_itself: whether the walk can take it without an answer.
    """

    answer: str
    target: str
    path: tuple[str, ...]
    words: Text | Rule | str = "Then"
    number: int = 0
    back: str = ""
    by_itself: bool = False


class ExitKind(StrEnum):
    """How a step is left, for guarantees."""

    OPTION = "option"
    TICKED = "ticked"
    DONE = "done"
    REACHED = "reached"
    NOBODY = "nobody"
    PRESSED = "pressed"


class Exit(NamedTuple):
    """One way to leave a step, for guarantees. name: the option, or the role that was reached."""

    kind: ExitKind
    name: str
    target: str
    back: str = ""


class Mark(Enum):
    """The mark before a line below a step's texts."""

    KEY = auto()
    TICK = auto()
    BLANK = auto()
    CALL = auto()
    WHO = auto()
    NOTE = auto()


class Item(NamedTuple):
    """A line below a step's texts: an answer (KEY, TICK), a field (BLANK), a role (CALL, WHO), or a NOTE.

    id:     the answer, field or role; empty for a text of the program.
    words:  text of the protocol or of the program; None for a field or a role, whose label or title is shown.
    number: its position in the list, from 1.
    """

    mark: Mark
    id: str
    words: Text | str | None = None
    number: int = 0


class Offer(NamedTuple):
    """One way to answer a step that a search over all walks tries.

    names:   the answers, as coverage counts them.
    replies: the replies that the desk would log, in order; the last is the complete answer.
    label:   the answer in a finding.
    """

    names: tuple[str, ...]
    replies: tuple[Reply, ...]
    label: str

    def __str__(self) -> str:
        """Return the answer for a finding."""
        return self.label


class Walk(Shape):
    """The parts of an encounter that a kind needs. `engine.encounter.Encounter` has them."""

    @property
    def protocol(self) -> Protocol:
        """The protocol of the walk."""

    @property
    def returns_to(self) -> str | None:
        """The target of `return`; None if there is none."""

    def chain(self, step: Any) -> tuple[Person, ...]:
        """Return the people that a call step tries, in order."""


class ReplyWords(Shape):
    """Text for the parts of a reply to one step. An empty string omits a part."""

    def option(self, option: str, /) -> str:
        """Return the label of an answer with an id."""

    def fact(self, field: str, value: Value, /) -> str:
        """Return a fact with its value."""

    def call(self, attempt: Attempt, /) -> str:
        """Return a call with its result."""


class Shown(TypedDict):
    """The values of the keys that all kinds have."""

    id: str
    title: Text | None
    do: Text | None
    say: Text | None
    cite: tuple[str, ...]
    dial: str
    cls: DisclosureClass


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
    """How the answers of one kind are checked, stored and read.

    reply:   the class of its answers. key: the name of the value that identifies them in an entry;
             prefix: the beginning of the names of its other values.
    fits:    (protocol, step, reply, earlier reply, whether it is partial) → whether the step takes the reply.
    leads:   (step, reply, chain) → the move that the reply takes; None while the step still waits.
    named:   reply that leaves the step → its answers, as coverage counts them.
    write:   reply → the values of an entry; read: the inverse, which raises KeyError for missing values.
    plain:   the values of an entry → the answer as in a scenario, for lists and exports. Never raises.
    offers:  (walk, step) → the answers that searches over all walks try.
    from_scenario: reads the answer in a scenario; returns None, and notes a finding, if the step can't take it.
    to_scenario:   answer → its text in a scenario.
    in_words: (reply, words) → the parts of the reply as text; none for a plain confirmation.
    ids:     reply → the answers in it that rules of branches can test; None if the kind has none.
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
    from_scenario: Callable[[S, Cursor, Protocol], Any]
    to_scenario: Callable[[Any], str]
    in_words: Callable[[R, ReplyWords], tuple[str, ...]]
    ids: Callable[[R], tuple[str, ...]] | None = None
    prefix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[S]):
    """Everything about one step kind that differs between kinds.

    step:     the class of its steps.
    name:     its name for people.
    outline:  its outline in diagrams.
    form:     its keys, for readers, editors and the manual. key: the key that only this kind has.
    meant_by: keys that also identify the kind if `key` is missing.
    read:     (keys of the step, values of the common keys, cursor at the step) → the step.
    moves:    step → every way out, in the file's order.
    exits:    (step, roles called before its own) → every way to leave it, for guarantees; none for a step that is
              never shown.
    answering: its answers; None for a step that nobody answers.
    answers:  step → answer id → label, for answers with ids. answers_key: the key of the list of answers.
    facts:    step → the fields it asks for.
    items:    (step, roles called before its own) → the lines below its texts, in order.
    hides_returns: whether an answer with the target RETURN is omitted while there is no return target.
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
