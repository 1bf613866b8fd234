"""Whatever is added, held, released and asked for, in any order: a value is gone exactly when it was destroyed
while no hold was on its record."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, precondition, rule

from kiosk.errors import StoreUnusable
from kiosk.log.log import ensure_log, open_writer
from kiosk.log.verify import check_log
from kiosk.record.entries import Entry, decode, encode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.holds import Hold, in_force, placing, releasing
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.record.retention.logged import act_of_two
from tests.searching import examples

ENCOUNTERS: Final = ("a", "b", "c")
_MADE: Final[list[Path]] = []


def an_empty_log() -> Home:
    """A home with an empty live log; made once, then copied."""
    if not _MADE:
        _MADE.append(Path(tempfile.mkdtemp()))
        ensure_log(Home(_MADE[0]), "live", FixedClock())
    folder = Path(tempfile.mkdtemp())
    return Home(Path(shutil.copytree(_MADE[0], folder / "home")))


class Keeping(RuleBasedStateMachine):
    """`values` is what must be there: (encounter, word). `holds` is who must be released."""

    placed: Bundle[str] = Bundle("placed")

    @initialize()
    def begin(self) -> None:
        """An empty log."""
        self.clock, self.home = FixedClock(), an_empty_log()
        self.log = open_writer(self.home, "live", self.clock)
        self.values: set[tuple[str, str]] = set()
        self.gone: set[str] = set()
        self.holds: dict[str, str] = {}

    def teardown(self) -> None:
        """Leave nothing behind."""
        if hasattr(self, "log"):
            self.log.close()
            shutil.rmtree(self.home.path.parent)

    @rule(
        encounter=st.sampled_from(ENCOUNTERS), kind=st.sampled_from([EntryKind.NOTE_ADDED, EntryKind.AMENDMENT_ADDED])
    )
    def tell(self, encounter: str, kind: EntryKind) -> None:
        """Something is told of an encounter, or added later."""
        word = uuid.uuid4().hex
        self._append(Entry(kind, {"text": word}, encounter))
        self.values.add((encounter, word))

    @rule(target=placed, encounter=st.sampled_from(ENCOUNTERS))
    def hold(self, encounter: str) -> str:
        """A hold is placed, perhaps beside another."""
        placed = self._append(placing(encounter, encounter, reason="why", by="who"))
        self.holds[placed] = encounter
        return placed

    @rule(hold=consumes(placed))
    def release(self, hold: str) -> None:
        """One hold is released, once."""
        meant = Hold(self.holds.pop(hold), hold, "no", self.clock.now(), "why", "who")
        self._append(releasing(meant, reason="settled", by="who"))

    @rule(encounter=st.sampled_from(ENCOUNTERS))
    def purge(self, encounter: str) -> None:
        """Somebody lets an encounter go: it goes whole, or under a hold not at all."""
        act, size = act_of_two(encounter, uuid.uuid4().hex), self.log.size()  # even when nothing is left to go
        if encounter not in self.holds.values():
            self._append(*act)
            going = {value for value in self.values if value[0] == encounter}
            self.values -= going
            self.gone |= {word for _, word in going}
            return
        with pytest.raises(StoreUnusable, match="legal hold"):
            self._append(*act)
        assert self.log.size() == size

    @precondition(lambda self: self.log.size())
    @rule()
    def start_again(self) -> None:
        """The kiosk is closed, the log verified, and opened."""
        self.log.close()
        assert check_log(self.home.log("live")).verified
        self.log = open_writer(self.home, "live", self.clock)

    @invariant()
    def a_value_is_gone_exactly_when_it_was_let_go(self) -> None:
        """What is there, and what holds."""
        kept = [decode(entry) for entry in self.log.entries()]
        there = {(k.encounter_id or "", str(k.body["text"])) for k in kept if "text" in k.body}
        assert there == self.values
        assert not self.gone & {word for _, word in there}
        of = {kind: [k for k in kept if k.kind == kind] for kind in (EntryKind.HOLD_PLACED, EntryKind.HOLD_RELEASED)}
        assert {
            hold.event_id for hold in in_force(of[EntryKind.HOLD_PLACED], of[EntryKind.HOLD_RELEASED])
        } == self.holds.keys()

    def _append(self, *entries: Entry) -> str:
        ids, at = [str(uuid.uuid4()) for _ in entries], self.clock.now()
        numbered = enumerate(zip(entries, ids, strict=True), self.log.size())
        self.log.append([encode(e, origin=self.log.origin, seq=n, event_id=one, at=at) for n, (e, one) in numbered])
        return ids[-1]


TestHoldBeatsPurge = Keeping.TestCase
TestHoldBeatsPurge.settings = settings(max_examples=examples(8), stateful_step_count=25, deadline=None)
