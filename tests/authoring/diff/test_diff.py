"""The differences between two versions: each kind of change has its sentence, and no relevant change is missed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from kiosk.authoring.describe import Description
from kiosk.authoring.diff.change import Both, Change, Matter
from kiosk.authoring.diff.editions import differences
from kiosk.authoring.diff.guarantees import touched, verdicts_changed
from kiosk.authoring.diff.word_marks import marked
from kiosk.checks.guarantees import Verdict
from kiosk.protocol.guarantee import Event, Guarantee
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.model import Allowance, DisclosureClass, Protocol, Release, Source, Text
from kiosk.protocol.parsing.protocol import read_protocol
from tests.protocol.validation.test_structure import PROTOCOL


def protocol(text: str = PROTOCOL) -> Protocol:
    """The protocol of a text whose shape has no error."""
    reading = read_protocol(text.encode(), "protocol.yaml")
    assert reading.protocol is not None, [str(f) for f in reading.findings]
    return reading.protocol


def changed(old: str, new: str, text: str = PROTOCOL) -> tuple[Change, ...]:
    """Return the changes reported when `old` is replaced by `new`."""
    assert old in text
    return differences(Description(protocol(text)), Description(protocol(text.replace(old, new))))


def test_the_same_is_the_same() -> None:
    """Comments and layout are no change."""
    assert differences(Description(protocol()), Description(protocol("# a note\n\n" + PROTOCOL))) == ()


def test_an_answer_that_leads_elsewhere_is_told_first() -> None:
    """By its label, with both targets in words, before any change of words."""
    text = PROTOCOL.replace("An agent}, next: sort}", "An agent here}, next: over}")
    told = differences(Description(protocol()), Description(protocol(text)))
    assert told[0].matter is Matter.ROUTING
    assert "“An agent here” leads to" in told[0].words
    assert "(over) now; before:" in told[0].words
    assert [change.words for change in told if change.matter is Matter.WORDS] == ["An agent {+here+}"]


def test_a_renamed_id_is_not_gone() -> None:
    """`was:` says that it is the same thing; every target that follows it is the same as well."""
    text = PROTOCOL.replace("  who:\n", "  whoever:\n    was: who\n").replace("next: who}", "next: whoever}")
    text = text.replace("next: who\n", "next: whoever\n").replace("start: who\n", "start: whoever\n")
    text = text.replace("answer: who,", "answer: whoever,")
    told = differences(Description(protocol()), Description(protocol(text)))
    assert [change.words for change in told] == ["was called `who`."]


def test_without_was_it_was_removed_and_that_is_marked() -> None:
    """Old records would lose their step."""
    steps = {i: s for i, s in protocol().steps.items() if i != "note"}
    assert len(steps) < len(protocol().steps), "the sample has no step of that name"
    told = differences(Description(protocol()), Description(replace(protocol(), steps=steps)))
    removed = [change for change in told if change.words == "was removed."]
    assert [change.destructive for change in removed] == [True]


def test_other_words_make_their_translation_stale() -> None:
    """A translation that stayed the same is reported; one that changed as well is not."""
    old, stale = Text.of(en="Wait here", es="Espere"), Text.of(en="Wait there", es="Espere")
    fresh = Text.of(en="Wait there", es="Espere ahí")
    told = [
        [c.words for c in differences(*(Description(replace(protocol(), title=title)) for title in (old, new)))]
        for new in (stale, fresh)
    ]
    assert told[0] == ["Wait [-here-] {+there+}", "es: must be translated again; its source changed."]
    assert told[1] == ["Wait [-here-] {+there+}", "es: Espere {+ahí+}"]


def test_words_are_marked_one_by_one() -> None:
    """And very long ones whole."""
    assert marked("Please wait at the entrance", "Please wait outside") == "Please wait [-at the entrance-] {+outside+}"
    assert marked("a " * 5000, "b").startswith("[-a a")
    assert len(marked("a " * 50_000, "b " * 50_000)) < 5_000


@pytest.mark.parametrize(("old", "new", "wider"), [("exempt", "public", True), ("public", "staff", False)])
def test_a_class_that_shows_more_is_marked(old: str, new: str, *, wider: bool) -> None:
    """Of a step and of an answer: more people may see what staff recorded."""

    def classed(cls: str) -> Description:
        who = protocol().steps["who"]
        assert isinstance(who, AskStep)
        options = tuple(replace(option, cls=DisclosureClass(cls)) for option in who.options[:1])
        step = replace(who, cls=DisclosureClass(cls), options=(*options, *who.options[1:]))
        return Description(replace(protocol(), steps={**protocol().steps, "who": step}))

    told = differences(classed(old), classed(new))
    assert [(c.destructive, f"class {new} now" in c.words) for c in told] == [(wider, True)] * 2


def _sections(one: Protocol) -> list[tuple[str, str, object]]:
    named = ("roles", "settings", "fields", "steps", "outcomes", "sources")
    return [(name, entry, getattr(one, name)[entry]) for name in named for entry in getattr(one, name)]


def _other(value: object) -> object:
    """Another value of the same type."""
    match value:
        case Text():
            return Text.of(en="Other words altogether")
        case bool():
            return not value
        case date():
            return value.replace(year=2098)
        case DisclosureClass():
            return DisclosureClass.STAFF
        case str():
            return f"{value}x"
        case tuple():
            return value[:-1] if value else ("x",)
        case None:
            return None
    return {key: value[key] for key in list(value)[1:]}  # type: ignore[call-overload, index]  # a mapping is left


def _mutations() -> list[tuple[str, Callable[[Protocol], Protocol]]]:
    """Every field of every entry of the sample, changed alone."""
    found: list[tuple[str, Callable[[Protocol], Protocol]]] = []
    for section, entry, value in _sections(protocol()):
        for field in fields(value):  # type: ignore[arg-type]  # every part is a dataclass
            if field.name == "id" or getattr(value, field.name) is None:
                continue
            other = replace(value, **{field.name: _other(getattr(value, field.name))})  # type: ignore[type-var]  # as above
            if other != value:
                found.append((f"{section}.{entry}.{field.name}", _put(section, entry, other)))
    for field in fields(protocol().release):
        put: dict[str, Any] = {field.name: _other(getattr(protocol().release, field.name)) or "x"}
        other = replace(protocol().release, **put)
        found.append((f"release.{field.name}", _released(other)))
    return found


def _released(release: Release) -> Callable[[Protocol], Protocol]:
    return lambda one: replace(one, release=release)


def _put(section: str, entry: str, other: object) -> Callable[[Protocol], Protocol]:
    def put(one: Protocol) -> Protocol:
        entries: dict[str, Any] = {section: {**getattr(one, section), entry: other}}
        return replace(one, **entries)

    return put


@pytest.mark.parametrize(("name", "mutate"), _mutations(), ids=lambda value: value if isinstance(value, str) else "")
def test_no_change_of_any_part_goes_unseen(name: str, mutate: Callable[[Protocol], Protocol]) -> None:
    """Each field of each step, role, setting, fact, outcome and source, changed alone, is reported at its place."""
    other = mutate(protocol())
    assert other != protocol()
    told = differences(Description(protocol()), Description(other))
    section, *entry = name.split(".")
    assert any(
        (change.place[0] == section and change.place[1:2] in ((), (entry[0],))) or section == "release"
        for change in told
    ), told


def verdict(name: str, *, holds: bool) -> Verdict:
    """A verdict on a guarantee of that name."""
    return Verdict(name, f"{name.upper()}.", "Because.", built_in=False, holds=holds)


def test_a_guarantee_that_holds_no_more_is_marked() -> None:
    """A guarantee that now holds is reported, too."""
    old = [verdict("a", holds=True), verdict("b", holds=False)]
    new = [verdict("a", holds=False), verdict("b", holds=True)]
    told = [(c.words, c.destructive) for c in verdicts_changed(old, new)]
    assert told == [("no longer holds: A.", True), ("holds now: B.", False)]


def test_guarantees_that_name_what_changed_are_listed() -> None:
    """A source that changed touches none."""
    office, who, note = Event("call", ("office",)), Event("step", ("who",)), Event("step", ("note",))
    said = (
        Guarantee(id="first", verb="always", what=(office,), before=(who,), why="First."),
        Guarantee(id="other", verb="every-end", what=(note,), why="Second."),
    )
    with_guarantees = replace(protocol(), guarantees=said)
    steps = {**with_guarantees.steps, "who": replace(with_guarantees.steps["who"], do=Text.of(en="Another"))}
    both = Both(Description(with_guarantees), Description(replace(with_guarantees, steps=steps)))
    assert touched(both, differences(both.old, both.new)) == ("first",)
    sources = {**with_guarantees.sources, "more": Source("More")}
    assert touched(both, differences(both.old, Description(replace(with_guarantees, sources=sources)))) == ()


def test_a_warning_newly_suppressed_is_told_with_its_reason() -> None:
    """It weighs as much as a guarantee: somebody decided not to hear of it."""
    allowance = Allowance("W101", ("steps", "who"), "", "Counsel wants it so.")
    allowed = replace(protocol(), allow=(allowance,))
    for pair, told in (
        ((protocol(), allowed), "is suppressed now"),
        ((allowed, protocol()), "is no longer suppressed"),
    ):
        (change,) = differences(*(Description(one) for one in pair))
        assert change.matter is Matter.GUARANTEES
        assert change.words == f"{told}: Counsel wants it so."


def test_another_start_and_other_keys_are_told() -> None:
    """Where it begins, where a key leads, and keys that changed places."""
    first, second = protocol().interrupts[0], replace(protocol().interrupts[0], id="danger")
    two = replace(protocol(), interrupts=(first, second))
    swapped = replace(two, start="note", interrupts=(second, replace(first, next="note")))
    told = [change.words for change in differences(Description(two), Description(swapped))]
    assert told[0] == "It begins at “Write it down.” (note) now; before: “Who is it?” (who)."
    assert told[1] == "The keys F6 to F9 changed places: danger, left; before: left, danger."
    assert told[2].startswith("leads to “Write it down.” (note) now; before:")


def test_an_outcome_without_its_referral_is_marked() -> None:
    """Whoever came would be sent to nobody."""
    told = [c for c in changed("    refer: office\n", "") if c.matter is Matter.ROUTING]
    assert [(c.words, c.destructive) for c in told] == [("refers to nobody now; before: The office.", True)]


@pytest.mark.parametrize(
    ("old", "new", "place", "destructive"),
    [
        ("{business-days: 2}", "{business-days: 3}", "within", True),
        ("{business-days: 2}", "{business-days: 1}", "within", False),
        ("{business-days: 2}", "at-once", "within", False),
        ("        owner: office", "        owner: helper", "owner", False),
        ("        cite: [guide]", "        cite: [design]", "cite", False),
        ("Send the papers on.", "Send all papers on.", "do", False),
        ("The office decides.", "They decide.", "why", False),
    ],
)
def test_a_change_of_a_duty_is_told_and_a_later_time_is_marked(
    old: str, new: str, place: str, *, destructive: bool
) -> None:
    """More time is a consequence for the person whom the duty protects."""
    told = changed(old, new)
    assert {change.place for change in told} == {("outcomes", "over", "duties", "papers", place)}
    assert {change.destructive for change in told} == {destructive}


def test_a_duty_that_was_removed_is_marked() -> None:
    """Nobody must do it any more; a new one is told without a mark."""
    without = PROTOCOL[: PROTOCOL.index("    duties:")]
    both = [Description(protocol(text)) for text in (PROTOCOL, without)]
    assert [(c.place, c.destructive) for c in differences(*both)] == [(("outcomes", "over", "duties", "papers"), True)]
    assert [(c.words, c.destructive) for c in differences(*reversed(both))] == [("is new.", False)]
