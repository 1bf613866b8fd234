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
        may("press", LINE, "The id of the interrupt that is pressed."),
        may("back", LINE, "The step to go back to; the next line changes its answer."),
        may("called", Either((_CALLS, ListOf(_CALLS))), "Calls outside a call step: role id → result."),
    ),
)
"""One line of `do`: a step's id and its answer, or `press`, `back` or `called`."""

RECORD = Form(
    "expected record",
    "The expected contents of the record.",
    (
        may("has", Loose(LINE), "Field id → its value, or the reason it is missing."),
        may("lacks", _IDS, "Fields without a value."),
    ),
)

SCENARIO = Form(
    "scenario",
    "A short test case.",
    (
        must("name", LINE, "The case in a few words; each name is unique."),
        must("do", ListOf(DO), "The answers of staff, one on each line."),
        may("settings", Loose(LINE), "Setting id → choice for this case."),
        may("people", Loose(LINE), "Role id → number of contacts in this case (default: 1)."),
        may("after_hours", FLAG, "“true” if it begins after hours."),
        may("path", _IDS, "The expected steps, in order."),
        may("outcome", LINE, "The expected outcome."),
        may("shows", _IDS, "Texts that must be shown, such as “say:identify”."),
        may("not_shows", _IDS, "Texts that must not be shown."),
        may("record", RECORD, "The expected contents of the record."),
    ),
)

FILE = File("scenarios", "Scenarios: test cases of a protocol.", ListOf(SCENARIO))
