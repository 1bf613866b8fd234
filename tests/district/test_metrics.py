"""The text format of Prometheus, read back by the rules of its specification."""

from __future__ import annotations

import re

from kiosk.district.metrics import as_metrics
from tests.district.fleet_lines import EMPTY, NOW, all_colors

SAMPLE = re.compile(r'([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (-?[0-9.]+)')
LABEL = re.compile(r'([a-z]+)="((?:[^"\\\n]|\\[\\"n])*)"')
ESCAPES = {"\\\\": "\\", '\\"': '"', "\\n": "\n"}

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def parsed(words: str) -> Samples:
    """Every sample by its name and labels; a line that is no sample must be the help or type of the next ones."""
    assert words.endswith("\n")
    found: Samples = {}
    current = ""
    for line in words.splitlines():
        if line.startswith("# HELP "):
            current = line.split(" ")[2]
        elif line.startswith("# TYPE "):
            assert line == f"# TYPE {current} gauge"
        else:
            match = SAMPLE.fullmatch(line)
            assert match is not None, line
            name, labels, value = match.groups()
            assert name == current
            pairs = frozenset(
                (label, re.sub(r"\\.", lambda one: ESCAPES[one[0]], text))
                for label, text in LABEL.findall(labels or "")
            )
            assert (name, pairs) not in found
            found[name, pairs] = float(value)
    return found


def of(found: Samples, name: str, school: str, desk: str = "Front office", **more: str) -> float | None:
    """The value of a sample; None if there is none."""
    pairs = {"school": school, "desk": desk, **more}
    return found.get((f"kiosk_district_{name}", frozenset(pairs.items())))


def test_each_desk_has_its_state_and_numbers() -> None:
    """States have numbers, so that a rule can compare them."""
    found = parsed(as_metrics(all_colors(), NOW))
    assert [of(found, "state", name) for name in ("Lincoln", "Oak", "Pine", "Ash")] == [0, 1, 2, -1]
    assert [of(found, "entries_behind", name) for name in ("Lincoln", "Oak")] == [0, 8]
    assert [of(found, "quarantined", name) for name in ("Lincoln", "Pine")] == [0, 1]
    assert of(found, "last_contact_seconds", "Oak") == NOW.timestamp() - 3 * 86400
    assert of(found, "newest_entry_seconds", "Oak", kind="protocol.installed") == NOW.timestamp() - 30 * 86400
    assert found["kiosk_district_status_seconds", frozenset()] == NOW.timestamp()


def test_a_desk_that_sent_nothing_has_only_what_is_known() -> None:
    """Its names have a quotation mark, a backslash and a line break, and are read back as they are."""
    found = parsed(as_metrics(all_colors(), NOW))
    assert of(found, "state", EMPTY.school, EMPTY.desk) == 1
    assert of(found, "entries", EMPTY.school, EMPTY.desk) is None


def test_no_desk_has_no_sample() -> None:
    """Only the time of the status."""
    assert [name for name, _ in parsed(as_metrics([], NOW))] == ["kiosk_district_status_seconds"]
