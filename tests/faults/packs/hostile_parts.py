"""More packs made to hurt, each aimed at one part of the check: a file that is as long as it may be, in that part."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

MIB: Final = 1 << 20
HEAD: Final = """\
kind: protocol
format: 1
id: hostile
title: {en: Hostile}
jurisdiction: US-CT
source_language: en
release: {version: "1", effective: 2026-08-01, review_by: 2027-06-30}
roles: {superintendent-office: {title: {en: Office}, required: true}}
outcomes: {over: {title: {en: Over}, refer: superintendent-office}}
start: s0
"""
KEYS: Final = "interrupts: [{id: danger, label: {en: Danger}, next: s0}, {id: left, label: {en: Left}, next: s1}]\n"


def tell(n: int, then: str, words: str = "D") -> str:
    """A step that says something and goes on."""
    return f"  s{n}: {{do: '{words}', cite: [design], next: {then}}}\n"


def told(texts: Iterable[str], key: str = "do") -> str:
    """A protocol that says one text after the other, as many as a megabyte holds."""
    lines, size = list[str](), 0
    for n, words in enumerate(texts):
        line = f"  s{n}: {{{key}: '{words}', cite: [design], next: s{n + 1}}}\n"
        size += len(line.encode())
        if size > MIB - 4_000 or n > 1_990:
            break
        lines.append(line)
    return f"{HEAD}{KEYS}steps:\n{''.join(lines)}{tell(len(lines), 'over')}"


def bilingual(count: int) -> str:
    """Sentences in two languages, no two alike."""
    labels = "label: {en: 'Go to room {} of hall N', es: 'Vaya al salón {} del piso N'}, next: s0"
    options = "".join(f"{{id: o{o}, {labels.replace('{}', str(o))}}}, " for o in range(4))
    step = (
        "  sN: {do: {en: 'Please wait at door number N while I ask N for you.', es: 'Espere en la puerta N.'}, "
        "say: {en: 'I ask N now.', es: 'Pido N.'}, ask: {en: 'Is it N?', es: '¿Es N?'}, cite: [design], "
        f"options: [{options}{{id: e, label: {{en: E, es: F}}, next: over}}]}}\n"
    )
    steps = "".join(step.replace("N", str(n)) for n in range(count))
    return f"{HEAD}{KEYS}steps:\n{steps}"


def pieces(parts: Iterable[str], times: int = 1) -> str:
    """Each piece over and over, up to the letters that are looked at."""
    return told((f"{part} " * (1_000 // (len(part) + 1))).strip() for part in parts for _ in range(times))


def choosing(settings: int, choices: int, steps: int) -> str:
    """Every step decides by a setting, and every question leads on in ten ways."""
    asked = "".join(
        f"  t{n}: {{ask: Q, choices: {{{', '.join(f'c{c}: C' for c in range(choices))}}}, default: c0}}\n"
        for n in range(settings)
    )
    decided = "".join(
        f"  w{n}: {{when: [{{setting: t{n % settings}, is: c1, next: s{n}}}], otherwise: s{(n * 7 + 1) % steps}}}\n"
        for n in range(steps)
    )
    options = ", ".join(f"{{id: o{o}, label: L, next: wX}}" for o in range(9))
    shown = "".join(
        f"  s{n}: {{ask: Q, cite: [design], options: [{options.replace('wX', f'w{(n * 3 + 1) % steps}')}, "
        "{id: e, label: E, next: over}]}\n"
        for n in range(steps)
    )
    return f"{HEAD}{KEYS}settings:\n{asked}steps:\n{decided}{shown}"


def some_settings(count: int) -> str:
    """Few enough settings to be remembered all at once, and only together do they lead past the call."""
    asked = "".join(f"  t{n}: {{ask: Q, choices: {{a: A, b: B}}, default: a}}\n" for n in range(count))
    steps = "".join(
        f"  s{n}: {{when: [{{setting: t{n}, is: a, next: s{n + 1}}}], otherwise: {'c' if n + 1 < count else 'x'}}}\n"
        for n in range(count)
    )
    call = "  c: {do: C, cite: [design], call: [superintendent-office], reached: {next: over}, nobody: {next: over}}\n"
    last = f"  s{count}: {{do: D, cite: [design], next: c}}\n"
    pairs = zip("xyzuvq", [*"yzuvq", "over"], strict=True)
    ends = "".join(f"  {a}: {{do: X, cite: [design], next: {b}}}\n" for a, b in pairs)
    head = HEAD.replace("start: s0", "start: first")
    first = "  first: {do: F, cite: [design], next: s0}\n"
    keys = "interrupts: [{id: danger, label: D, next: c}]\n"
    return f"{head}{keys}settings:\n{asked}steps:\n{first}{steps}{last}{call}{ends}"


def ticking(count: int) -> str:
    """One guarantee that looks at the ticks of one step in as many ways as can be written."""
    choices = ", ".join(f"{{id: c{n}, label: C}}" for n in range(count))
    events = ", ".join(f"{{answer: s0, in: [c{n}, c{(n + 1) % count}]}}" for n in range(count))
    steps = f"  s0: {{ask: Q, cite: [design], choose: [{choices}], next: s1}}\n{tell(1, 'over')}"
    promise = f"guarantees:\n  - {{id: g, always: [{events}], before: {{outcome: over}}, why: w}}\n"
    return f"{HEAD}{KEYS}{promise}steps:\n{steps}"


def many_guarantees(steps: int, options: int) -> str:
    """As many guarantees as may be, none of which holds, over a graph in which everything leads everywhere."""
    said = "".join(
        f"  - {{id: g{n}, {verb}, why: w}}\n"
        for n, verb in enumerate(
            [f"always: {{step: s{n}}}, before: {{step: s{n + 1}}}" for n in range(10)]
            + [f"never: {{outcome: over}}, after: {{answer: s{n}, is: o1}}" for n in range(10)]
            + [f"at-most: {n + 1}, answers-to: {{outcome: over}}, after: {{step: s{n}}}" for n in range(10)]
            + [f"from-every-step: {{step: s{n}}}, within: {n + 1}" for n in range(10)]
        )
    )
    lines = "".join(
        f"  s{n}: {{ask: Q, cite: [design], options: ["
        + ", ".join(f"{{id: o{o}, label: L, next: s{(n * 7 + o * 13 + 1) % steps}}}" for o in range(options))
        + ", {id: e, label: E, next: over}]}\n"
        for n in range(steps)
    )
    return f"{HEAD}{KEYS}guarantees:\n{said}steps:\n{lines}"


def keys_everywhere(count: int) -> str:
    """Far more interrupts than there are keys."""
    jumps = "".join(f"  - {{id: k{n}, label: K, next: s{n % 100}}}\n" for n in range(count))
    return (
        f"{HEAD}interrupts:\n{jumps}steps:\n"
        + "".join(tell(n, f"s{n + 1}") for n in range(1_900))
        + tell(1_900, "over")
    )


def citing(sources: int, steps: int) -> str:
    """Every step cites, and there is a great deal to cite."""
    named = "".join(f"  q{n}: {{title: T, issuer: I, date: 2026-01-01}}\n" for n in range(sources))
    lines = "".join(f"  s{n}: {{do: D, cite: [q{n}, q{n + 1}, x{n}], next: s{n + 1}}}\n" for n in range(steps))
    return f"{HEAD}{KEYS}sources:\n{named}steps:\n{lines}{tell(steps, 'over')}"


def allowing(count: int) -> str:
    """A permission for every warning, and thousands more."""
    said = "".join(
        f"  - {{code: W1{n % 20:02}, at: steps.s{n % 1_500}, reason: this is long enough}}\n" for n in range(count)
    )
    steps = "".join(tell(n, f"s{n + 1}", f"CALL THEM {n} AND THEN wait and go.") for n in range(1_500))
    return f"{HEAD}{KEYS}allow:\n{said}steps:\n{steps}{tell(1_500, 'over')}"


def slots(words: int, used: int) -> str:
    """A short slot over and over, and very long words to fill it with."""
    setting = f"settings: {{t: {{ask: Q, choices: {{a: '{'x' * words}', b: B}}, default: a}}}}\n"
    steps = "".join(tell(n, f"s{n + 1}", "{t}" * (used // 5)) for n in range(5))
    return f"{HEAD}{KEYS}{setting}steps:\n{steps}{tell(5, 'over')}"


def slots_in_every_step(steps: int) -> str:
    """Sixty-four ways to fill the slots of every step."""
    settings = "".join(
        f"  t{n}: {{ask: Q, choices: {{a: 'A long answer', b: 'Another', c: C, d: D}}, default: a}}\n" for n in range(3)
    )
    said = "At {t0} or {t1} or {t2} you wait with them until somebody comes, and say nothing else but this, number N."
    lines = "".join(tell(n, f"s{n + 1}", said.replace("N", str(n))) for n in range(steps))
    return f"{HEAD}{KEYS}settings:\n{settings}steps:\n{lines}{tell(steps, 'over')}"


def callers(roles: int, steps: int) -> str:
    """Calls to more people than a school has."""
    named = "".join(f"  r{n}: {{title: T}}\n" for n in range(roles))
    chain = ", ".join(f"r{n}" for n in range(roles))
    calls = "".join(
        f"  s{n}: {{do: D, cite: [design], call: [{chain}], reached: {{next: s{n + 1}}}, nobody: {{next: s{n + 1}}}}}\n"
        for n in range(steps)
    )
    office = "superintendent-office: {title: {en: Office}, required: true}"
    head = HEAD.replace(f"roles: {{{office}}}\n", f"roles:\n  {office}\n{named}")
    return f"{head}{KEYS}steps:\n{calls}{tell(steps, 'over')}"


def writers(fields: int, steps: int) -> str:
    """Screens with far more boxes than fit."""
    named = "".join(f"  f{n}: {{label: 'Label number {n}', missing: [refused]}}\n" for n in range(fields))
    listed = ", ".join(f"f{n}" for n in range(fields))
    lines = "".join(f"  s{n}: {{do: D, cite: [design], record: [{listed}], next: s{n + 1}}}\n" for n in range(steps))
    return f"{HEAD}{KEYS}fields:\n{named}steps:\n{lines}{tell(steps, 'over')}"


def taking_in(count: int, wanted: str) -> str:
    """A protocol that takes in one fragment again and again."""
    steps = "".join(f"  s{n}: {{include: {wanted}, exits: {{out: s{n + 1}}}}}\n" for n in range(count))
    return f"{HEAD}{KEYS}steps:\n{steps}{tell(count, 'over')}"


def fragment(steps: int, options: int) -> str:
    """A fragment of so many steps, each with so many options."""
    listed = ", ".join(f"{{id: o{o}, label: L, next: out}}" for o in range(options))
    lines = "".join(f"  f{n}: {{ask: Q, cite: [design], options: [{listed}]}}\n" for n in range(steps))
    return f"kind: fragment\nformat: 1\nid: part\nstart: f0\nexits: [out]\nsteps:\n{lines}"


def people(roles: int, each: int) -> str:
    """Contacts: nobody the protocol knows, with hours and numbers that are nearly right."""
    one = "{name: N, phone: 555-01O0, hours: 'Mon-Fri 07:30-15:3x', extension: 1x, url: 'http://x'}"
    listed = "".join(f"  ro-le{n}: [{', '.join([one] * each)}]\n" for n in range(roles))
    return f"kind: contacts\nformat: 1\nschool: S\nroles:\n{listed}"


def everybody_called(scenarios: int, calls: int) -> str:
    """Scenarios in which everybody there could be is called, in vain, again and again."""
    named = "designated-administrator: 99, superintendent-office: 99"
    last = "    - {call-now: {designated-administrator: no-answer, superintendent-office: no-answer}}\n"
    lines = f"{last}    - {{back: call-now}}\n" * calls
    first = "    - {danger: no}\n    - {channel: door}\n    - {who: federal}\n"
    return "".join(
        f"- name: n{n}\n  people: {{{named}}}\n  do:\n{first}{lines}{last}  outcome: handover\n"
        for n in range(scenarios)
    )


def corrections(scenarios: int, pairs: int) -> str:
    """Scenarios that go back to their first answer, over and over."""
    lines = "".join(f"    - {{back: danger}}\n    - {{danger: {'yes' if n % 2 else 'no'}}}\n" for n in range(pairs))
    first = "    - {danger: no}\n    - {channel: door}\n    - {who: federal}\n"
    presses = "    - {press: went-past}\n    - {press: they-left}\n" * 60
    return "".join(f"- name: n{n}\n  do:\n{first}{presses}{lines}  outcome: handover\n" for n in range(scenarios))


def expecting(scenarios: int, sights: int) -> str:
    """Scenarios that expect to see much, and do nothing."""
    seen = ", ".join(["step:danger", "say:danger"] * (sights // 2))
    way = ", ".join(["danger"] * sights)
    line = f"do: [{{danger: no}}], shows: [{seen}], path: [{way}]"
    return "".join(f"- {{name: n{n}, {line}}}\n" for n in range(scenarios))


def renamed(count: int) -> str:
    """Every step was called something else before, in many ways."""
    lines = "".join(
        f"  s{n}: {{was: [{', '.join(f'o{n}-{k}' for k in range(20))}], do: D, cite: [design], next: s{n + 1}}}\n"
        for n in range(count)
    )
    return f"{HEAD}{KEYS}steps:\n{lines}{tell(count, 'over')}"


def many_texts(count: int) -> str:
    """Questions with as many labels as parts allow, for a translation beside them."""
    options = "".join(f"{{id: o{o}, label: 'Label {o} of N', next: s0}}, " for o in range(20))
    lines = "".join(
        f"  s{n}: {{ask: 'Question {n}?', cite: [design], options: [{options.replace('N', str(n))}"
        "{id: e, label: E, next: over}]}\n"
        for n in range(count)
    )
    return f"{HEAD}{KEYS}steps:\n{lines}"


def stale(count: int) -> str:
    """A translation of `many_texts` in which no sentence is bound to what the source now says."""
    keys = (f"steps.s{n}.options.o{o}.label" for n in range(count) for o in range(20))
    head = "kind: translation\nformat: 1\nprotocol: hostile\nlanguage: es\nwords:\n"
    lines, size = list[str](), len(head)
    for key in keys:
        line = f"  {key}: {{of: 00000000, say: 'Uno más'}}\n"
        size += len(line.encode())
        if size > MIB - 100 or len(lines) > 16_000:
            break
        lines.append(line)
    return head + "".join(lines)
