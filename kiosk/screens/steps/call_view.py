"""A call list: whom to call now and the result; or, if it only asks who it was, everyone it is about."""

from __future__ import annotations

from typing import Final

from kiosk.desk.running import Running
from kiosk.engine.encounter import Encounter
from kiosk.i18n.strings import text
from kiosk.presentation.services import Services
from kiosk.presentation.step_view import StepView, due, panel, person_line
from kiosk.presentation.values import Choice
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.replies import Attempt, Called, CallResult, Place
from kiosk.screens.steps.view import Below, Pick, View

RESULTS: Final = (CallResult.REACHED, CallResult.NO_ANSWER, CallResult.NOT_CALLED)

NONE_OF_THEM: Final = "none"
"""The id of the answer “none of these people”."""


def _below(services: Services, running: Running, view: StepView) -> Below:
    if _only_asks(view):
        return Below(choices=_people(services, running, view))
    earlier = view.earlier.attempts[-1].result if isinstance(view.earlier, Called) else None
    someone = due(services, running, view.place) is not None
    return Below(caller=True, choices=_results(services.station.language, someone=someone, earlier=earlier))


def _only_asks(view: StepView) -> bool:
    return isinstance(view.step, CallStep) and view.step.pick


def _results(language: str, *, someone: bool, earlier: CallResult | None) -> tuple[Choice, ...]:
    words = {result: text(f"call.{n}", language) for n, result in enumerate(RESULTS, 1)}
    if not someone:
        words = {CallResult.NOT_CALLED: text("call.on", language)}
    return tuple(Choice(result, label, marked=result == earlier) for result, label in words.items())


def _people(services: Services, running: Running, view: StepView) -> tuple[Choice, ...]:
    """Return everyone such a step is about, and “none of them”; `_who` reads the id."""
    walk, language = running.walk, services.station.language
    chain = walk.chain(view.step) if isinstance(view.step, CallStep) else ()
    labels = {f"{line.role} {line.person}": person_line(line, language) for line in panel(services, walk, chain)}
    labels[NONE_OF_THEM] = text("call.none-of-them", language)
    earlier = view.earlier.attempts[-1] if isinstance(view.earlier, Called) else None
    return tuple(
        Choice(key, label, marked=earlier is not None and _who(walk, view.place, key) == earlier)
        for key, label in labels.items()
    )


def _who(walk: Encounter, place: Place, choice: str) -> Attempt | None:
    """Return the call for an answer that `_people` offers; None for any other answer."""
    step = walk.protocol.steps.get(place.step)
    if not isinstance(step, CallStep) or not step.pick:
        return None
    if choice == NONE_OF_THEM:
        return Attempt(step.roles[0], 0, CallResult.NOT_CALLED)
    # Who answered and who called back are asked for in one question, so the record can't say more than “reached”.
    return next((Attempt(*who, CallResult.REACHED) for who in walk.chain(step) if choice == f"{who[0]} {who[1]}"), None)


def _picked(pick: Pick) -> Called | Attempt | None:
    if (who := _who(pick.walk, pick.place, pick.choice)) is not None:
        return Called((who,)) if pick.again else who
    result = CallResult.of_id(pick.choice)
    if result not in RESULTS:
        return None
    attempts = pick.walk.attempts(pick.place) if pick.again else ()
    if attempts:
        *before, last = attempts
        return Called((*before, Attempt(last.role, last.person, result)))
    step = pick.walk.protocol.steps.get(pick.place.step)
    first = (step.roles[0] if isinstance(step, CallStep) else "", 0)
    tried = Attempt(*(pick.walk.next_attempt(pick.place) or first), result)
    return Called((tried,)) if pick.again else tried


VIEW: Final = View(
    below=_below,
    picked=_picked,
    listed=lambda view: _only_asks(view) and isinstance(view.earlier, Called),
)
