"""Files made to hurt the reader: each gives findings, quickly, and never an exception."""

from __future__ import annotations

import tracemalloc

import pytest
import yaml

from kiosk.protocol.site.contacts import read_contacts
from kiosk.protocol.syntax import yaml_nodes
from kiosk.protocol.validation.structure import examined
from tests.timing import least_seconds

MIB = 1 << 20
SECONDS = 2.0
"""Of processor time, not by the clock on the wall: test machines are shared."""

SECONDS_IN_PYTHON = 5.0
"""PyYAML's parser in Python takes up to ten times as long as the one in C, for a file that holds nothing bad."""

LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
STEP = "kind: protocol\nformat: 1\nid: x\ntitle: t\njurisdiction: j\nsource_language: en\nstart: s\nsteps:\n"

HOSTILE: dict[str, tuple[str, str]] = {
    "a billion laughs": ("P008", LAUGHS),
    "a nest of lists": ("P010", "[" * MIB),
    "a nest of tables": ("P010", "{" * MIB),
    "a nest of dashes": ("P010", "- " * (MIB // 2)),
    "a nest of question marks": ("P010", "? " * (MIB // 2)),
    "a nest by indent": ("P010", "".join(" " * n + "a:\n" for n in range(1400))),
    "one line": ("P103", "a" * MIB),
    "one quoted line": ("P005", '"' + "a" * (MIB - 1)),
    "one list on a line": ("P011", "[" + "a," * (MIB // 2 - 1)),
    "escapes": ("P013", '"' + "\\0" * (MIB // 2 - 1) + '"'),
    "a character too far": ("P005", 'a: "\\UFFFFFFFF"'),
    "a directive with a large number": ("P005", "%YAML 1." + "1" * 9000 + "\n--- a\n"),
    "half a pair": ("", 'a: "\\ud800"'),
    "newlines": ("P004", "\n" * MIB),
    "comments": ("P004", "#\n" * (MIB // 2)),
    "zeros": ("P003", "\0" * MIB),
    "controls on every line": ("P013", "\x01\n" * (MIB // 2)),
    "a tab on every line": ("P006", "\ta\n" * (MIB // 3)),
    "tags": ("P009", "!a [" + "!a b," * 20_000 + "]"),
    "keys that are lists": ("P115", "{" + "[a]: b," * 15_000 + "}"),
    "keys that are there twice": ("P104", "{" + "a: b," * 40_000 + "}"),
    "keys that no one knows": ("P101", "".join(f"key-number-{n}: v\n" for n in range(45_000))),
    "braces in a text": ("P206", STEP + "  s: {next: s, do: '" + "{x}" * 300_000 + "'}\n"),
    "targets that are nearly right": (
        "P201",
        STEP
        + "".join(
            f"  step-number-{n}-with-a-long-name: {{next: step-number-{n}-with-a-lang-name}}\n" for n in range(2000)
        ),
    ),
    "one loop of two thousand": (
        "P303",
        STEP + "".join(f"  s{n or ''}: {{do: a, next: s{(n + 1) % 2000 or ''}}}\n" for n in range(2000)),
    ),
    "rules over rules": (
        "P207",
        STEP
        + "  s: {ask: a, options: ["
        + "".join(f"{{id: o{n}, label: a, next: s}}," for n in range(6000))
        + "]}\n  r: {otherwise: s, when: ["
        + "".join(f"{{answer: s, is: p{n}, next: s}}," for n in range(6000))
        + "]}\n",
    ),
}


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], ids=["c", "python"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both of PyYAML's parsers; a district's build may lack the one in C."""
    loader = getattr(yaml, request.param, None)
    if loader is None:
        pytest.skip("this build of PyYAML has no parser in C")
    monkeypatch.setattr(yaml_nodes, "_LOADER", loader)


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gives_findings_and_gives_them_soon(name: str) -> None:
    """No input of a megabyte may hold up the desk."""
    code, text = HOSTILE[name]
    data = text.encode()
    assert len(data) <= MIB, "a larger file would only show that its size is found"

    most = SECONDS if yaml_nodes._LOADER is getattr(yaml, "CSafeLoader", None) else SECONDS_IN_PYTHON
    reading, took = least_seconds(lambda: examined(data, "protocol.yaml"), most)

    assert reading.protocol is None
    assert code in {f.code for f in reading.findings} | {""}
    assert reading.findings
    assert took < most
    assert read_contacts(data[:20_000], "contacts.yaml").contacts is None


@pytest.mark.parametrize(
    "name", ["a billion laughs", "one list on a line", "keys that no one knows", "rules over rules"]
)
def test_a_hostile_file_takes_little_memory(name: str) -> None:
    """The limits hold before anything large is made: under 200 MB, which a front desk's computer has."""
    data = HOSTILE[name][1].encode()

    tracemalloc.start()
    try:
        examined(data, "protocol.yaml")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 200 * MIB
