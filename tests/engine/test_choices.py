"""A fact that is chosen with a key: its value is an id; people read the words. And the reason that there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from kiosk.authoring.describe import Description
from kiosk.authoring.diagram.model import diagram
from kiosk.authoring.diff.editions import differences
from kiosk.checks.privacy import check_privacy
from kiosk.checks.walks.explorer import explore
from kiosk.engine.encounter import answer, begin
from kiosk.errors import InvalidAnswer, UsageError
from kiosk.protocol.field_types.registry import typed, value_fits
from kiosk.protocol.kinds.record import RecordStep
from kiosk.protocol.model import Protocol
from kiosk.protocol.pack import read_pack
from kiosk.protocol.replies import Missing, Place, Recorded, Value
from kiosk.record import amend_targets
from kiosk.record.amend_targets import AmendTarget
from kiosk.record.amendments import Ref
from kiosk.record.canonical import Json
from kiosk.record.entries import Entry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.protocol import as_dict, step_lines
from kiosk.reports.scenarios import sentences
from kiosk.reports.transcript import transcript_lines
from kiosk.scenarios.from_record import practice_run
from kiosk.scenarios.model import Answered, Scenario
from kiosk.scenarios.runner import read_scenarios, run
from kiosk.scenarios.writer import rendered
from tests.builders import SEALED, a_protocol, en
from tests.protocol.parsing.test_translations import line, spanish
from tests.protocol.validation.test_structure import PROTOCOL, changed
from tests.record.rows import encoded

FILE: Final = changed(
    PROTOCOL,
    "missing: [refused]}",
    "missing: [refused]}\n  sealed:\n    label: {en: A seal}\n    type: choice\n"
    "    choices: {yes: Closed, partly: {en: Half open}, no: {en: Open}}\n    missing: [none]",
)


def with_a_choice() -> Protocol:
    """The sample protocol; the step `identify` asks for a fact that is chosen, too."""
    base = a_protocol()
    identify = base.steps["identify"]
    assert isinstance(identify, RecordStep)
    steps = {**base.steps, "identify": replace(identify, fields=(*identify.fields, "sealed"), dial="911")}
    return replace(base, fields={**base.fields, "sealed": SEALED}, steps=steps)


def test_a_field_with_choices_is_read() -> None:
    """By id, in the file's order, words in every language."""
    protocol = read_pack({"protocol.yaml": FILE.encode()}).protocol
    assert protocol is not None
    field = protocol.fields["sealed"]
    assert (field.type, field.missing) == ("choice", ("none",))
    assert {choice: label.say() for choice, label in field.choices.items()} == {
        "yes": "Closed",
        "partly": "Half open",
        "no": "Open",
    }
    assert protocol.fields["badge"].choices == {}


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("yes", True),
        ("partly", True),
        ("Yes", False),
        ("Part of one", False),
        ("", False),
        (1, False),
        (Missing("none"), True),
        (Missing("not-seen"), True),
        (Missing("deferred"), True),
        (Missing("refused"), False),
    ],
)
def test_only_an_id_of_a_choice_fits(value: str | int | Missing, fits: bool) -> None:
    """Or a reason that the field allows."""
    assert value_fits(with_a_choice(), "sealed", value) is fits


def test_there_being_none_is_a_reason_of_its_own() -> None:
    """Beside refused and not seen; only where the field allows it."""
    assert not value_fits(a_protocol(), "badge", Missing("none"))
    base = a_protocol()
    badge = replace(base.fields["badge"], missing=("none",))
    assert value_fits(replace(base, fields={**base.fields, "badge": badge}), "badge", Missing("none"))


def test_the_engine_takes_only_a_choice() -> None:
    """Before anything can be written."""
    protocol = with_a_choice()
    walk = begin(replace(protocol, start="identify"))
    facts: dict[str, Value] = {"agency-as-stated": "X", "agents-count": 1, "badge": "1"}
    with pytest.raises(InvalidAnswer):
        answer(walk, walk.at, Recorded.of({**facts, "sealed": "closed"}))
    moved = answer(walk, walk.at, Recorded.of({**facts, "sealed": "partly"}))
    assert moved.at == Place("request")
    assert moved.facts()["sealed"] == "partly"


def test_every_walk_through_it_goes_on() -> None:
    """The generated answers are ids."""
    assert explore(with_a_choice()).complete


# -- scenarios ---------------------------------------------------------------------------------------------------------


def played(fact: str) -> tuple[list[str], Scenario]:
    """The codes found in a scenario that gives this fact, and the scenario."""
    protocol = replace(with_a_choice(), start="identify")
    text = f"- {{name: a, do: [{{identify: {{sealed: {fact}}}}}], record: {{has: {{sealed: {fact}}}}}}}\n"
    (scenario,), findings = read_scenarios(text.encode(), "s", protocol)
    return [f.code for f in findings], scenario


@pytest.mark.parametrize("fact", ["partly", "none"])
def test_a_scenario_gives_the_id_or_the_reason(fact: str) -> None:
    """It is played, told in the words of the choice, and written as it was read."""
    codes, scenario = played(fact)
    protocol = replace(with_a_choice(), start="identify")
    assert codes == []
    assert run(protocol, scenario).passed
    assert read_scenarios(rendered(scenario).encode(), "s", protocol)[0][0].do[0] == replace(scenario.do[0], line=3)
    said = {"partly": "Part of one", "none": "(none)"}[fact]
    assert f"{SEALED.label.say()}: {said}" in "".join(sentences(scenario, Description(protocol)))


@pytest.mark.parametrize(("fact", "code"), [("partl", "S119"), ("refused", "S108")])
def test_a_scenario_with_another_value_is_found(fact: str, code: str) -> None:
    """Once where it is given, once where it is expected."""
    assert played(fact)[0] == [code, code]


