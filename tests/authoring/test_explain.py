"""The examples of the catalog: every bad example shows its finding, and the repaired one does not have it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import pytest

from kiosk.authoring.explain import CLASSES, by_class, by_importance, class_of, kind_named, means, repairs
from kiosk.checks.run import check_pack
from kiosk.errors import UsageError
from kiosk.protocol.findings.collector import CATALOGUE, Finding, Severity
from kiosk.protocol.pack import EXAMPLE_CONTACTS, PROTOCOL_FILE, SCENARIOS_FILE, read_pack
from tests.protocol.validation.test_structure import PROTOCOL

SHOWN: Final = ("P0", "P1", "P2", "P3", "P4", "P5", "P7", "C", "S")
"""The groups whose examples are lines of the sample pack; another group's examples are another test's."""

NOT_IN_A_FEW_LINES: Final = {
    "P001": "it takes a megabyte",
    "P002": "it is about bytes that no text can hold",
    "P003": "it is about bytes that no text can hold",
    "P011": "it takes fifty thousand parts",
    "P012": "it takes two thousand steps",
    "P015": "it takes two hundred findings",
}
"""Codes without an example, and why."""

NOT_ON_THE_SAMPLE: Final = {
    **dict.fromkeys(("P503", "P504", "P505", "P506", "P507", "P508"), "it takes a day, or an installed edition"),
    "P509": "it takes an approval",
    **dict.fromkeys(("C109", "C110"), "it takes a school's own contacts; a pack's are examples"),
    "S116": "it takes scenarios that touch everything",
    "S117": "it takes five hundred lines",
    "S118": "it takes a large file",
    "S119": "it takes a field that does not take any words",
    "S208": "it takes two thousand steps",
}
"""Codes whose example the sample pack can't show, and why; each has its own test."""

TAUGHT: Final = [
    kind
    for kind in CATALOGUE.values()
    if kind.code.startswith(SHOWN) and kind.code not in {**NOT_IN_A_FEW_LINES, **NOT_ON_THE_SAMPLE}
]


def blocks(text: str, key: str) -> list[tuple[str, str]]:
    """A text cut before every line that matches `key`, each piece with what the line's first group is."""
    cuts = [*re.finditer(key, text, re.MULTILINE)]
    ends = [*(cut.start() for cut in cuts[1:]), len(text)][: len(cuts)]
    return [(cut[1], text[cut.start() : end]) for cut, end in zip(cuts, ends, strict=True)]


def merged(sample: str, example: str) -> str:
    """The sample with an example's sections in place of its own; what has a name within a section, likewise."""
    theirs = blocks(example, r"^(\S+?):")
    made, placed = "", set[str]()
    for section, text in blocks(sample, r"^(\S+?):"):
        mine = [block for name, block in theirs if name == section]
        placed.add(section)
        made += "".join(_inside(text, block, first=n == 0) for n, block in enumerate(mine)) or text
    return made + "".join(block for name, block in theirs if name not in placed)


def _inside(sample: str, example: str, *, first: bool) -> str:
    named = blocks(example, r"^  ([a-z][\w-]*):")
    if not named or not first or "\n  - " in sample or sample.count("\n") == 1:
        return example
    names = {name for name, _ in named}
    head = sample.partition("\n")[0] + "\n"
    return (
        head
        + "".join(text for name, text in blocks(sample, r"^  ([a-z][\w-]*):") if name not in names)
        + "".join(text for _, text in named)
    )


def files_with(code: str, example: str) -> dict[str, bytes]:
    """The sample pack after an example was put into the file that it is about."""
    match "P" if code.startswith("S2") else code[0]:
        case "C":
            return {PROTOCOL_FILE: PROTOCOL.encode(), EXAMPLE_CONTACTS: example.encode()}
        case "S":
            return {PROTOCOL_FILE: PROTOCOL.encode(), SCENARIOS_FILE: example.encode()}
    return {PROTOCOL_FILE: (example if code == "P004" else merged(PROTOCOL, example)).encode()}


def codes(findings: Iterable[Finding]) -> set[str]:
    """The codes of findings."""
    return {finding.code for finding in findings}


