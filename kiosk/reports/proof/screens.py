"""The screens of a proof: each as staff will see it, where its answers go, and room to mark it up."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.authoring.describe import NONE_OF_THEM, ONCE
from kiosk.authoring.diagram.model import KINDS, kind_of
from kiosk.protocol.format.protocol import DESIGN
from kiosk.protocol.model import Ask, Call, Choose, Outcome, Record, Route, Step, Text
from kiosk.reports.markup import Markup, Part, join, tag
from kiosk.reports.proof.model import Proof

KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
"""The keys that choose an option, in order."""


def screen(proof: Proof, step: Step) -> Markup:
    """One step."""
    name = f"step-{step.id}"
    route = isinstance(step, Route)
    return tag(
        "article",
        tag("h3", _number(proof, step.id), proof.said(proof.telling.name(step.id)), id=f"{name}-name"),
        tag("p", _meta(proof, step), class_="meta"),
        None if route else _kiosk(proof, step),
        tag("h4", "What the kiosk decides, without showing anything" if route else "Where each answer goes"),
        tag("ul", (tag("li", part) for part in _goes(proof, step))),
        _arrivals(proof, step.id),
        _variants(proof, step),
        _cites(proof, step),
        _measured(proof, step),
        _margin(),
        class_="screen route" if route else "screen",
        id=name,
        aria_labelledby=f"{name}-name",
    )


def ending(proof: Proof, outcome: Outcome) -> Markup:
    """One outcome."""
    telling, name = proof.telling, f"outcome-{outcome.id}"
    told = ", ".join(telling.role(role) for role in outcome.to_notify)
    return tag(
        "article",
        tag("h3", _number(proof, outcome.id), proof.words(outcome.title), id=f"{name}-name"),
        tag("p", "End of the encounter · ", tag("code", outcome.id), class_="meta"),
        _frame(proof, outcome.title, (("DO", "", outcome.do),)),
        tag("h4", "Whom the agent is sent to"),
        tag("p", proof.said(telling.role(outcome.refer)) if outcome.refer else _nobody(outcome)),
        tag("h4", "Who must be told before the record is complete"),
        tag("p", proof.said(told) if told else "Nobody."),
        _arrivals(proof, outcome.id),
        _margin(),
        class_="screen",
        id=name,
        aria_labelledby=f"{name}-name",
    )


def _nobody(outcome: Outcome) -> str:
    return "Nobody: this is a routine end." if outcome.routine else "Nobody."


def _number(proof: Proof, target: str) -> Markup:
    return join(tag("span", proof.numbers[target], class_="number"), " ")


def _meta(proof: Proof, step: Step) -> Markup:
    begins = " · it begins here" if step.id == proof.telling.protocol.start else ""
    return join(KINDS[kind_of(step)].capitalize(), " · ", tag("code", step.id), begins)


def _kiosk(proof: Proof, step: Step) -> Markup:
    head = step.title or (step.ask if isinstance(step, Ask | Choose) else None)
    asked = step.ask if isinstance(step, Ask | Choose) and step.title else None
    return _frame(
        proof, head, (("DO", "", step.do), ("SAY", "say", step.say), ("ASK", "", asked)), tuple(_below(proof, step))
    )


def _frame(
    proof: Proof, head: Text | None, lines: tuple[tuple[str, str, Text | None], ...], below: tuple[Markup, ...] = ()
) -> Markup:
    rows = [
        (tag("dt", name), tag("dd", _quoted(proof, text, said=name == "SAY"), class_=look or None))
        for name, look, text in lines
        if text
    ]
    return tag(
        "div",
        tag("p", proof.words(head), class_="head") if head else None,
        tag("dl", *rows) if rows else None,
        tag("ul", (tag("li", line) for line in below)) if below else None,
        class_="kiosk",
        role="group",
        aria_label="As staff see it",
    )


def _quoted(proof: Proof, text: Text, *, said: bool) -> Markup:
    return join("“", proof.words(text), "”") if said else join(proof.words(text))


def _below(proof: Proof, step: Step) -> Iterator[Markup]:
    if step.dial:
        yield join("Dial: ", tag("b", step.dial))
    match step:
        case Ask():
            yield from (_key(key_of(n), proof.words(o.label)) for n, o in enumerate(step.options))
        case Choose():
            yield from (_key(key_of(n), "☐ ", proof.words(t)) for n, t in enumerate(step.choices.values()))
        case Record():
            yield from (_box(proof, name) for name in step.fields)
        case Call():
            for n, role in enumerate(step.roles, 1):
                said = "Was it: " if step.pick else f"Call {n}: " if len(step.roles) > 1 else "Call: "
                yield join(said, tag("b", proof.said(proof.telling.role(role))))
            yield from (join(line) for line in ((NONE_OF_THEM,) * step.pick + (ONCE,) * step.once))


def key_of(place: int) -> str:
    """The key of the option at that place, from 0: 1 to 9, then letters; `·` when the keys run out."""
    return KEYS[place] if place < len(KEYS) else "·"


def _key(key: str, *words: Part) -> Markup:
    return join(tag("span", key, class_="key"), *words)


def _box(proof: Proof, field_id: str) -> Markup:
    field = proof.telling.protocol.fields.get(field_id)
    if field is None:
        return join(field_id)
    why = ", ".join((*field.missing, "later")).replace("-", " ")
    return join(
        proof.words(field.label),
        ": ",
        *(part for label in field.choices.values() for part in ("☐ ", proof.words(label), " ")),
        None if field.choices else tag("span", class_="blank"),
        tag("span", f" may be empty: {why} · {field.cls}", class_="meta"),
    )


def _goes(proof: Proof, step: Step) -> Iterator[Markup]:
    for answer in proof.telling.answers(step):
        words = proof.said(answer.words) if answer.way in ("answer", "rule") else join(answer.words)
        key = join(tag("span", key_of(answer.number - 1), class_="key")) if answer.number else None
        yield join(key, words, " → ", proof.link(answer.target))


def _arrivals(proof: Proof, target: str) -> Markup:
    steps, keys = proof.leads.get(target, ()), proof.jumps.get(target, ())
    begins = target == proof.telling.protocol.start
    found: list[Markup] = [proof.link(step) for step in steps]
    found += [join("on every screen, the key ", proof.said(key)) for key in keys]
    if begins:
        found.insert(0, join("the start of every encounter"))
    nothing = tag("p", "Nothing leads here.", class_="weak")
    lines = tag("ul", (tag("li", line) for line in found), class_="inline") if found else nothing
    return join(tag("h4", "What leads here"), lines)


def _variants(proof: Proof, step: Step) -> Markup | None:
    slots = proof.telling.slots_of(step)
    return join(tag("h4", "Words your district chooses"), *(_variant(proof, s) for s in slots)) if slots else None


def _variant(proof: Proof, setting_id: str) -> Markup:
    setting, chosen = proof.telling.protocol.settings[setting_id], proof.telling.choices[setting_id]
    return tag(
        "p",
        proof.words(setting.ask),
        " ",
        (
            join(" / " if n else "", "☒ " if choice == chosen else "☐ ", proof.words(words))
            for n, (choice, words) in enumerate(setting.choices.items())
        ),
    )


def _cites(proof: Proof, step: Step) -> Markup | None:
    if isinstance(step, Route) and not step.cite:
        return None
    sources = proof.telling.protocol.sources
    links: list[Part] = []
    for name in step.cite:
        title = sources[name].title if name in sources else "our own choice" if name == DESIGN else name
        told: Part = tag("a", title, href=f"#source-{name}") if name in sources else title
        links += ["; " if links else "", told]
    return join(tag("h4", "Where this comes from"), tag("p", links or "Nothing is cited."))


def _measured(proof: Proof, step: Step) -> Markup | None:
    found = []
    for name in ("ask", "do", "say"):
        measure = (proof.measures or {}).get((("steps", step.id, name), proof.telling.language))
        if measure:
            grade = f"grade {measure.grade:.0f}, " if measure.grade is not None else ""
            aloud = f", {measure.seconds:.0f} seconds aloud" if measure.seconds is not None else ""
            found.append(f"{name.upper()}: {grade}{measure.words} words{aloud}")
    return tag("p", "Reading: ", "; ".join(found), ".", class_="meta") if found else None


def _margin() -> Markup:
    boxes = (tag("span", f"☐ {word}", class_="box") for word in ("OK", "Change"))
    return tag(
        "div",
        tag("p", *boxes),
        tag("div", *(tag("span") for _ in range(6)), class_="rules", aria_hidden="true"),
        class_="margin",
    )
