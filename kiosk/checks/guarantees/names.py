"""Check that every name in the guarantees exists in the protocol."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kiosk.protocol.findings.collector import Findings
from kiosk.protocol.guarantee import ANY, Event, Events, Guarantee
from kiosk.protocol.kinds.registry import answers_of, is_shown
from kiosk.protocol.model import Protocol
from kiosk.protocol.parsing.protocol import Reading
from kiosk.protocol.syntax.cursor import Path


def check_names(reading: Reading, protocol: Protocol, findings: Findings) -> frozenset[str]:
    """Note each name in a guarantee that is unknown or never shown. Return the ids of these guarantees."""
    names = _Names(reading, protocol, findings)
    for guarantee in protocol.guarantees:
        names.guarantee(guarantee)
    return frozenset(names.wrong)


class _Names:
    """One pass over the guarantees of one protocol."""

    def __init__(self, reading: Reading, protocol: Protocol, findings: Findings) -> None:
        self.reading, self.protocol, self.findings = reading, protocol, findings
        self.wrong: set[str] = set()
        self.answers: dict[str, Collection[str]] = {}
        for step in protocol.steps.values():
            if found := answers_of(step):
                self.answers[step.id] = found
        self.plain: Mapping[str, tuple[Collection[str], str]] = {
            "step": (protocol.steps, "steps"),
            "outcome": (protocol.outcomes, "outcomes"),
            "record": (protocol.fields, "fields"),
            "interrupt": (tuple(i.id for i in protocol.interrupts), "interrupts"),
            "duty": (tuple({d.id: d for o in protocol.outcomes.values() for d in o.duties}), "duties"),
        }

    def guarantee(self, g: Guarantee) -> None:
        at: Path = ("guarantees", g.id)
        subject = "answers-to" if g.verb == "at-most" else g.verb
        for key, events in ((subject, g.what), ("before", g.before), ("after", g.after), ("unless", g.unless)):
            self._events((*at, key), events)
        for outcome in g.except_:
            self._known((*at, "except"), outcome, self.protocol.outcomes, "outcomes")

    def _events(self, path: Path, events: Events) -> None:
        for number, event in enumerate(events):
            listed = (*path, str(number))
            self._event(listed if listed in self.reading.places else path, event)

    def _event(self, path: Path, event: Event) -> None:
        if event.kind in ("answer", "setting"):
            self._choice(path, event)
            return
        known, of = self.plain.get(event.kind, (self.protocol.roles, "roles"))
        for name in event.names if event.names != (ANY,) else ():
            self._known((*path, event.kind), name, known, of)
            step = self.protocol.steps.get(name) if event.kind == "step" else None
            if step is not None and not is_shown(step):
                self._note("G008", (*path, event.kind), name, step=name)

    def _choice(self, path: Path, event: Event) -> None:
        settings = {s.id: s.choices for s in self.protocol.settings.values()}
        subjects: Mapping[str, Collection[str]] = settings if event.kind == "setting" else self.answers
        of = "settings" if event.kind == "setting" else "steps that ask"
        if not self._known((*path, event.kind), event.of, subjects, of) or event.names == (ANY,):
            return
        key = "in" if (*path, "in") in self.reading.places else "is"
        for name in event.names:
            self._known((*path, key), name, subjects[event.of], f"answers of “{event.of}”")

    def _known(self, path: Path, name: str, known: Collection[str], of: str) -> bool:
        if name in known:
            return True
        hint = self.findings.hint(name, known, of=of)
        self._note("G007", path, name, name=name, of=of, hint=hint)
        return False

    def _note(self, code: str, path: Path, wrong: str, **words: object) -> None:
        listed = (*path, wrong)
        self.findings.note(code, self.reading.place(listed if listed in self.reading.places else path), **words)
        self.wrong.add(path[1])
