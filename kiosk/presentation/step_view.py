"""The content of an encounter's screens, as plain values: no widget, no key, no drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.desk import referral
from kiosk.desk.referral import Line
from kiosk.desk.running import Running, slots
from kiosk.desk.station import Station
from kiosk.engine import call_order
from kiosk.engine.encounter import Encounter
from kiosk.i18n.strings import text
from kiosk.layout import key_row
from kiosk.presentation.keys import INTERRUPTS, KEYS
from kiosk.presentation.marks import marked
from kiosk.presentation.services import Services
from kiosk.presentation.status import clock_time
from kiosk.presentation.values import Pair, Shown
from kiosk.protocol.field_types.registry import type_of
from kiosk.protocol.kinds.registry import answers_of, facts_of, in_words
from kiosk.protocol.model import REFERRAL, Field, Protocol, Step, Text
from kiosk.protocol.replies import (
    PUT_OFF,
    REACHED,
    Attempt,
    Missing,
    Place,
    Pressed,
    Recorded,
    Reply,
    Value,
)
from kiosk.protocol.slots import NOTHING, Said, said
from kiosk.record.duties.open_tasks import OpenTasks
from kiosk.record.entries import ENCRYPTED
from kiosk.system.clock import Instant

_WEEK = 7


@dataclass(frozen=True, slots=True)
class StepView:
    """One step in words. `earlier`: the reply given before, when looking back; `answered`: the same in words.

    All texts are in the desk's language, or marked, except `say`, which is for the visitor. `say_meant` is its meaning
    for staff; empty if they read that language.
    """

    place: Place
    step: Step
    heading: str
    do: str
    say: Said
    earlier: Reply | None = None
    answered: str = ""
    say_meant: str = ""


def known(running: Running, place: Place) -> dict[str, Value]:
    """Return the values for the boxes of a form step: those given there, else those known from other steps."""
    given = running.walk.answered(place)
    return running.walk.facts() | (dict(given.values) if isinstance(given, Recorded) else {})


def view_of(station: Station, running: Running, place: Place) -> StepView | None:
    """Return the step at this place; None at an outcome."""
    walk = running.walk
    step = walk.protocol.steps.get(place.step)
    if step is None:
        return None
    earlier = walk.replies.get(place) if place != walk.at else None
    say, meant = (_said(station, walk, step.say, language) for language in (station.spoken, station.language))
    return StepView(
        place,
        step,
        say_in(station, walk, step.heading),
        say_in(station, walk, step.do),
        say,
        earlier,
        reply_in_words(station, walk, step, earlier),
        "" if meant.language == say.language else meant.words,
    )


def _said(station: Station, walk: Encounter, words: Text | None, language: str) -> Said:
    return NOTHING if words is None else said(words, language, slots(station, walk, language))


def say_in(station: Station, walk: Encounter, words: Text | None) -> str:
    """Return a protocol text in the desk's language, or marked, with its slots filled; empty for none."""
    return marked(_said(station, walk, words, station.language))


def called(station: Station, words: Text) -> str:
    """Return the name of a field or a role in the desk's language, or marked."""
    return marked(said(words, station.language))


def value_in_words(station: Station, field: Field, value: Value) -> str:
    """Return a fact as people read it: why it is missing, the words of its choice, or the typed words."""
    if isinstance(value, Missing):
        return text(f"missing.{value.reason}", station.language)
    label = field.choices.get(value) if isinstance(value, str) else None
    if label is not None:
        return called(station, label)
    return type_of(field).shown(value, lambda word_id: text(word_id, station.language))


def reply_in_words(station: Station, walk: Encounter, step: Step, reply: Reply | None) -> str:
    """Return an earlier reply in words; empty if there is none."""
    if reply is None:
        return ""
    if isinstance(reply, Pressed):
        jump = walk.protocol.interrupt(reply.interrupt)
        answer = say_in(station, walk, jump.label) if jump else reply.interrupt
        return text("step.pressed", station.language, answer=answer)
    answer = ", ".join(in_words(reply, _Words(station, walk, answers_of(step))))
    return text("step.answered", station.language, answer=answer) if answer else ""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a step's replies, as the desk shows an earlier one. Facts are shown in their boxes."""

    station: Station
    walk: Encounter
    labels: Mapping[str, Text]

    def option(self, option: str) -> str:
        return say_in(self.station, self.walk, self.labels.get(option))

    def fact(self, _: str, __: Value) -> str:
        return ""

    def call(self, attempt: Attempt) -> str:
        return text(f"result.{attempt.result}", self.station.language)


