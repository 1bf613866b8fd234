"""Check that everything a protocol names exists: targets, roles, fields, settings, sources, slots, choices."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from kiosk.protocol.findings.collector import Findings
from kiosk.protocol.format.protocol import DESIGN
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.registry import answers_of, facts_of, kind_of, moves
from kiosk.protocol.model import RETURN, Protocol, Rule
from kiosk.protocol.parsing.protocol import Reading
from kiosk.protocol.syntax.cursor import Path

_SLOT = re.compile(r"\{([^{}\n]*)\}|[{}]")


def check_references(reading: Reading, protocol: Protocol, findings: Findings) -> None:
    """Note every name that does not exist, and each required role that nothing uses."""
    names = _Names(reading, protocol, findings)
    names.targets()
    names.roles()
    names.fields_and_sources()
    names.settings()
    for step in protocol.steps.values():
        if isinstance(step, BranchStep):
            for number, rule in enumerate(step.rules):
                names.rule(("steps", step.id, "when", str(number)), rule)
    names.slots()
    names.unused_roles()


class _Names:
    """One pass over the names of one protocol. An empty name was noted when the file was read."""

    def __init__(self, reading: Reading, protocol: Protocol, findings: Findings) -> None:
        self.reading, self.protocol, self.findings = reading, protocol, findings
        self.choices = {s.id: s.choices for s in protocol.settings.values()}
        self.used_slots = tuple(_slots(reading))
        self.answers = {s.id: found for s in protocol.steps.values() if (found := answers_of(s))}

    def _known(self, code: str, path: Path, word: str, known: Collection[str], kind: str, **words: str) -> bool:
        """Check that `word` is empty or known; else note a finding `code` at `path` with the nearest known word."""
        if not word or word in known:
            return True
        near = self.findings.hint(word, known, of=kind)
        self.findings.note(code, self.reading.place(path), hint=near, **words)
        return False

    def targets(self) -> None:
        steps, ends = self.protocol.steps, self.protocol.outcomes
        self._target(("start",), self.protocol.start, steps)
        for jump in self.protocol.interrupts:
            self._target(("interrupts", jump.id, "next"), jump.next, {**steps, **ends})
        everything = {**steps, **ends, RETURN: None}
        for step in steps.values():
            for move in moves(step):
                self._target(("steps", step.id, *move.path), move.target, everything)

    def _target(self, path: Path, target: str, known: Mapping[str, object]) -> None:
        self._known("P201", path, target, known.keys(), "steps and outcomes", target=target)

    def roles(self) -> None:
        for path, role in _called(self.protocol):
            self._known("P202", path, role, self.protocol.roles, "roles", role=role)
        for path, role, use, outcome in _outcome_roles(self.protocol):
            self._known("P408", path, role, self.protocol.roles, "roles", role=role, use=use, outcome=outcome)

        for path, role in _owners(self.protocol):
            self._known("P202", path, role, self.protocol.roles, "roles", role=role)

    def fields_and_sources(self) -> None:
        for step in self.protocol.steps.values():
            self._sources(("steps", step.id, "cite"), step.cite)
            for field in facts_of(step):
                path = ("steps", step.id, kind_of(step).key, field)
                self._known("P203", path, field, self.protocol.fields, "fields", field=field)
        for known in self.protocol.fields.values():
            self._sources(("fields", known.id, "cite"), known.cite)
        for end in self.protocol.outcomes.values():
            for duty in end.duties:
                self._sources(("outcomes", end.id, "duties", duty.id, "cite"), duty.cite)

    def _sources(self, path: Path, cited: Iterable[str]) -> None:
        sources = {**self.protocol.sources, DESIGN: None}
        for source in cited:
            self._known("P205", (*path, source), source, sources, "sources", source=source)

    def settings(self) -> None:
        for setting in self.protocol.settings.values():
            self._choice(("settings", setting.id, "default"), setting.default, setting.choices, setting.id)

    def _choice(self, path: Path, choice: str, choices: Collection[str], of: str) -> None:
        self._known("P207", path, choice, choices, "choices", choice=choice, of=of)

    def rule(self, path: Path, rule: Rule) -> None:
        """Check one rule of a branch: its subject and its values."""
        known, code, of = self._subjects(rule)
        words = {rule.kind if rule.kind == "setting" else "step": rule.subject}
        if not self._known(code, (*path, rule.kind), rule.subject, known.keys(), of, **words) or not rule.subject:
            return
        for value in rule.values:
            inside = (*path, "in", value)
            place = inside if inside in self.reading.places else (*path, "is")
            self._choice(place, value, known[rule.subject], rule.subject)

    def _subjects(self, rule: Rule) -> tuple[Mapping[str, Mapping[str, object]], str, str]:
        if rule.kind == "setting":
            return self.choices, "P204", "settings"
        return self.answers, "P208", "steps that ask"

    def slots(self) -> None:
        """Check the slots in every text."""
        known = {**self.protocol.settings, **self.protocol.slots, **self.protocol.roles}
        for path, slot in self.used_slots:
            self._known("P206", path, slot, known, "settings, slots and roles", slot=slot)

    def unused_roles(self) -> None:
        """Note each required role that nothing uses."""
        used = {role for _, role in _called(self.protocol)} | {role for _, role, *_ in _outcome_roles(self.protocol)}
        used |= {role for _, role in _owners(self.protocol)} | {slot for _, slot in self.used_slots}
        for role in self.protocol.roles.values():
            if role.required and role.id not in used:
                self.findings.note("P209", self.reading.place(("roles", role.id)), role=role.id)


def _called(protocol: Protocol) -> Iterator[tuple[Path, str]]:
    yield from ((("after_hours", role), role) for role in protocol.after_hours)
    for step in protocol.steps.values():
        if isinstance(step, CallStep):
            yield from ((("steps", step.id, "call", role), role) for role in step.roles)


def _outcome_roles(protocol: Protocol) -> Iterator[tuple[Path, str, str, str]]:
    """Yield (path, role, verb, outcome) for each role that an outcome refers to or notifies."""
    for end in protocol.outcomes.values():
        if end.refer:
            yield ("outcomes", end.id, "refer"), end.refer, "refers to", end.id
        for role in end.to_notify:
            yield ("outcomes", end.id, "to_notify", role), role, "notifies", end.id


def _owners(protocol: Protocol) -> Iterator[tuple[Path, str]]:
    for end in protocol.outcomes.values():
        yield from ((("outcomes", end.id, "duties", duty.id, "owner"), duty.owner) for duty in end.duties)


def _slots(reading: Reading) -> Iterator[tuple[Path, str]]:
    """Yield each slot once for each text; an unmatched brace is yielded as it is."""
    for path, text in reading.texts:
        for language, words in text.words:
            for slot in dict.fromkeys(hit[1] or hit[0] for hit in _SLOT.finditer(words)):
                yield (*path, language), slot