def test_a_practice_run_keeps_what_was_chosen() -> None:
    """Nobody typed it, so it may stand in a scenario that leaves typed words out."""
    protocol = with_a_choice()
    body: dict[str, Json] = {"visit": 1, "field.agency-as-stated": "Coast Guard", "field.sealed": "no"}
    (entry,) = encoded([Entry(EntryKind.STEP_ANSWERED, body, "e", step="identify")])
    (only,) = practice_run([decode(entry)], protocol).lines
    assert isinstance(only, Answered)
    assert only.reply == Recorded.of({"agency-as-stated": "…", "sealed": "no"})


# -- what people read --------------------------------------------------------------------------------------------------


def test_the_words_of_the_choices_stand_wherever_the_step_is_told() -> None:
    """In the text, the picture, and for scripts; with the digits to dial."""
    protocol = with_a_choice()
    step = protocol.steps["identify"]
    told = list(step_lines(protocol, step, {}, "en"))
    asked = "Is there a seal on it? (Yes / Part of one / No)"
    assert f"    ____ {asked}" in told
    assert "  DIAL 911" in told
    box = diagram(Description(protocol)).box("identify")
    assert box is not None
    assert box.details[0] == "dial 911"
    assert box.details[-1] == f"▁▁ {asked}"
    steps = {one["id"]: one for one in as_dict(protocol, {}, "en")["steps"]}
    assert steps["identify"]["dial"] == "911"
    assert "dial" not in steps["request"]


def test_a_record_is_told_with_the_words_of_the_choice() -> None:
    """As the protocol that the log keeps says them; the log itself keeps the id."""
    body: dict[str, Json] = {"visit": 1, "recorded": True, "field.sealed": "partly", "field.badge": {"missing": "none"}}
    opened: dict[str, Json] = {"no": "2026-0001", "settings": {}, "people": {}, "language": "es"}
    entries = encoded(
        [Entry(EntryKind.ENCOUNTER_OPENED, opened, "e"), Entry(EntryKind.STEP_ANSWERED, body, "e", step="identify")]
    )
    protocol = replace(with_a_choice(), start="identify")
    told = "\n".join(transcript_lines([decode(entry) for entry in entries], protocol))
    assert "> sealed: Una parte" in told
    assert "> badge: (none)" in told
    assert "____ Is there a seal on it? (Yes / Una parte / No)" in told.replace("[en] ", "")


def test_a_choice_that_is_gone_moved_or_said_otherwise_is_told() -> None:
    """Each as a change of the fact; one that is gone is marked."""
    old = with_a_choice()
    choices = {"no": en("No"), "yes": en("Yes, closed"), "torn": en("Torn")}
    new = replace(old, fields={**old.fields, "sealed": replace(SEALED, choices=choices)})
    found = {change.place[2:]: change for change in differences(Description(old), Description(new))}
    assert found["choices", "partly"].destructive
    assert ("choices", "torn") in found
    assert ("choices", "yes") in found
    assert ("choices",) in found


def test_other_digits_to_dial_are_told() -> None:
    """Gone ones are marked."""
    old = with_a_choice()
    new = replace(old, steps={**old.steps, "identify": replace(old.steps["identify"], dial="")})
    gone = {change.place: change for change in differences(Description(old), Description(new))}
    assert gone["steps", "identify", "dial"].destructive
    come = {change.place: change for change in differences(Description(new), Description(old))}
    assert not come["steps", "identify", "dial"].destructive


# -- words -------------------------------------------------------------------------------------------------------------


def test_a_choice_is_translated_by_its_key() -> None:
    """And is stale once its source has changed."""
    words = line("fields.sealed.choices.no", "Open", "Abierto")
    for source, said in ((FILE, "Abierto"), (changed(FILE, "{en: Open}", "{en: Broken}"), "Broken")):
        files = {"protocol.yaml": source.encode(), "es.yaml": spanish(words).encode()}
        protocol = read_pack(files).protocol
        assert protocol is not None
        assert protocol.fields["sealed"].choices["no"].say("es") == said


@pytest.mark.parametrize(
    ("choice", "label", "codes"),
    [
        ("open", "Open", set()),
        ("open", "Undocumented", {"V101"}),
        ("undocumented", "Open", {"V101"}),
        ("student", "A student", set()),
    ],
)
def test_a_choice_must_not_hold_what_is_never_kept(choice: str, label: str, codes: set[str]) -> None:
    """Neither its words nor its id."""
    base = with_a_choice()
    field = replace(SEALED, choices={choice: en(label)})
    protocol = replace(base, fields={"sealed": field})
    texts = [(("fields", "sealed", "choices", choice), en(label))]
    place = lambda *_: ("f", read_pack({"protocol.yaml": FILE.encode()}).reading.place(()))  # noqa: E731 - one line
    assert {f.code for f in check_privacy(protocol, texts, place)} == codes


# -- amending ----------------------------------------------------------------------------------------------------------


def test_an_amendment_says_one_of_the_choices() -> None:
    """Refused otherwise, with the ids."""
    subject = AmendTarget("field.sealed", Ref(1, "e1"), "yes")
    assert amend_targets.new_value(subject, "no", with_a_choice()) == "no"
    assert amend_targets.new_value(subject, Missing("none"), with_a_choice()) == Missing("none")
    with pytest.raises(UsageError) as told:
        amend_targets.new_value(subject, "No", with_a_choice())
    assert "yes, partly, no" in told.value.repair


def test_a_typed_id_stays_the_id() -> None:
    """Nothing is made of it."""
    assert typed(SEALED, " partly ") == "partly"
    assert typed(SEALED, " ") == Missing("deferred")
