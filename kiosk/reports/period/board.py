"""The board's report: counts of whole quarters at the level of statistics, suppressed, and nothing that identifies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kiosk.protocol.model import Protocol
from kiosk.record.after_action.subject import channel_words
from kiosk.record.disclosure.levels import Level
from kiosk.record.disclosure.quarters import Quarter
from kiosk.record.disclosure.statistics import LEAST, Categories, Division, Month
from kiosk.reports.figures.bars import WITHHELD, bars
from kiosk.reports.figures.figure import Table
from kiosk.reports.figures.stacked import month_words
from kiosk.reports.period.days import months_words
from kiosk.reports.period.head import Head
from kiosk.reports.period.model import Big, Report, Section
from kiosk.worded import many

SIGNING: Final = "Laid before the board on"
_NEWEST: Final = 4
"""The number of quarters with a large figure."""

_ABOUT: Final = (
    f"Each month and each quarter is counted when it is over. “{WITHHELD}”: some encounters, but fewer than {LEAST}, "
    "or a number from which such a small one would follow. So a quarter can be shown although its months are not."
)
_TITLES: Final = {Division.CHANNEL: "How the contact came", Division.OUTCOME: "How it ended"}


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of channels and outcomes; of any other category, the category itself."""

    of: Mapping[tuple[Division, str], str] = field(default_factory=dict)

    @classmethod
    def in_protocols(cls, within: Categories, *protocols: Protocol | None) -> Labels:
        """Return the words of these categories in the first of these protocols that has them."""
        found: dict[tuple[Division, str], str] = {}
        for protocol in protocols:
            words = {name: channel_words(protocol, name) for name in within[Division.CHANNEL]}
            channels = {(Division.CHANNEL, name): said for name, said in words.items() if said != name}
            outcomes = protocol.outcomes if protocol else {}
            titles = {(Division.OUTCOME, name): outcome.title.say() for name, outcome in outcomes.items()}
            found = channels | titles | found
        return cls(found)

    def words(self, by: Division, category: str) -> str:
        """Return the words of a category."""
        return self.of.get((by, category), category)


def report(quarters: Sequence[Quarter], within: Categories, labels: Labels, head: Head, protocol: str) -> Report:
    """Return the report of these quarters, in order. protocol: the one in use, in words."""
    return Report(
        title=_title(quarters, head),
        mark=head.mark(Level.STATISTICS),
        summary=_summary(quarters),
        big=tuple(map(_big, quarters[-_NEWEST:])),
        sections=tuple(_sections(quarters, within, labels)) if quarters else (),
        about=(*head.about(Level.STATISTICS, Level.STATISTICS.words + " and quarter"), ("Protocol", protocol)),
        signing=SIGNING,
    )


def quarter_words(quarter: Quarter) -> str:
    """Return a quarter as “July to September 2026”."""
    return months_words(quarter.first, date.fromisoformat(f"{quarter.months[-1].name}-01"))


def _big(quarter: Quarter) -> Big:
    if quarter.encounters is None:
        return Big("some", f"encounters, {quarter_words(quarter)}; number withheld")
    words = "encounter" if quarter.encounters == 1 else "encounters"
    return Big(str(quarter.encounters), f"{words}, {quarter_words(quarter)}")


def _title(quarters: Sequence[Quarter], head: Head) -> str:
    if not quarters:
        return f"Encounters by quarter{head.practice}"
    last = date.fromisoformat(f"{quarters[-1].months[-1].name}-01")
    return f"Encounters by quarter, {months_words(quarters[0].first, last)}{head.practice}"


def _summary(quarters: Sequence[Quarter]) -> str:
    if not quarters:
        return "This log has no quarter of these days that is over."
    newest = quarters[-1]
    if newest.encounters is None:
        return f"There were some encounters in {quarter_words(newest)}; their number is withheld."
    return f"{many(newest.encounters or 'No', 'encounter')} in {quarter_words(newest)}."


def _sections(quarters: Sequence[Quarter], within: Categories, labels: Labels) -> Iterator[Section]:
    rows = [(quarter_words(one), one.encounters) for one in quarters]
    known = [(words, count) for words, count in rows if count]
    words, most = max(known, key=lambda row: row[1], default=("", 0))
    sentence = f"The most in one quarter: {most}, {words}." if known else "No number can be shown."
    figure = bars(rows, "quarters", "Encounters by quarter", "Quarter", sentence)
    yield Section("Encounters by quarter", (_ABOUT,), (figure,))
    for by in Division:
        yield Section(_TITLES[by], (), (), tuple(_table(by, one, within[by], labels) for one in quarters))


def _table(by: Division, quarter: Quarter, categories: Sequence[str], labels: Labels) -> Table:
    """Return the counts of a quarter and its months; a category without any encounter in them is left out."""
    columns: list[Month | Quarter] = [*quarter.months, quarter]
    rows = [("All", *(_shown(one.encounters) for one in columns))]
    for name in categories:
        counts = [one.divided[by][name] for one in columns]
        if any(count != 0 for count in counts):
            rows.append((labels.words(by, name), *map(_shown, counts)))
    head = (by.words, *(month_words(month.name) for month in quarter.months), "Quarter")
    return Table(f"Encounters by {by.words.lower()}, {quarter_words(quarter)}", head, tuple(rows))


def _shown(count: int | None) -> str:
    return WITHHELD if count is None else str(count)
