"""The effects of a change on guarantees: removed ones, ones that no longer hold, ones that name a changed step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass

from kiosk.authoring.diff.change import Both, Change, Matter
from kiosk.checks.guarantees import Verdict
from kiosk.protocol.guarantee import Guarantee


def changed_guarantees(both: Both) -> Iterator[Change]:
    """Yield guarantees that were removed, added or changed."""
    old, new = (_by_id(description.protocol.guarantees) for description in (both.old, both.new))
    for name in old.keys() - new.keys():
        yield _change(name, "was removed.", destructive=True)
    for name, guarantee in new.items():
        if name not in old:
            yield _change(name, "is new.")
        elif guarantee != old[name]:
            yield _change(name, "was changed. Compare both versions.", destructive=True)


def verdicts_changed(old: Sequence[Verdict], new: Sequence[Verdict]) -> Iterator[Change]:
    """Yield guarantees of both versions that hold in only one of them."""
    before = {verdict.id: verdict for verdict in old}
    for verdict in new:
        earlier = before.get(verdict.id)
        if earlier is not None and earlier.holds != verdict.holds:
            change = "holds now" if verdict.holds else "no longer holds"
            yield _change(verdict.id, f"{change}: {verdict.words}", destructive=not verdict.holds)


def touched(both: Both, changes: Iterable[Change]) -> tuple[str, ...]:
    """Return the guarantees, by id, that name a changed step, outcome, role, field or setting."""
    names = {change.place[1] for change in changes if len(change.place) > 1 and change.matter is not Matter.SOURCES}
    guarantees = _by_id(both.new.protocol.guarantees)
    return tuple(name for name, said in guarantees.items() if names & set(_named(said)))


def _change(name: str, words: str, *, destructive: bool = False) -> Change:
    return Change(Matter.GUARANTEES, ("guarantees", name), f"The guarantee `{name}`", words, destructive)


def _by_id(guarantees: Iterable[Guarantee]) -> dict[str, Guarantee]:
    return {guarantee.id: guarantee for guarantee in guarantees}


def _named(value: object) -> Iterator[str]:
    """Yield every string within a guarantee."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, below in value.items():
            yield from _named(key)
            yield from _named(below)
    elif isinstance(value, Iterable):
        for below in value:
            yield from _named(below)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _named(getattr(value, field.name))
