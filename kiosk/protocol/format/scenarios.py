"""The keys of a scenarios file."""

from __future__ import annotations

from kiosk.protocol.syntax.forms import FLAG, LINE, Either, File, Form, ListOf, Loose, may, must

_IDS = ListOf(LINE, empty=True)
_ONE_OR_SEVERAL = Either((LINE, ListOf(LINE)))
_CALLS = Loose(_ONE_OR_SEVERAL)

DO = Loose(
    Either((LINE, ListOf(Either((LINE, _CALLS))), _CALLS)),
    one=True,
    known=(
        may("press", LINE, "The interrupt that is pressed, by id."),
        may("back", LINE, "The step one goes back to; the next line corrects its answer."),
        may("called", Either((_CALLS, ListOf(_CALLS))), "Calls outside a call step: role id → what came of it."),
    ),
)
"""One line of what is done: a step's id and its answer, or `press`, `back` or `called`."""

RECORD = Form(
    "expected record",
    "What the record holds at the end.",
    (
        may("has", Loose(LINE), "Field id → what was written, or why it is missing."),
        may("lacks", _IDS, "The fields that have no value."),
    ),
)

SCENARIO = Form(
    "scenario",
    "One short case that must hold.",
    (
        must("name", LINE, "What happens, as one would tell it. No two are the same."),
        must("do", ListOf(DO), "What the desk answers, one line at a time."),
        may("settings", Loose(LINE), "Setting id → choice, for this case."),
        may("people", Loose(LINE), "Role id → how many contacts it has here; one when left out."),
        may("after_hours", FLAG, "“true” when it begins after hours."),
        may("path", _IDS, "The steps that are shown, in order."),
        may("outcome", LINE, "The outcome it ends with."),
        may("shows", _IDS, "What must have been on the screen, as “say:identify”."),
        may("not_shows", _IDS, "What must never have been on the screen."),
        may("record", RECORD, "What the record holds at the end."),
    ),
)

FILE = File("scenarios", "Scenarios: short cases that must hold.", ListOf(SCENARIO))