def interrupt_pairs(station: Station, walk: Encounter) -> list[Pair]:
    """Return the interrupts with their keys, with the longest language marks that leave every key in the row."""
    words = slots(station, walk, station.language)
    labels = [said(i.label, station.language, words) for i in walk.protocol.interrupts]
    coded = [f"[{label.language}] {label.words}" if label.foreign else label.words for label in labels]
    for row in ([marked(label) for label in labels], coded):
        pairs = [Pair(key, label) for key, label in zip(INTERRUPTS, row, strict=False)]
        if key_row.taken([key_row.Key(KEYS[pair.key].key_label, pair.label) for pair in pairs]) <= key_row.NARROWEST:
            return pairs
    return [Pair(key, label.words) for key, label in zip(INTERRUPTS, labels, strict=False)]


def due(services: Services, running: Running, place: Place) -> Line | None:
    """Return whom to call at a call step; for an earlier step, who was called last, or was due when it was left."""
    walk = running.walk
    attempts = walk.attempts(place)
    whom = walk.next_attempt(place) if place == walk.at or not attempts else None
    if whom is None and attempts:
        whom = attempts[-1].role, attempts[-1].person
    return None if whom is None else next(iter(panel(services, walk, (whom,))), None)


def people(services: Services, running: Running) -> tuple[Shown, ...]:
    """Return everyone in the one order for people, each with what is known of calling them."""
    walk, contacts = running.walk, services.station.contacts.roles
    everybody = ((role, n) for role in walk.protocol.roles for n in range(len(contacts.get(role, ()))))
    made = [Attempt(c.role, c.person, c.result) for c in running.calls]
    due_now = call_order.next_call(walk, made)
    last = {(c.role, c.person): c for c in running.calls} | {
        (c.role, c.person): c for c in running.calls if c.result in REACHED
    }

    def shown(line: Line) -> Shown:
        call = last.get((line.role, line.person))
        time = clock_time(services, call.at.wall_us) if call else ""
        return Shown(line, (line.role, line.person) == due_now, call.result if call else None, time)

    return tuple(map(shown, panel(services, walk, call_order.order(walk, everybody))))


def call_now(services: Services, running: Running) -> tuple[str, str] | None:
    """Return (name, number) to call first at the current step: digits to dial, or the person who is due."""
    if (step := running.walk.step) is not None and step.dial:
        return "", step.dial
    due_now = next((shown.line for shown in people(services, running) if shown.due), None)
    return None if due_now is None else (due_now.name, due_now.phone)


def panel(services: Services, walk: Encounter, chain: tuple[tuple[str, int], ...]) -> tuple[Line, ...]:
    """Return these people of the protocol's roles, as lines."""
    return referral.panel(
        services.station.contacts,
        walk.protocol,
        chain,
        services.now(),
        services.station.language,
        lambda title: called(services.station, title),
    )


def in_roles(services: Services, protocol: Protocol | None, roles: Sequence[str]) -> dict[str, Line]:
    """Return everyone who fills these roles at this school, in order, each with a key. Titles are the protocol's."""
    contacts = services.station.contacts
    language = services.station.language
    titles = {role: protocol.roles[role].title for role in roles if protocol and role in protocol.roles}
    people = (
        referral.line(
            contact,
            role,
            n,
            titles.get(role, Text(((language, role),))),
            contacts.available(contact, services.now()),
            language,
            lambda title: called(services.station, title),
        )
        for role in roles
        for n, contact in enumerate(contacts.roles.get(role, ()))
    )
    return {f"{line.role} {line.person}": line for line in people}


def person_line(person: Line, language: str, called: str = "") -> str:
    """Return number, name, role and any absence, in one line of a list. called: what is known of calling them."""
    role = person.role_title if person.role_title != person.name else ""
    away = text("call.closed", language) if person.available is False and not called else ""
    return f"{person.phone}  " + " · ".join(words for words in (person.name, role, away, called) if words)


def known_of(shown: Shown, language: str) -> str:
    """Return the state of calling a person, in words: the result and its time, or that they are to be called now."""
    if shown.due:
        return text("call.due", language)
    return "" if shown.result is None else f"{text(f'result.{shown.result}', language)} {shown.time}"


