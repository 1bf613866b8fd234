"""The screens of a review copy as values: each as staff see it, and the target of each answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, assert_never

from kiosk.protocol.format.protocol import DESIGN
from kiosk.protocol.kinds.kind import Mark
from kiosk.protocol.kinds.registry import is_shown, items_of, kind_of
from kiosk.protocol.model import DisclosureClass, Duty, Outcome, Step, Text
from kiosk.reports.review_copy.model import Choice, Link, ReviewCopy, Words

KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
"""The keys that choose an option, in order."""


class Line(NamedTuple):
    """A text of a screen. tag: DO, SAY or ASK."""

    tag: str
    words: Words


class Box(NamedTuple):
    """A field to fill in. choices: instead of typed text; missing: reasons to leave it empty; cls: disclosure class."""

    choices: tuple[Choice, ...]
    missing: str
    cls: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a screen. before: plain text; strong: emphasized text; words: the protocol's text; field: a box."""

    key: str = ""
    before: str = ""
    strong: Words | None = None
    words: Words | None = None
    field: Box | None = None


class Way(NamedTuple):
    """An answer and its target. key: the key for it, empty for none."""

    key: str
    words: Words
    to: Link


class Chosen(NamedTuple):
    """A setting whose chosen text is on a screen."""

    ask: Words
    choices: tuple[Choice, ...]


