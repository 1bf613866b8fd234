"""Records as people read them: one HTML page, entry by entry, which says of each value that is not there why it is not.

The page holds everything it shows: it asks no network and runs no script. It comes in pieces, one encounter at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any, Final

from kiosk.record.disclosure.levels import Classes, Level, names_of, redacted, why_not
from kiosk.record.entries import Kept
from kiosk.record.history import EncounterRecord, fold, ref_of
from kiosk.record.printable import visible
from kiosk.reports.formatting import ended_as, stamp
from kiosk.reports.markup import Markup, join, page_head, tag
from kiosk.system.clock import Instant

LANGUAGE: Final = "en"
_LONGEST: Final = 2000
"""The most characters of a value that are shown; a whole protocol has more."""

_STYLE: Final = ".when, thead th { white-space: nowrap } caption { text-align: left }"


@dataclass
class Counts:
    """How many encounters there were, by what counts are made of; filled while the page is written."""

    month: Counter[str] = field(default_factory=Counter)
    channel: Counter[str] = field(default_factory=Counter)
    outcome: Counter[str] = field(default_factory=Counter)

    def add(self, record: EncounterRecord, zone: tzinfo | None) -> None:
        """Count one encounter."""
        self.month[f"{record.opened_at.local(zone):%Y-%m}"] += 1
        self.channel[record.channel or "not said"] += 1
        self.outcome[ended_as(record)] += 1


@dataclass(frozen=True)
class Page:
    """A page of records at one level. about: (title, words) pairs for its head; zone: for times, or the machine's."""

    level: Level
    classes: Classes
    about: Sequence[tuple[str, str]]
    zone: tzinfo | None = None

    def pieces(self, encounters: Iterable[Sequence[Kept]], others: Iterable[Kept] = ()) -> Iterator[str]:
        """The page, piece by piece. encounters: each one's entries, oldest first; others: entries of none."""
        counts = Counts()
        yield f'<!DOCTYPE html>\n<html lang="{LANGUAGE}">{page_head("Copy of records", _STYLE).html}<body>'
        yield tag("a", "Skip to the records", class_="skip", href="#records").html
        yield tag("header", tag("h1", "Copy of records"), self._about()).html
        yield '<main id="records" tabindex="-1">'
        for entries in encounters:
            record = fold(redacted(kept, self.level, self.classes) for kept in entries)
            counts.add(record, self.zone)
            if self.level > Level.STATISTICS:
                yield self._encounter(record, entries).html
        yield self._others(others).html
        yield _counts(counts).html
        yield "</main></body></html>\n"

    def _about(self) -> Markup:
        return _pairs([("This copy shows", self.level.words), *self.about])

    def _encounter(self, record: EncounterRecord, entries: Sequence[Kept]) -> Markup:
        title = f"Encounter {record.no}" + (" (PRACTICE)" if record.mode == "practice" else "")
        used = record.protocol
        facts = [
            ("School", ", ".join(part for part in (record.school, record.desk) if part)),
            ("Opened", self._time(record.opened_at)),
            ("Closed", self._time(record.closed_at) or "not closed"),
            ("How they came", record.channel or ""),
            ("Outcome", ended_as(record)),
            ("Protocol", f"{used.id} {used.version}, seal {used.seal}"),
        ]
        return tag("section", tag("h2", visible(title)), _pairs(facts), self._table(title, entries, record))

    def _others(self, others: Iterable[Kept]) -> Markup:
        entries = [kept for kept in others if self.level > Level.STATISTICS]
        if not entries:
            return join()
        return tag("section", tag("h2", "Beside the encounters"), self._table("Beside the encounters", entries))

    def _table(self, title: str, entries: Sequence[Kept], record: EncounterRecord | None = None) -> Markup:
        heads = (tag("th", words, scope="col") for words in ("Entry", "Time", "What happened", "Values"))
        caption = tag("caption", f"{title}: every entry, in the order of the log")
        return tag(
            "table",
            caption,
            tag("thead", tag("tr", *heads)),
            tag("tbody", *(self._row(kept, record) for kept in entries)),
        )

    def _row(self, kept: Kept, record: EncounterRecord | None) -> Markup:
        what = kept.kind.words + (f": {kept.step}" if kept.step else "")
        names = names_of(kept)
        values = tag("ul", *(tag("li", self._value(kept, name)) for name in names)) if names else None
        later = [str(made.ref.entry) for made in (record.amendments_of(ref_of(kept)) if record else ())]
        if later:
            values = join(values or "", tag("p", tag("em", f"amended later: see entry {', '.join(later)}")))
        cells = (tag("td", visible(what)), tag("td", values))
        when = tag("td", self._time(kept.at), class_="when")
        return tag("tr", tag("th", str(kept.seq), scope="row", class_="when"), when, *cells)

    def _time(self, at: Instant | None) -> str:
        return (stamp(at, self.zone) or "").replace("T", " ")

    def _value(self, kept: Kept, name: str) -> Markup:
        why = why_not(kept, name, self.level, self.classes)
        if why:
            return join(f"{name}: ", tag("em", f"withheld ({why.words})"))
        return join(f"{name}: ", visible(_words(kept.body[name])))


def _words(value: Any) -> str:
    match value:
        case str():
            cut = f" … (cut here; it has {len(value)} characters)" if len(value) > _LONGEST else ""
            return value[:_LONGEST] + cut
        case bool():
            return "yes" if value else "no"
        case {"missing": why}:
            return f"({why})"
        case list():
            return ", ".join(map(_words, value)) or "none"
        case dict():
            return ", ".join(f"{name}: {_words(inner)}" for name, inner in value.items()) or "none"
    return str(value)


def _pairs(pairs: Iterable[tuple[str, str]]) -> Markup:
    rows = (tag("tr", tag("th", title, scope="row"), tag("td", visible(words))) for title, words in pairs)
    return tag("table", tag("tbody", *rows))


def _counts(counts: Counts) -> Markup:
    groups = (("Month", counts.month), ("How they came", counts.channel), ("Outcome", counts.outcome))
    parts = [tag("h2", "Counts"), tag("p", f"Encounters: {counts.month.total()}")]
    for title, counted in groups:
        head = tag("tr", tag("th", title, scope="col"), tag("th", "Encounters", scope="col"))
        rows = (tag("tr", tag("th", visible(a), scope="row"), tag("td", str(n))) for a, n in sorted(counted.items()))
        parts.append(tag("table", tag("caption", f"By {title.lower()}"), tag("thead", head), tag("tbody", *rows)))
    return tag("section", *parts)