def when(services: Services, at: Instant) -> str:
    """Return that time as people say it: today with the time, within a week with the day, else with the date."""
    language, then, now = services.station.language, at.local(services.zone), services.now()
    time, days = clock_time(services, at.wall_us), (now.date() - then.date()).days
    if days == 0:
        return text("when.today", language, time=time)
    if 0 < days < _WEEK:
        return text("when.day", language, day=text(f"day.{then.weekday()}", language), time=time)
    return text("when.date", language, date=f"{then:%Y-%m-%d}", time=time)


def day(services: Services, at: Instant) -> str:
    """Return the day of that time for a list: its date; of today the time."""
    then = at.local(services.zone)
    return when(services, at) if then.date() == services.now().date() else f"{then:%Y-%m-%d}"


def still_to_do(tasks: OpenTasks, language: str) -> str:
    """Return the number of calls to make and details to add, in words."""
    calls, facts = len(tasks.calls), len(tasks.facts)
    words = [text("to-do.calls", language, n=calls)] if calls else []
    words += [text("to-do.facts", language, n=facts)] if facts else []
    return " · ".join(words)


def where(station: Station, running: Running) -> str:
    """Return the heading of the current step."""
    if running.outcome is not None:
        return say_in(station, running.walk, running.outcome.title)
    shown = view_of(station, running, running.walk.at)
    return shown.heading or shown.do or shown.say_meant or marked(shown.say) if shown else ""


def call_lines(services: Services, running: Running) -> tuple[str, ...]:
    """Return the calls made, one line each, oldest first."""
    language = services.station.language
    return tuple(
        f"{clock_time(services, c.at.wall_us)}  {c.name}: {text(f'result.{c.result}', language)}" for c in running.calls
    )


def open_facts(station: Station, running: Running) -> tuple[str, ...]:
    """Return the labels of the facts still to be filled in."""
    fields = running.walk.protocol.fields
    return tuple(called(station, fields[f].label) for f in running.put_off if f in fields)


def has_typed_words(running: Running) -> bool:
    """Check whether the record holds typed words, which can contain more than facts, or name a child."""
    fields = running.walk.protocol.fields
    facts = running.walk.facts().items()
    typed = (name for name, value in facts if isinstance(value, str) or value == Missing(ENCRYPTED))
    return bool(running.notes) or any(type_of(fields[name]).free for name in typed if name in fields)


def place_of_fact(running: Running, field_id: str) -> Place | None:
    """Return where a fact was last asked for."""
    steps = running.walk.protocol.steps
    for place in reversed(running.walk.path):
        step = steps.get(place.step)
        if field_id in facts_of(step):
            return place
    return None


def not_notified_titles(station: Station, running: Running) -> tuple[str, ...]:
    """Return the titles of the roles not notified yet."""
    roles = running.walk.protocol.roles
    return tuple(called(station, roles[role].title) for role in running.not_notified if role in roles)


def not_notified_numbers(services: Services, running: Running) -> tuple[str, ...]:
    """Return the roles not notified yet, each with its first number."""
    roles = running.walk.protocol.roles
    lines = []
    for role in running.not_notified:
        contact = referral.contact_of(services.station.contacts, role)
        title = called(services.station, roles[role].title) if role in roles else role
        lines.append(f"{title} {contact.shown_phone(services.station.language)}" if contact else title)
    return tuple(lines)


def written(station: Station, running: Running) -> tuple[tuple[str, str], ...]:
    """Return the recorded facts, as (label, words), for the closing review."""
    fields = running.walk.protocol.fields
    facts = [
        (called(station, fields[name].label), value_in_words(station, fields[name], value))
        for name, value in running.walk.facts().items()
        if value != PUT_OFF and name in fields
    ]
    note = text("review.note", station.language)
    return (*facts, *((note, words) for words in running.notes))


def number_to_call(services: Services) -> tuple[str, str]:
    """Return whom to call in trouble, as (name, phone): the superintendent's office, else the first contact.

    Return empty strings if there is nobody.
    """
    contacts = services.station.contacts
    first = next((role for role, people in contacts.roles.items() if people), REFERRAL)
    contact = referral.contact_of(contacts, REFERRAL) or referral.contact_of(contacts, first)
    return ("", "") if contact is None else (contact.name, contact.shown_phone(services.station.language))


def referral_role(services: Services, running: Running) -> str:
    """Return the role for the card: the outcome's, else the superintendent's office, else the first required one."""
    if running.outcome is not None and running.outcome.refer:
        return running.outcome.refer
    required = (role.id for role in running.walk.protocol.roles.values() if role.required)
    return REFERRAL if REFERRAL in services.station.contacts.roles else next(required, REFERRAL)
