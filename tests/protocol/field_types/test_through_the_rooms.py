"""A date and a number on their whole way: file, walk, scenario, log, exports, comparison."""

from __future__ import annotations

from typing import Final

import pytest

from kiosk.checks.walks.explorer import explore
from kiosk.engine.encounter import answer, begin
from kiosk.errors import InvalidAnswer, Mistyped
from kiosk.protocol.field_type import FieldType
from kiosk.protocol.replies import Place, Recorded, Value
from kiosk.protocol.validation.structure import examined
from kiosk.record import amend_targets
from kiosk.record.amendments import NOWHERE
from kiosk.record.bodies import reply_body, reply_of
from kiosk.scenarios.model import Answered, Scenario
from kiosk.scenarios.reader import read_scenarios
from kiosk.scenarios.writer import rendered
from tests.builders import a_protocol_with_a_date
from tests.protocol.samples import EVERYTHING

BOTH: Final = Recorded.of({"day": "2026-03-14", "pages": 5})


def test_a_file_says_both() -> None:
    """With the limits as numbers."""
    reading = examined(EVERYTHING.encode(), "f")
    fields = reading.draft.fields if reading.draft else {}
    assert fields["day"].type is FieldType.DATE
    assert (fields["pages"].type, fields["pages"].least, fields["pages"].most) == (FieldType.NUMBER, 1, 9)


def test_a_walk_takes_what_fits_alone() -> None:
    """Also where no screen checked it."""
    walk = begin(a_protocol_with_a_date())
    assert answer(walk, walk.at, BOTH).facts() == {"day": "2026-03-14", "pages": 5}
    wrong: list[dict[str, Value]] = [{"day": "3/14/2026"}, {"day": 5}, {"pages": 10}, {"pages": "5"}]
    for value in wrong:
        with pytest.raises(InvalidAnswer):
            answer(walk, walk.at, Recorded.of({**dict(BOTH.values), **value}))


def test_all_walks_come_through() -> None:
    """What is tried of such a form fits it."""
    assert explore(a_protocol_with_a_date()).complete


def test_the_log_gives_back_what_was_kept() -> None:
    """A date as a word in order of the calendar, a number as a number."""
    place = Place("identify")
    body = reply_body(place, BOTH)
    assert (body["field.day"], body["field.pages"]) == ("2026-03-14", 5)
    assert reply_of("identify", body) == (place, BOTH)


def test_a_scenario_says_both_and_is_read_again() -> None:
    """As staff would type them, too."""
    protocol = a_protocol_with_a_date()
    text = rendered(Scenario(name="a", line=1, do=(Answered(3, "identify", BOTH),), outcome="left"))
    for said in (text, text.replace("2026-03-14", "3/14/2026")):
        (scenario,), findings = read_scenarios(said.encode(), "s", protocol)
        assert findings == ()
        assert scenario.do == (Answered(3, "identify", BOTH),)


@pytest.mark.parametrize("wrong", ["day: 14/3/2026", "pages: 0", "pages: many"])
def test_a_scenario_with_another_value_is_found(wrong: str) -> None:
    """Nobody could have typed it."""
    text = f"- {{name: a, do: [{{identify: {{{wrong}}}}}], outcome: left}}"
    assert [f.code for f in read_scenarios(text.encode(), "s", a_protocol_with_a_date())[1]] == ["S119"]


def test_an_amendment_is_held_to_the_same() -> None:
    """A correction is typed as at the desk."""
    subject = amend_targets.AmendTarget("field.day", NOWHERE, "2026-03-14")
    assert amend_targets.new_value(subject, "3/15/2026", a_protocol_with_a_date()) == "2026-03-15"
    with pytest.raises(Mistyped):
        amend_targets.new_value(subject, "next week", a_protocol_with_a_date())
