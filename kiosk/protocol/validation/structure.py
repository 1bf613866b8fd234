"""Check that a readable protocol is consistent: all names in it exist, and every walk can end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kiosk.protocol.findings.collector import Finding, Findings, errors
from kiosk.protocol.kinds.registry import answers_of, is_shown, kind_of, moves
from kiosk.protocol.model import RETURN, Protocol, Step, Text
from kiosk.protocol.parsing.protocol import Reading, read_protocol
from kiosk.protocol.syntax.cursor import Path
from kiosk.protocol.validation.graph import (
    by_itself,
    choices_that_route,
    loops,
    must_return,
    reached,
    trapped,
    trapped_where,
    with_settings,
)
from kiosk.protocol.validation.references import check_references
from kiosk.protocol.validation.renames import check_renaming

_MOST_NAMED = 6


def check(reading: Reading) -> tuple[Finding, ...]:
    """Return every finding about the file's names, its graph and its outcomes, in reading order.

    This checks the draft, so that an author with a wrong key also learns of a wrong target in the same run.
    """
    protocol = reading.draft
    if protocol is None:
        return ()
    findings = Findings(reading.file)
    check_references(reading, protocol, findings)
    check_renaming(reading, protocol, findings)
    _graph(reading, protocol, findings)
    _screens(reading, protocol, findings)
    _labels(reading, protocol, findings)
    _outcomes(reading, protocol, findings)
    return findings.all()


def examined(data: bytes, file: str) -> Reading:
    """Read and check a protocol. Return a reading with all findings, and a protocol only if none is an error."""
    reading = read_protocol(data, file)
    found = tuple(sorted((*reading.findings, *check(reading))))
    return replace(reading, findings=found, protocol=None if errors(found) else reading.protocol)


def _graph(reading: Reading, protocol: Protocol, findings: Findings) -> None:
    states = reached(protocol)
    places = {step_id for step_id, _ in states}
    known = {**protocol.steps, **protocol.outcomes, RETURN: None}
    lost = {m.target for s in protocol.steps.values() for m in moves(s)} - known.keys()
    if not lost and protocol.start in protocol.steps and all(i.next in known for i in protocol.interrupts):
        # A wrong target makes the right one look unreachable; one finding is enough.
        _unreachable(reading, protocol, places, findings)
    stuck = _returning_from_nowhere(reading, protocol, {s for s, somewhere in states if not somewhere}, findings)
    endless = _endless_decisions(reading, protocol, findings)
    _traps(reading, protocol, {*protocol.outcomes, *lost, *stuck, *endless}, findings)


def _unreachable(reading: Reading, protocol: Protocol, places: set[str], findings: Findings) -> None:
    sections: Mapping[str, Mapping[str, object]] = {"steps": protocol.steps, "outcomes": protocol.outcomes}
    for section, entries in sections.items():
        for entry in entries.keys() - places:
            findings.note("P301", reading.place((section, entry)), id=entry)


def _returning_from_nowhere(reading: Reading, protocol: Protocol, bare: set[str], findings: Findings) -> set[str]:
    """Note each step that must return but is reachable without a return target (`bare`). Return these steps."""
    stuck = set()
    for step in (s for s in protocol.steps.values() if s.id in bare):
        move = must_return(step)
        if move:
            stuck.add(step.id)
            findings.note("P304", reading.place(("steps", step.id, *move.path)), step=step.id)
    return stuck


def _endless_decisions(reading: Reading, protocol: Protocol, findings: Findings) -> set[str]:
    passed = {s.id for s in protocol.steps.values() if any(True for _ in by_itself(s))}
    found: set[str] = set()
    for loop in loops(protocol, passed, by_itself):
        decided = not any(is_shown(protocol.steps[step_id]) for step_id in loop)
        # In a loop of calls the engine waits at one of them, so such a loop is no trap.
        found.update(loop if decided else ())
        findings.note("P305" if decided else "P306", reading.place(("steps", loop[0])), loop=_some(loop))
    return found


def _traps(reading: Reading, protocol: Protocol, goals: set[str], findings: Findings) -> None:
    """Note the traps of all settings; if there are none, those of the first combination of settings that has any."""
    if _trapped(reading, protocol, goals, "", findings):
        return
    choices = tuple(choices_that_route(protocol))
    for chosen, lost in zip(choices, trapped_where(protocol, goals, choices), strict=True):
        if lost:
            when = " where " + " and ".join(f"“{setting}” is “{choice}”" for setting, choice in chosen.items())
            _trapped(reading, with_settings(protocol, chosen), goals, when, findings)
            # Other combinations would mostly repeat the same steps.
            return


def _trapped(reading: Reading, protocol: Protocol, goals: set[str], when: str, findings: Findings) -> bool:
    """Note each loop without a way to an outcome, and each step that leads only to one. Return whether there is any."""
    lost = trapped(protocol, goals)
    around = list(loops(protocol, lost))
    for loop in around:
        findings.note("P303", reading.place(("steps", loop[0])), loop=_some(loop), when=when)
    for step_id in lost.difference(*around):
        findings.note("P302", reading.place(("steps", step_id)), step=step_id, when=when)
    return bool(lost)


def _some(ids: tuple[str, ...]) -> str:
    return ", ".join(f"“{i}”" for i in ids[:_MOST_NAMED]) + (", …" if len(ids) > _MOST_NAMED else "")


def _screens(reading: Reading, protocol: Protocol, findings: Findings) -> None:
    for step in protocol.steps.values():
        if not is_shown(step):
            continue
        place = reading.place(("steps", step.id))
        if not step.cite:
            findings.note("P407", place, step=step.id)
        if not _has_words(step):
            findings.note("P404", place, step=step.id)


def _has_words(step: Step) -> bool:
    # An empty text has its own finding.
    return bool(step.texts or step.dial)


def _labels(reading: Reading, protocol: Protocol, findings: Findings) -> None:
    """Note each choice that has the same label as another one of its list."""
    for path, labels in _chosen_by_key(protocol):
        seen: dict[tuple[str, str], str] = {}
        for choice, text in labels:
            for language, words in text.words:
                label = " ".join(words.split())
                first = seen.setdefault((language, label.casefold()), choice)
                if label and first != choice:
                    place = reading.place((*path, choice))
                    findings.note("P409", place, first=first, second=choice, language=language, label=label)


def _chosen_by_key(protocol: Protocol) -> Iterator[tuple[Path, Iterable[tuple[str, Text]]]]:
    """Yield every list of choices with keys: its path, and each id with its label."""
    yield ("interrupts",), [(i.id, i.label) for i in protocol.interrupts]
    for field in protocol.fields.values():
        yield ("fields", field.id, "choices"), field.choices.items()
    for step in protocol.steps.values():
        if key := kind_of(step).answers_key:
            yield ("steps", step.id, key), answers_of(step).items()


def _outcomes(reading: Reading, protocol: Protocol, findings: Findings) -> None:
    for outcome in protocol.outcomes.values():
        if not outcome.routine and not outcome.refer:
            findings.note("P405", reading.place(("outcomes", outcome.id)), outcome=outcome.id)
        if outcome.routine and outcome.duties:
            findings.note("P410", reading.place(("outcomes", outcome.id, "duties")), outcome=outcome.id)