class Cited(NamedTuple):
    """A cited source by its title. href: its place on the page, empty if it is not in the list of sources."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Place:
    """The common parts of a step and an outcome.

    at: its id on the page. begins: every encounter starts here. leads, jumps: the steps and interrupts that lead here.
    cls: its disclosure class; empty if it is public.
    """

    id: str
    at: str
    number: str
    name: Words
    begins: bool
    leads: tuple[Link, ...]
    jumps: tuple[Words, ...]
    cls: str


@dataclass(frozen=True, slots=True)
class Screen:
    """One step. decides: it shows no screen and needs no answer. cites: None if it needs no source."""

    place: Place
    kind: str
    decides: bool
    head: Words | None
    lines: tuple[Line, ...]
    below: tuple[Item, ...]
    ways: tuple[Way, ...]
    settings: tuple[Chosen, ...]
    cites: tuple[Cited, ...] | None
    measured: str


class Task(NamedTuple):
    """A duty of the district after an outcome. within: the time in which its owner must do it."""

    do: Words
    owner: Words
    within: str
    why: Words
    cites: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class End:
    """One outcome. refer: the role that the official is referred to; notify: the roles that must be notified."""

    place: Place
    lines: tuple[Line, ...]
    refer: Words | None
    notify: Words | None
    routine: bool
    duties: tuple[Task, ...]


def screen(copy: ReviewCopy, step: Step) -> Screen:
    """Return the screen of a step."""
    description = copy.description
    texts = (("DO", step.do), ("SAY", step.say), ("ASK", step.question if step.title else None))
    return Screen(
        _place(copy, "step", step.id, copy.said(description.name(step.id))),
        kind=kind_of(step).name.capitalize(),
        decides=not is_shown(step),
        head=copy.words(step.heading) if step.heading else None,
        lines=tuple(Line(tag, copy.words(text)) for tag, text in texts if text),
        below=tuple(_below(copy, step)),
        ways=tuple(_ways(copy, step)),
        settings=tuple(_chosen(copy, name) for name in description.slots_of(step)),
        cites=_cites(copy, step),
        measured=_measured(copy, step),
    )


def ending(copy: ReviewCopy, outcome: Outcome) -> End:
    """Return the screen of an outcome."""
    description = copy.description
    notify = ", ".join(description.role(role) for role in outcome.to_notify)
    return End(
        _place(copy, "outcome", outcome.id, copy.words(outcome.title)),
        lines=(Line("DO", copy.words(outcome.do)),) if outcome.do else (),
        refer=copy.said(description.role(outcome.refer)) if outcome.refer else None,
        notify=copy.said(notify) if notify else None,
        routine=outcome.routine,
        duties=tuple(_task(copy, duty) for duty in outcome.duties),
    )


def _task(copy: ReviewCopy, duty: Duty) -> Task:
    owner = copy.said(copy.description.role(duty.owner))
    return Task(
        copy.words(duty.do),
        owner,
        duty.within.words,
        copy.words(duty.why),
        tuple(_cited(copy, name) for name in duty.cite),
    )


def key_of(place: int) -> str:
    """Return the key of the option at this place, from 0: 1 to 9, then letters; `·` after the last key."""
    return KEYS[place] if place < len(KEYS) else "·"


def _place(copy: ReviewCopy, kind: str, target: str, name: Words) -> Place:
    return Place(
        id=target,
        at=f"{kind}-{target}",
        number=copy.numbers[target],
        name=name,
        begins=target == copy.description.protocol.start,
        leads=tuple(map(copy.link, copy.leads.get(target, ()))),
        jumps=tuple(map(copy.said, copy.jumps.get(target, ()))),
        cls="" if (cls := copy.classes.of_place(target)) in {None, DisclosureClass.PUBLIC} else str(cls),
    )


def _below(copy: ReviewCopy, step: Step) -> Iterator[Item]:
    if step.dial:
        yield Item(before="Dial: ", strong=Words(step.dial))
    items = tuple(items_of(step))
    called = sum(item.mark is Mark.CALL for item in items)
    for item in items:
        words = copy.words(item.words) if isinstance(item.words, Text) else Words(item.words or "")
        match item.mark:
            case Mark.KEY:
                yield Item(key_of(item.number - 1), words=words)
            case Mark.TICK:
                yield Item(key_of(item.number - 1), "☐ ", words=words)
            case Mark.BLANK:
                yield _box(copy, item.id)
            case Mark.CALL:
                before = f"Call {item.number}: " if called > 1 else "Call: "
                yield Item(before=before, strong=copy.said(copy.description.role(item.id)))
            case Mark.WHO if item.id:
                yield Item(before="Was it: ", strong=copy.said(copy.description.role(item.id)))
            case Mark.WHO | Mark.NOTE:
                yield Item(words=words) if isinstance(item.words, Text) else Item(before=item.words or "")
            case _:
                assert_never(item.mark)


def _box(copy: ReviewCopy, field_id: str) -> Item:
    field = copy.description.protocol.fields.get(field_id)
    if field is None:
        return Item(before=field_id)
    missing = ", ".join((*field.missing, "later")).replace("-", " ")
    choices = tuple(Choice(copy.words(label)) for label in field.choices.values())
    return Item(words=copy.words(field.label), field=Box(choices, missing, field.cls))


def _ways(copy: ReviewCopy, step: Step) -> Iterator[Way]:
    for answer in copy.description.answers(step):
        words = copy.said(answer.words) if answer.own else Words(answer.words)
        yield Way(key_of(answer.number - 1) if answer.number else "", words, copy.link(answer.target))


def _chosen(copy: ReviewCopy, setting_id: str) -> Chosen:
    setting = copy.description.protocol.settings[setting_id]
    return Chosen(copy.words(setting.ask), copy.choices(setting))


def _cites(copy: ReviewCopy, step: Step) -> tuple[Cited, ...] | None:
    if not is_shown(step) and not step.cite:
        return None
    return tuple(_cited(copy, name) for name in step.cite)


def _cited(copy: ReviewCopy, name: str) -> Cited:
    source = copy.description.protocol.sources.get(name)
    if source is None:
        return Cited("our own choice" if name == DESIGN else name, "")
    return Cited(source.title, f"#source-{name}")


def _measured(copy: ReviewCopy, step: Step) -> str:
    found = []
    for name in ("ask", "do", "say"):
        measure = (copy.measures or {}).get((("steps", step.id, name), copy.description.language))
        if measure:
            grade = f"grade {measure.grade:.0f}, " if measure.grade is not None else ""
            aloud = f", {measure.seconds:.0f} seconds aloud" if measure.seconds is not None else ""
            found.append(f"{name.upper()}: {grade}{measure.words} words{aloud}")
    return "; ".join(found)
