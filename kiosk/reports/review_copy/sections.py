"""The chapters of a review copy other than its screens, each as the values for its template."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from kiosk.protocol.findings.collector import Severity
from kiosk.protocol.format.protocol import DESIGN
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.registry import is_shown
from kiosk.protocol.model import Setting, Source
from kiosk.reports import scenarios as scenario_words
from kiosk.reports.review_copy.model import Choice, Link, ReviewCopy, Words
from kiosk.scenarios.model import Scenario


class Jump(NamedTuple):
    """An interrupt: its key, label and target."""

    key: str
    label: Words
    to: Link


class Chooses(NamedTuple):
    """A setting of the district, and the screens that use it."""

    id: str
    ask: Words
    choices: tuple[Choice, ...]
    used: tuple[Link, ...]


class Case(NamedTuple):
    """A scenario in sentences. chosen: its settings; None for the defaults."""

    name: str
    chosen: Words | None
    sentences: tuple[Words, ...]
    ends: Words


class Quoted(NamedTuple):
    """A source, and the screens and facts that cite it."""

    name: str
    source: Source
    steps: tuple[Link, ...]
    facts: tuple[Words, ...]


def about(copy: ReviewCopy) -> dict[str, Any]:
    """Return `facts` about the copy: pairs of a title and words."""
    protocol = copy.description.protocol
    release = protocol.release
    facts = (
        ("Version", Words(f"{release.version} ({release.status})")),
        ("In effect from", Words(release.effective.isoformat())),
        ("Review by", Words(release.review_by.isoformat())),
        ("Replaces", Words(release.replaces or "nothing")),
        ("Jurisdiction", Words(protocol.jurisdiction)),
        ("Notes", Words(release.notes or "none")),
        ("Called first after hours", copy.said(copy.description.after_hours() or "nobody else")),
        ("Approval", Words(copy.approved)),
        ("Content hash", Words(copy.content_hash or "none: the protocol has errors")),
    )
    return {"facts": facts}


def findings(copy: ReviewCopy) -> dict[str, Any]:
    """Return the findings: `errors`, `others`, and `suppressed` warnings."""
    return {
        "errors": [f for f in copy.findings if f.severity is Severity.ERROR],
        "others": [f for f in copy.findings if f.severity is not Severity.ERROR],
        "suppressed": copy.description.protocol.allow,
    }


def keys(copy: ReviewCopy) -> dict[str, Any]:
    """Return the interrupts: `jumps`."""
    jumps = enumerate(copy.description.protocol.interrupts, 6)
    return {"jumps": [Jump(f"F{n}", copy.words(jump.label), copy.link(jump.next)) for n, jump in jumps]}


def settings(copy: ReviewCopy) -> dict[str, Any]:
    """Return the `settings` of the district, each with the choice in force."""
    return {"settings": [_chooses(copy, setting) for setting in copy.description.protocol.settings.values()]}


def _chooses(copy: ReviewCopy, setting: Setting) -> Chooses:
    steps = copy.description.protocol.steps
    used = (
        step_id
        for step_id in copy.order.all
        if setting.id in copy.description.slots_of(steps[step_id]) or _decides(steps[step_id], setting.id)
    )
    return Chooses(setting.id, copy.words(setting.ask), copy.choices(setting), tuple(map(copy.link, used)))


def _decides(step: object, setting_id: str) -> bool:
    return isinstance(step, BranchStep) and any(r.kind == "setting" and r.subject == setting_id for r in step.rules)


def guarantees(copy: ReviewCopy) -> dict[str, Any]:
    """Return the `verdicts` on guarantees, or None, and the number of `broken` ones."""
    return {"verdicts": copy.verdicts, "broken": sum(not verdict.holds for verdict in copy.verdicts or ())}


def scenarios(copy: ReviewCopy) -> dict[str, Any]:
    """Return the `scenarios`, or None if they can't be read."""
    if copy.scenarios is None:
        return {"scenarios": None}
    return {"scenarios": [_case(copy, scenario) for scenario in copy.scenarios]}


def _case(copy: ReviewCopy, scenario: Scenario) -> Case:
    description = copy.description
    chosen = scenario_words.chosen(scenario, description)
    return Case(
        scenario.name,
        copy.said(chosen) if chosen else None,
        tuple(map(copy.said, scenario_words.sentences(scenario, description))),
        copy.said(scenario_words.ends(scenario, description)),
    )


def sources(copy: ReviewCopy) -> dict[str, Any]:
    """Return `sources`, the titles of `idle` (not cited) ones, and screens that cite our `own` choice or `nothing`."""
    steps = copy.description.protocol.steps
    quoted = tuple(_quoted(copy))
    shown = [step_id for step_id in copy.order.all if is_shown(steps[step_id])]
    return {
        "sources": quoted,
        "idle": [one.source.title for one in quoted if not (one.steps or one.facts)],
        "own": [copy.link(step_id) for step_id in shown if steps[step_id].cite == (DESIGN,)],
        "nothing": [copy.link(step_id) for step_id in shown if not steps[step_id].cite],
    }


def _quoted(copy: ReviewCopy) -> Iterator[Quoted]:
    protocol = copy.description.protocol
    for name, source in protocol.sources.items():
        steps = (copy.link(step_id) for step_id in copy.order.all if name in protocol.steps[step_id].cite)
        facts = (copy.words(field.label) for field in protocol.fields.values() if name in field.cite)
        yield Quoted(name, source, tuple(steps), tuple(facts))


def signatures(copy: ReviewCopy) -> dict[str, Any]:
    """Return the signed `version` and `content_hash`."""
    return {"version": copy.description.protocol.release.version, "content_hash": copy.content_hash}
