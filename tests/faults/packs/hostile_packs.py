"""Packs made to hurt: each a whole pack of files of up to a megabyte.

`python -m tests.faults.packs.hostile_packs NAME` reads and checks one in a process of its own and prints what that
took, as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from kiosk.checks.privacy_patterns import KINDS
from kiosk.checks.run import check_pack
from kiosk.checks.wording.claims import CLAIMS
from kiosk.protocol.findings.collector import Finding
from kiosk.protocol.pack import read_pack
from tests.faults.packs import hostile_parts as parts
from tests.timing import slowness

MIB: Final = 1 << 20
SHIPPED: Final = Path(__file__).parents[3] / "protocols" / "ct-outside-agent"

HEAD: Final = f"{parts.HEAD}{parts.KEYS}"


def _option(step: int, option: int, steps: int) -> str:
    return f"{{id: o{option}, label: {{en: L}}, next: s{(step * 7 + option * 13 + 1) % steps}}}"


def _dense(steps: int, options: int) -> str:
    """Every step leads to many others: as many ways as a megabyte can say."""
    lines = (
        f"  s{n}: {{ask: {{en: Q}}, cite: [design], options: ["
        + ", ".join(_option(n, o, steps) for o in range(options))
        + ", {id: end, label: {en: E}, next: over}]}\n"
        for n in range(steps)
    )
    return HEAD + "steps:\n" + "".join(lines)


def _remembering(asked: int) -> str:
    """Every answer is looked at again at the end, so a naive check remembers all of them at once."""
    asks = "".join(
        f"  s{n}: {{ask: {{en: Q}}, cite: [design], options: [{{id: a, label: {{en: A}}, next: s{n + 1}}}, "
        f"{{id: b, label: {{en: B}}, next: s{n + 1}}}]}}\n"
        for n in range(asked)
    )
    rules = ", ".join(f"{{answer: s{n}, in: [a], next: s{n}}}" for n in range(asked))
    return HEAD + f"steps:\n{asks}  s{asked}: {{when: [{rules}], otherwise: over}}\n"


def _settings(count: int) -> str:
    """Every setting routes: two to the power of their number are the ways to choose them."""
    asked = "".join(
        f"  t{n}: {{ask: {{en: Q}}, choices: {{a: {{en: A}}, b: {{en: B}}}}, default: a}}\n" for n in range(count)
    )
    steps = "".join(
        f"  s{n}: {{when: [{{setting: t{n}, is: a, next: u{n}}}], otherwise: v{n}}}\n" for n in range(count)
    )
    shown = "".join(
        f"  {kind}{n}: {{do: {{en: D}}, cite: [design], next: {'over' if n + 1 == count else f's{n + 1}'}}}\n"
        for n in range(count)
        for kind in "uv"
    )
    return HEAD + f"settings:\n{asked}steps:\n{steps}{shown}"


def _calls(count: int) -> str:
    """Calls whose `nobody` leads into the next call, and steps that return: the stack grows without end."""
    steps = "".join(
        f"  s{n}: {{do: {{en: D}}, cite: [design], call: [superintendent-office], reached: {{next: r{n}}}, "
        f"nobody: {{next: s{(n + 1) % count}}}}}\n  r{n}: {{ask: {{en: Q}}, cite: [design], options: ["
        f"{{id: back, label: {{en: B}}, next: return}}, {{id: end, label: {{en: E}}, next: over}}]}}\n"
        for n in range(count)
    )
    return HEAD + "steps:\n" + steps


def _guarantees(count: int) -> str:
    """Many guarantees over many steps."""
    said = "".join(
        f"  - {{id: g{n}, always: {{step: s{n % 200}}}, before: {{outcome: over}}, why: w}}\n" for n in range(count)
    )
    return _dense(200, 3) + "guarantees:\n" + said


def _words(text: str) -> str:
    """One text as long as the file may be."""
    step = f"  s0: {{do: {{en: '{text}'}}, cite: [design], next: s1}}\n"
    return HEAD + "steps:\n" + step + "  s1: {do: {en: D}, cite: [design], next: over}\n"


def _alone(text: str) -> dict[str, bytes]:
    return {"protocol.yaml": text.encode()}


def _beside(name: str, text: str) -> dict[str, bytes]:
    files = {file.name: file.read_bytes() for file in SHIPPED.glob("*.yaml")}
    return {**files, name: text.encode()}


def _scenarios(count: int) -> str:
    one = "- {{name: n{n}, do: [{{danger: no}}, {{channel: door}}, {{who: federal}}], outcome: handover}}\n"
    return "".join(one.format(n=n) for n in range(count))


def _long_walk(count: int) -> str:
    lines = "    - {press: went-past}\n    - {press: they-left}\n" * count
    return f"- name: endless\n  do:\n{lines}  outcome: handover\n"


def _translation(count: int) -> str:
    head = "kind: translation\nformat: 1\nprotocol: ct-outside-agent\nlanguage: fr\nwords:\n"
    return head + "".join(f"  steps.nobody-{n}.ask: {{of: 00000000, say: 'x'}}\n" for n in range(count))


PACKS: Final[Mapping[str, Callable[[], dict[str, bytes]]]] = {
    "dense": lambda: _alone(_dense(380, 18)),
    "most steps": lambda: _alone(_dense(1_900, 3)),
    "answers remembered": lambda: _alone(_remembering(1_500)),
    "answers remembered, a few": lambda: _alone(_remembering(24)),
    "settings": lambda: _alone(_settings(400)),
    "calls in calls": lambda: _alone(_calls(900)),
    "guarantees": lambda: _alone(_guarantees(2_000)),
    "a long text": lambda: _alone(_words("do not " * 140_000)),
    "one long word": lambda: _alone(_words("a" * 900_000)),
    "hyphens": lambda: _alone(_words("-" * 900_000)),
    "sentences": lambda: _alone(_words("Stop. " * 150_000)),
    "scenarios": lambda: _beside("scenarios.yaml", _scenarios(9_000)),
    "a long walk": lambda: _beside("scenarios.yaml", _long_walk(12_000)),
    "translation": lambda: _beside("fr.yaml", _translation(15_000)),
    "not yaml": lambda: _beside("es.yaml", "[" * MIB),
    "two languages": lambda: _alone(parts.bilingual(1_050)),
    "claims in pieces": lambda: _alone(parts.pieces(part for claim in CLAIMS for part in claim.parts)),
    "private words": lambda: _alone(parts.pieces((part for kind in KINDS for part in kind.parts), 4)),
    "write what is private": lambda: _alone(
        parts.told(("write the student name or birth date, " * 25) + str(n) for n in range(2_000))
    ),
    "full stops": lambda: _alone(parts.told("." * 990 + f"a{n}" for n in range(2_000))),
    "closing marks": lambda: _alone(parts.told("." * 490 + ")" * 490 + f"a{n}" for n in range(2_000))),
    "negations": lambda: _alone(parts.told("do not, " * 110 + f"hide {n}" for n in range(2_000))),
    "capitals": lambda: _alone(parts.told("ICE FBI " * 110 + f"A{n}-" for n in range(2_000))),
    "words of no language": lambda: _alone(
        parts.told(" ".join(f"{n * m:x}aeiou{n}" for m in range(80)) for n in range(2_000))
    ),
    "wide letters": lambda: _alone(parts.told("\u6f22" * 300 + f" {n}" for n in range(2_000))),
    "choices": lambda: _alone(parts.choosing(6, 2, 700)),
    "a few settings": lambda: _alone(parts.some_settings(24)),
    "fewer settings": lambda: _alone(parts.some_settings(12)),
    "ticks": lambda: _alone(parts.ticking(30)),
    "guarantees that fail": lambda: _alone(parts.many_guarantees(600, 12)),
    "guarantees on a few": lambda: _alone(parts.many_guarantees(60, 12)),
    "keys": lambda: _alone(parts.keys_everywhere(8_000)),
    "sources": lambda: _alone(parts.citing(7_000, 1_900)),
    "permissions": lambda: _alone(parts.allowing(9_000)),
    "long words in slots": lambda: _alone(parts.slots(450_000, 150_000)),
    "slots everywhere": lambda: _alone(parts.slots_in_every_step(1_990)),
    "callers": lambda: _alone(parts.callers(900, 50)),
    "boxes": lambda: _alone(parts.writers(900, 45)),
    "a fragment taken in": lambda: {
        **_alone(parts.taking_in(1_990, "part")),
        "part.yaml": parts.fragment(1, 12_000).encode(),
    },
    "a fragment of many steps": lambda: {
        **_alone(parts.taking_in(7_000, "part")),
        "part.yaml": parts.fragment(1_900, 4).encode(),
    },
    "a fragment that is not there": lambda: {
        **_alone(parts.taking_in(9_000, "gone")),
        "part.yaml": parts.fragment(1_900, 4).encode(),
    },
    "contacts": lambda: _beside("contacts.example.yaml", parts.people(1_200, 6)),
    "everybody is called": lambda: _beside("scenarios.yaml", parts.everybody_called(30, 160)),
    "corrections": lambda: _beside("scenarios.yaml", parts.corrections(36, 180)),
    "sights": lambda: _beside("scenarios.yaml", parts.expecting(80, 240)),
    "earlier names": lambda: _alone(parts.renamed(1_500)),
    "texts and translations": lambda: {**_alone(parts.many_texts(560)), "es.yaml": parts.stale(560).encode()},
}


def largest_mib() -> int:
    """The largest memory this process had, in MiB.

    Linux tells it of the program itself; what `getrusage` says also counts whoever started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def checked(name: str) -> tuple[tuple[Finding, ...], float, int]:
    """The findings of one of the packs, the processor time in seconds, and the process's largest memory in MiB.

    The seconds are those of the machine the bounds were set on (`tests.timing`), measured before and after.
    """
    files = PACKS[name]()
    assert all(len(data) <= MIB for data in files.values()), {n: len(d) for n, d in files.items()}
    before, began = slowness(), time.process_time()
    found = check_pack(read_pack(files))
    took = time.process_time() - began
    return found, took / max(before, slowness()), largest_mib()


def main(names: list[str]) -> int:
    """Print one line of JSON for each pack named; all of them without a name."""
    for name in names or PACKS:
        found, took, memory = checked(name)
        codes = sorted({finding.code for finding in found})
        print(json.dumps({"pack": name, "seconds": round(took, 2), "mib": memory, "codes": codes}))  # noqa: T201 - its answer
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
