"""The questions about records: the one on the screen, an unfinished one, and the tasks still to do.

Questions and answers are plain values. Messages send each answer to the app, which acts on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from textual.message import Message

from kiosk.desk.referral import Line
from kiosk.desk.running import Running
from kiosk.desk.unfinished import Overview, ToDo
from kiosk.i18n.strings import text
from kiosk.presentation import step_view
from kiosk.presentation.services import Services
from kiosk.presentation.values import Choice
from kiosk.protocol.replies import Attempt, CallResult
from kiosk.record.duties.open_tasks import OpenTasks
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.endings import OVER, Ending, Link, VoidReason
from kiosk.screens.messages import (
    CalledLater,
    Continued,
    Ended,
    FactWanted,
    Linked,
    LinkWanted,
    Opened,
    Paused,
)
from kiosk.screens.pages.ask import Asked

Tell = Callable[[Message], object]
"""Send the app the message for an answer."""

_RESULTS: Final[Mapping[str, CallResult]] = {"1": CallResult.REACHED, "2": CallResult.NO_ANSWER}


def about_open(services: Services, running: Running, tell: Tell) -> Asked:
    """Ask what to do with the record on the screen."""
    language = services.station.language

    def then(answer: str) -> Asked | None:
        match answer:
            case "another" | "later":
                tell(Paused(another=answer == "another"))
            case "link":
                tell(LinkWanted())
            case "initials":
                tell(Opened("initials"))
            case "over":
                return _over(running, language, tell)
            case "void":
                return _void(running, language, tell)
        return None

    ways = ("another", "later", "link", "initials", "over", "void")
    return Asked(text("record.title", language, no=running.no), _choices("record", ways, language), then)


def about_unfinished(services: Services, running: Running, tell: Tell) -> Asked:
    """Ask what to do with an unfinished record."""
    language = services.station.language

    def then(answer: str) -> Asked | None:
        match answer:
            case "over":
                return _over(running, language, tell)
            case "void":
                return _void(running, language, tell)
        tell(Continued(running))
        return None

    saved = step_view.when(services, running.last_at or running.opened_at)
    lines = (
        text("unfinished.when", language, started=step_view.when(services, running.opened_at), saved=saved),
        text("unfinished.at", language, where=step_view.where(services.station, running)),
        text("resume.safe", language),
    )
    title = text("unfinished.title", language, no=running.no)
    return Asked(title, _choices("unfinished", ("continue", "over", "void"), language), then, lines)


def _over(running: Running, language: str, tell: Tell) -> Asked:
    def then(answer: str) -> None:
        if answer == "yes":
            tell(Ended(running, Ending.UNFINISHED, OVER))

    lines = (text("over.how", language),)
    return Asked(text("over.title", language, no=running.no), _choices("over", ("yes", "no"), language), then, lines)


def _void(running: Running, language: str, tell: Tell) -> Asked:
    def then(answer: str) -> None:
        tell(Ended(running, Ending.VOID, answer))

    lines = (text("void.how", language),)
    title = text("void.title", language, no=running.no)
    return Asked(title, _choices("void", [reason.value for reason in VoidReason], language), then, lines)


def with_which(services: Services, running: Running, recent: Sequence[EncounterRecord], tell: Tell) -> Asked:
    """Ask which record the one on the screen belongs with, and how."""
    language = services.station.language
    others = {record.id: record for record in recent if record.id != running.id}

    def how(to: EncounterRecord) -> Asked:
        def then(answer: str) -> None:
            tell(Linked(to, Link(answer)))

        title = text("link.how", language, no=to.no)
        return Asked(title, _choices("link", [link.value for link in Link], language), then)

    choices = [Choice(r.id, f"{r.no}  {step_view.when(services, r.opened_at)}") for r in others.values()]
    title = text("link.title" if others else "link.none", language)
    return Asked(title, choices, lambda answer: how(others[answer]))


def to_do(services: Services, overview: Overview, tell: Tell) -> Asked:
    """Ask which record to work on, then which task. With only one record, ask for the task at once."""
    language = services.station.language
    each = {one.record.id: one for one in overview.to_do}
    if len(each) == 1:
        return _for_record(services, overview.to_do[0], tell)
    choices = [Choice(one.record.id, _in_list(services, one)) for one in overview.to_do]
    title = text("to-do.title" if each else "to-do.none", language)
    return Asked(title, choices, lambda answer: _for_record(services, each[answer], tell))


def left_to_do(overview: Overview, language: str) -> str:
    """Return the tasks still to do in one neutral line; empty for none."""
    calls = tuple(role for one in overview.to_do for role in one.tasks.calls)
    facts = tuple(fact for one in overview.to_do for fact in one.tasks.facts)
    counted = step_view.still_to_do(OpenTasks(calls, facts), language)
    if counted and overview.older:
        counted = text("to-do.older", language, counted=counted)
    return f"{counted}. {text('to-do.press', language)}" if counted else ""


def _in_list(services: Services, one: ToDo) -> str:
    opened = step_view.when(services, one.record.opened_at)
    return f"{one.record.no}  {opened}  {step_view.still_to_do(one.tasks, services.station.language)}"


def _for_record(services: Services, one: ToDo, tell: Tell) -> Asked:
    language, record, tasks, protocol = services.station.language, one.record, one.tasks, one.protocol
    people = step_view.in_roles(services, protocol, tasks.calls)
    fields = {name: protocol.fields[name] for name in tasks.facts if protocol and name in protocol.fields}

    def then(answer: str) -> Asked | None:
        if answer in fields:
            tell(FactWanted(record, fields[answer]))
            return None
        return _how_it_went(record, people[answer], language, tell)

    calls = [Choice(key, step_view.person_line(person, language)) for key, person in people.items()]
    facts = [
        Choice(name, text("to-do.fact", language, name=step_view.called(services.station, f.label)))
        for name, f in fields.items()
    ]
    title = text("to-do.record", language, no=record.no, when=step_view.when(services, record.opened_at))
    lines = (step_view.still_to_do(tasks, language) if calls or facts else text("to-do.terminal", language),)
    return Asked(title, [*calls, *facts], then, lines)


def _how_it_went(record: EncounterRecord, person: Line, language: str, tell: Tell) -> Asked:
    def then(answer: str) -> None:
        tell(CalledLater(record, Attempt(person.role, person.person, _RESULTS[answer])))

    return Asked(text("calls.how", language, name=person.name), _choices("call", tuple(_RESULTS), language), then)


def _choices(group: str, ids: Sequence[str], language: str) -> list[Choice]:
    return [Choice(one, text(f"{group}.{one}", language)) for one in ids]
