"""Large protocols: like real ones, and made to hurt."""

from __future__ import annotations

from random import Random

HEAD = """\
kind: protocol
format: 1
id: big
title: Big
jurisdiction: US-CT
source_language: en
release: {version: "1", effective: 2026-08-01, review_by: 2027-06-30}
roles: {superintendent-office: {title: The office}, principal: {title: The principal}}
settings: {SETTINGS}
fields: {badge: {label: Badge}}
outcomes: {over: {title: Over, refer: superintendent-office}, quiet: {title: Quiet, routine: true}}
start: s0
interrupts:
  - {id: danger, label: Danger, next: s2}
  - {id: past, label: Went past me, next: s5}
  - {id: left, label: They left, next: s9}
  - {id: over, label: Hand over, next: s11}
guarantees:
  - {id: a, always: {call: any}, before: {outcome: over}, why: so}
  - {id: b, never: {step: LAST}, after: {step: s3}, why: so}
  - {id: c, at-most: 10, answers-to: {call: any}, why: so}
  - {id: d, from-every-step: {step: s3}, within: 5, why: so}
  - {id: e, every-end: {record: badge}, why: so}
  - {id: f, always: {answer: s0, is: o0}, before: {step: LAST}, unless: {interrupt: any}, why: so}
steps:
"""


def _head(settings: int, last: str) -> str:
    chosen = ", ".join(f"x{n}: {{ask: Which {n}?, choices: {{a: A, b: B}}, default: a}}" for n in range(settings))
    return HEAD.replace("SETTINGS", chosen).replace("LAST", last)


def realistic(count: int) -> str:
    """`count` steps of every kind, leading on by a few; eight settings; answers that are looked at two steps later."""
    return _head(8, "s7") + "".join(_step(n, count) for n in range(count))


def _step(n: int, count: int) -> str:
    one, two, three, five = (f"s{n + k}" if n + k < count else "over" for k in (1, 2, 3, 5))
    shown, options = "cite: [design]", f"{{id: o0, label: A, next: {one}}}, {{id: o1, label: B, next: {two}}}"
    more = f"{{id: o2, label: C, next: {five}}}, {{id: o3, label: D, next: over}}"
    lines = f"{{setting: x{n // 10 % 8}, is: a, next: {one}}}, {{answer: s{n - 2}, in: [o0], next: {two}}}"
    called = f"call: [superintendent-office, principal], reached: {{next: {one}}}, nobody: {{next: {five}}}"
    match n % 10:
        case 0 | 1 | 4 | 7:
            body = f"ask: Question {n}?, {shown}, options: [{options}, {more}]"
        case 2:
            body = f"title: Call {n}, {shown}, {called}"
        case 5:
            body = f"title: Write {n}, {shown}, record: [badge], next: {one}"
        case 6:
            body = f"when: [{lines}], otherwise: {three}"
        case 8:
            body = f"ask: Back {n}?, {shown}, options: [{options}, {{id: o2, label: C, next: return}}]"
        case 9:
            body = f"ask: Which {n}?, {shown}, choose: [{{id: t0, label: T}}, {{id: t1, label: U}}], next: {one}"
        case _:
            body = f"title: Do {n}, {shown}, next: {one}"
    return f"  s{n}: {{{body}}}\n"


def crossed(count: int) -> str:
    """`count` questions, and then as many decisions, each on two of the answers: what is known multiplies."""
    both = "{{id: o0, label: A, next: {0}}}, {{id: o1, label: B, next: {0}}}"
    asks = "".join(f"  s{n}: {{ask: Q?, options: [{both.format(f's{n + 1}')}]}}\n" for n in range(count))
    whens = "".join(
        f"  w{n}: {{when: [{{answer: s{n}, in: [o0], next: w{n + 1}}}], otherwise: x{n}}}\n"
        f"  x{n}: {{when: [{{answer: s{(n + 1) % count}, in: [o1], next: w{n + 1}}}], otherwise: y{n}}}\n"
        f"  y{n}: {{when: [{{answer: s{n}, in: [o0], next: z}}], otherwise: w{n + 1}}}\n"
        for n in range(count)
    )
    ends = f"  s{count}: {{title: T, next: w0}}\n  w{count}: {{title: E, next: over}}\n  z: {{title: Z, next: over}}\n"
    return _head(0, "z") + asks + whens + ends


def jumbled(kind: str, count: int) -> str:
    """`count` steps that ask or call and lead anywhere."""
    chance = Random(2)  # noqa: S311 - the same jumble every time
    return _head(0, "s7") + "".join(_jumbled(kind, n, count, chance) for n in range(count))


def _jumbled(kind: str, n: int, count: int, chance: Random) -> str:
    targets = [chance.choice(["over", "return", *(f"s{chance.randrange(count)}" for _ in range(8))]) for _ in range(8)]
    if kind == "ask":
        options = ", ".join(f"{{id: o{m}, label: A, next: {target}}}" for m, target in enumerate(targets))
        return f"  s{n}: {{ask: Q?, options: [{options}]}}\n"
    return f"  s{n}: {{title: C, call: [principal], reached: {{next: {targets[0]}}}, nobody: {{next: {targets[1]}}}}}\n"


def rules(count: int) -> str:
    """A dozen questions that all lead to one decision with a line for each of `count` settings."""
    asks = "".join(
        f"  s{n}: {{ask: Q?, options: [{{id: o0, label: A, next: w}}, {{id: o1, label: B, next: s{(n + 1) % 12}}}]}}\n"
        for n in range(12)
    )
    lines = ", ".join(f"{{setting: x{n}, is: a, next: s{n % 12}}}" for n in range(count))
    return f"{_head(count, 's7')}{asks}  w: {{when: [{lines}], otherwise: over}}\n"
