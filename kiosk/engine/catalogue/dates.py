"""Findings of dates."""

from __future__ import annotations

from kiosk.engine.catalogue.kind import Kind, Severity

KINDS = (
    Kind("P501", "not-a-date", "“{date}” is not a date.", "Write year, month and day as 2026-08-01."),
    Kind("P502", "review-too-early", "The review on {review} is not after {effective}.", "Put “review_by” later."),
    Kind(
        "P503",
        "review-expired",
        "The review was due by {review}; today is {today}.",
        "Have it reviewed, then set a later “review_by” and a higher “version”.",
        why="Law and policy move. A protocol nobody looked at in time may tell the desk what no longer holds, so it is "
        "never installed anew; one that already runs stays up, loudly.",
        bad='release: {version: "2025.1", effective: 2025-08-01, review_by: 2026-06-30}   # read on 2026-09-14',
        good='release: {version: "2026.1", effective: 2026-08-01, review_by: 2027-06-30}',
    ),
    Kind(
        "P504",
        "gap",
        "Version {version} was to be reviewed by {review}, but this one takes effect only on {effective}.",
        "Let it take effect by the day the other is to be reviewed.",
        Severity.WARNING,
        why="Between the two dates the desk works with a protocol that is overdue, and says so all the time.",
        bad="effective: 2027-08-01   # the installed one has review_by: 2027-06-30",
        good="effective: 2027-06-30",
    ),
    Kind(
        "P505",
        "overlap",
        "Version {version} holds until {review}; from {effective} on this one runs in its place.",
        "Nothing, when that is meant; else put “effective” later.",
        Severity.WARNING,
        why="Staff trained on the old words meet new ones before the day they were told of.",
        bad="effective: 2027-03-01   # the installed one has review_by: 2027-06-30",
        good="effective: 2027-06-30",
    ),
    Kind(
        "P506",
        "effective-past",
        "It took effect on {effective}, but on {today} version {version} is still what is installed here.",
        "Install it now, or write the day from which it really holds.",
        Severity.WARNING,
        why="Records of those days were made by the older words, although the newer ones say they held.",
        bad="effective: 2026-08-01   # read on 2026-09-14, with another version installed",
        good="effective: 2026-09-15",
    ),
    Kind(
        "P507",
        "effective-future",
        "It takes effect on {effective}; until then the kiosk stays in PRACTICE, for no other version is here.",
        "Wait for that day, or write an earlier one.",
        Severity.WARNING,
        why="A desk in PRACTICE keeps no live record; whoever installs early should know from when it counts.",
        bad="effective: 2027-08-01   # read on 2026-09-14, with nothing installed",
        good="effective: 2026-09-14",
    ),
    Kind(
        "P508",
        "version-not-higher",
        "Version {now} is not higher than {before}, which was installed here.",
        "Give changed content a higher “version”.",
        why="Two contents must never share a number, and an old one must not come back as if it were new.",
        bad='version: "2026.1"   # 2026.1 is installed, with other words',
        good='version: "2026.2"',
    ),
    Kind(
        "P509",
        "version-without-order",
        "Version “{version}” can't be put in order.",
        "Write it as numbers with dots, as 2026.1.",
        Severity.WARNING,
        why="Only a higher version is ever installed over another; without numbers nobody can say which is higher.",
        bad="version: autumn",
        good='version: "2026.1"',
    ),
)
