"""Changes outside the steps: start, interrupts, outcomes, roles, settings, facts, release and sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from kiosk.authoring.diff.change import Both, Change, Matter
from kiosk.authoring.diff.texts import Place, text, values
from kiosk.protocol.model import Allowance, Duty, Field, Interrupt, Outcome, Role, Setting, Source

Entry = TypeVar("Entry")
Compare = Callable[[Both, Place, str, Entry, Entry], Iterator[Change]]


def parts(both: Both) -> Iterator[Change]:
    """Yield every change that is not within a step."""
    old, new = both.old.protocol, both.new.protocol
    yield from _head(both)
    yield from section(
        both, Matter.ROUTING, "interrupts", "The key", _by_id(old.interrupts), _by_id(new.interrupts), _key
    )
    yield from section(both, Matter.ROUTING, "outcomes", "The end", old.outcomes, new.outcomes, _outcome)
    yield from section(both, Matter.PEOPLE, "roles", "The role", old.roles, new.roles, _role)
    yield from section(both, Matter.SETTINGS, "settings", "The setting", old.settings, new.settings, _setting)
    yield from section(both, Matter.FACTS, "fields", "The fact", old.fields, new.fields, _field)
    yield from section(both, Matter.SOURCES, "sources", "The source", old.sources, new.sources, _source)


def section(
    both: Both,
    matter: Matter,
    name: str,
    what: str,
    old: Mapping[str, Entry],
    new: Mapping[str, Entry],
    compare: Compare[Entry],
    above: Place = (),
) -> Iterator[Change]:
    """Yield the changes of one section: entries that were removed, added, renamed or changed."""
    today = {both.today(*above, name, entry): entry for entry in old}
    for now, then in today.items():
        if now not in new:
            yield Change(matter, (*above, name, now), f"{what} `{then}`", "was removed.", destructive=True)
    for now, entry in new.items():
        place, where = (*above, name, now), f"{what} `{now}`"
        if now not in today:
            yield Change(matter, place, where, "is new.")
            continue
        if today[now] != now:
            yield Change(matter, place, where, f"was called `{today[now]}`.")
        yield from compare(both, place, where, old[today[now]], entry)


def _by_id(entries: tuple[Interrupt, ...]) -> Mapping[str, Interrupt]:
    return {entry.id: entry for entry in entries}


def _head(both: Both) -> Iterator[Change]:
    old, new = both.old.protocol, both.new.protocol
    if both.target(old.start) != new.start:
        words = f"It begins at {both.named(new.start)} now; before: {both.named(both.target(old.start))}."
        yield Change(Matter.ROUTING, ("start",), "The protocol", words)
    keys = [both.today("interrupts", i.id) for i in old.interrupts], [i.id for i in new.interrupts]
    if keys[0] != keys[1] and sorted(keys[0]) == sorted(keys[1]):
        words = f"The keys F6 to F9 changed places: {', '.join(keys[1])}; before: {', '.join(keys[0])}."
        yield Change(Matter.ROUTING, ("interrupts",), "The keys", words)
    late = tuple(both.today("roles", role) for role in old.after_hours)
    if late != new.after_hours:
        words = f"After hours {_roles(both, new.after_hours)} is called first now; before: {_roles(both, late)}."
        removed = bool(set(late) - set(new.after_hours))
        yield Change(Matter.PEOPLE, ("after_hours",), "The protocol", words, destructive=removed)
    for name in ("id", "jurisdiction", "source_language"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change(Matter.RELEASE, (name,), "The protocol", f"{name.replace('_', ' ')}: {before} → {after}")
    yield from _allowed(old.allow, new.allow)
    yield from text(both, ("title",), "The protocol's title", old.title, new.title)
    yield from values(Matter.RELEASE, ("release",), "The release", old.release, new.release)


def _allowed(old: tuple[Allowance, ...], new: tuple[Allowance, ...]) -> Iterator[Change]:
    """Yield warnings that the file newly suppresses, or no longer suppresses."""
    for change, these, others in (("is suppressed now", new, old), ("is no longer suppressed", old, new)):
        for one in these:
            if one not in others:
                where = f"The warning {one.code} in {'.'.join(one.at) or one.file}"
                yield Change(Matter.GUARANTEES, ("allow", one.code), where, f"{change}: {one.reason}")


def _key(both: Both, place: Place, where: str, old: Interrupt, new: Interrupt) -> Iterator[Change]:
    before = both.target(old.next)
    if before != new.next:
        words = f"leads to {both.named(new.next)} now; before: {both.named(before)}."
        yield Change(Matter.ROUTING, (*place, "next"), where, words)
    yield from text(both, (*place, "label"), where, old.label, new.label)


def _outcome(both: Both, place: Place, where: str, old: Outcome, new: Outcome) -> Iterator[Change]:
    before = both.today("roles", old.refer) if old.refer else None
    if before != new.refer:
        words = f"refers to {_role_named(both, new.refer)} now; before: {_role_named(both, before)}."
        yield Change(Matter.ROUTING, (*place, "refer"), where, words, destructive=new.refer is None)
    notified = tuple(both.today("roles", role) for role in old.to_notify)
    if notified != new.to_notify:
        words = f"notifies {_roles(both, new.to_notify)} now; before: {_roles(both, notified)}."
        removed = bool(set(notified) - set(new.to_notify))
        yield Change(Matter.PEOPLE, (*place, "to_notify"), where, words, destructive=removed)
    yield from values(
        Matter.ROUTING, place, where, old, new, frozenset({"refer", "to_notify", "title", "do", "duties"})
    )
    yield from text(both, (*place, "title"), f"{where}, its title", old.title, new.title)
    yield from text(both, (*place, "do"), f"{where}, do", old.do, new.do)
    owed, owes = ({duty.id: duty for duty in outcome.duties} for outcome in (old, new))
    yield from section(both, Matter.PEOPLE, "duties", f"{where}, the duty", owed, owes, _duty, place)


def _duty(both: Both, place: Place, where: str, old: Duty, new: Duty) -> Iterator[Change]:
    owner = both.today("roles", old.owner)
    if owner != new.owner:
        words = f"is for {_role_named(both, new.owner)} now; before: {_role_named(both, owner)}."
        yield Change(Matter.PEOPLE, (*place, "owner"), where, words)
    if old.within != new.within:
        later = new.within.longest_hours > old.within.longest_hours
        words = f"must be done {new.within.words} now{', which is later' if later else ''}; before: {old.within.words}."
        yield Change(Matter.PEOPLE, (*place, "within"), where, words, destructive=later)
    yield from cited(place, where, old.cite, new.cite)
    yield from text(both, (*place, "do"), f"{where}, do", old.do, new.do)
    yield from text(both, (*place, "why"), f"{where}, why", old.why, new.why)


def _roles(both: Both, roles: tuple[str, ...]) -> str:
    return ", ".join(_role_named(both, role) for role in roles) or "nobody"


def _role_named(both: Both, role: str | None) -> str:
    known = both.new if role in both.new.protocol.roles else both.old
    return known.role(role) if role else "nobody"


def _role(both: Both, place: Place, where: str, old: Role, new: Role) -> Iterator[Change]:
    yield from values(Matter.PEOPLE, place, where, old, new)
    yield from text(both, (*place, "title"), f"{where}, its title", old.title, new.title)


def _setting(both: Both, place: Place, where: str, old: Setting, new: Setting) -> Iterator[Change]:
    default = both.today(*place, "choices", old.default)
    if default != new.default:
        words = f"is `{new.default}` by default now; before: `{default}`."
        yield Change(Matter.SETTINGS, (*place, "default"), where, words)
    yield from text(both, (*place, "ask"), f"{where}, its question", old.ask, new.ask)
    choices = section(both, Matter.SETTINGS, "choices", f"{where}, the choice", old.choices, new.choices, text, place)
    yield from choices


def _field(both: Both, place: Place, where: str, old: Field, new: Field) -> Iterator[Change]:
    if old.type != new.type:
        words = f"is a {new.type} now; before: {old.type}. Older records may read differently."
        yield Change(Matter.FACTS, (*place, "type"), where, words, destructive=True)
    yield from values(Matter.FACTS, place, where, old, new, frozenset({"type", "cite", "choices"}))
    yield from section(both, Matter.FACTS, "choices", f"{where}, the choice", old.choices, new.choices, text, place)
    yield from keys_moved(both, Matter.FACTS, (*place, "choices"), where, old.choices, new.choices)
    yield from cited(place, where, old.cite, new.cite)
    yield from text(both, (*place, "label"), f"{where}, its label", old.label, new.label)


def keys_moved(
    both: Both, matter: Matter, place: Place, where: str, old: Iterable[str], new: Iterable[str]
) -> Iterator[Change]:
    """Yield a change if the order of items with keys changed: staff who know the keys would press wrong ones."""
    after = list(new)
    keys = [today for today in (both.today(*place, choice) for choice in old) if today in after]
    if keys != [choice for choice in after if choice in keys]:
        words = f"The answers are in another order, so their keys changed: {', '.join(after)}."
        yield Change(matter, place, where, words)


def cited(place: Place, where: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Change]:
    """Yield sources that are no longer cited, or newly cited."""
    removed, added = (", ".join(n for n in a if n not in b) for a, b in ((old, new), (new, old)))
    if removed:
        yield Change(Matter.SOURCES, (*place, "cite"), where, f"no longer cites {removed}.")
    if added:
        yield Change(Matter.SOURCES, (*place, "cite"), where, f"now cites {added}.")
    if old != new and not (removed or added):
        yield Change(Matter.SOURCES, (*place, "cite"), where, "cites the same sources in another order.")


def _source(both: Both, place: Place, where: str, old: Source, new: Source) -> Iterator[Change]:  # noqa: ARG001 - one shape
    yield from values(Matter.SOURCES, place, where, old, new)