def test_the_sample_pack_has_none_of_the_findings() -> None:
    """So whatever is found after an example was put in, the example did."""
    assert codes(check_pack(read_pack({PROTOCOL_FILE: PROTOCOL.encode()}))) & {kind.code for kind in TAUGHT} == set()
    assert merged(PROTOCOL, "") == PROTOCOL


def found(code: str, example: str) -> bool:
    """Whether the sample with this example has the finding."""
    return code in codes(check_pack(read_pack(files_with(code, example))))


def test_the_example_before_has_the_finding_and_the_one_after_has_not() -> None:
    """An example that does not show it teaches the wrong thing."""
    assert [kind.code for kind in TAUGHT if not found(kind.code, kind.bad)] == []
    assert [kind.code for kind in TAUGHT if found(kind.code, kind.good)] == []


def test_every_kind_says_why_it_matters_and_shows_an_example() -> None:
    """`kiosk protocol explain` has something to say about each, and it fits a terminal."""
    kinds = CATALOGUE.values()
    assert [kind.code for kind in kinds if not kind.why.endswith(".")] == []
    shown = {kind.code: (bool(kind.bad), bool(kind.good)) for kind in kinds}
    wanted = {kind.code: (kind.code not in NOT_IN_A_FEW_LINES,) * 2 for kind in kinds}
    assert {code: one for code, one in shown.items() if one != wanted[code]} == {}
    lines = [(kind.code, line) for kind in kinds for part in (kind.bad, kind.good) for line in part.split("\n")]
    assert [code for code, line in lines if len(line) > 120] == []


def test_what_has_no_example_is_in_the_catalogue() -> None:
    """A retired code leaves the list too."""
    assert {**NOT_IN_A_FEW_LINES, **NOT_ON_THE_SAMPLE}.keys() <= CATALOGUE.keys()


def test_every_kind_has_a_class() -> None:
    """And every class says what it is about."""
    assert {class_of(code) for code in CATALOGUE} <= CLASSES.keys()
    assert sorted(kind.code for _, kinds in by_class() for kind in kinds) == sorted(CATALOGUE)


def _finding(code: str, line: int, file: str = PROTOCOL_FILE) -> Finding:
    return Finding(code, CATALOGUE[code].severity, file, line, 1, "", "")


def test_errors_come_before_warnings_and_loops_before_misspelt_names() -> None:
    """The order of importance: severity, class, place."""
    found = [_finding(code, line) for line, code in enumerate(("P407", "P501", "P201", "P303", "P101", "P202"))]
    assert [f.code for f in by_importance(found)] == ["P303", "P101", "P201", "P202", "P501", "P407"]
    assert found[0].severity is Severity.WARNING


def test_what_keeps_a_file_from_being_read_comes_before_what_that_hides() -> None:
    """After a second document begins, everything in it is missing; only one of these lines is to be repaired."""
    found = [_finding("P102", 8), _finding("P105", 9), _finding("P007", 700)]
    assert [f.code for f in by_importance(found)] == ["P007", "P102", "P105"]


def test_the_protocol_comes_before_the_files_beside_it() -> None:
    """A step too long is too long in each language; line numbers of two files say nothing about each other."""
    found = [_finding("W121", 4, "es.yaml"), _finding("W121", 700), _finding("W121", 3, "fr.yaml")]
    assert [f.file for f in by_importance(found)] == [PROTOCOL_FILE, "es.yaml", "fr.yaml"]


def test_a_kind_is_found_by_its_code_or_name() -> None:
    """In small letters too."""
    assert kind_named("p201").code == kind_named(" P201 ").code == kind_named("unknown-target").code == "P201"


def test_a_kind_there_is_not_names_the_nearest() -> None:
    """The repair is one look away."""
    with pytest.raises(UsageError, match="Did you mean “P201”"):
        kind_named("P2O1")
    with pytest.raises(UsageError, match="explain"):
        kind_named("")


def test_words_without_a_file_keep_no_braces() -> None:
    """What the file would fill in is shown as a word of its own."""
    for kind in CATALOGUE.values():
        assert not set("{}") & set(means(kind) + repairs(kind))
