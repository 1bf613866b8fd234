"""What changed within the steps: where answers lead, whom they call, what they write down, and their words."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.authoring.diagram.model import KINDS, kind_of
from kiosk.authoring.diff.change import Both, Change, Matter
from kiosk.authoring.diff.sections import cited, keys_moved, section
from kiosk.authoring.diff.texts import Place, text
from kiosk.authoring.reading_order import walk_order
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.choose import ChooseStep
from kiosk.protocol.kinds.record import RecordStep
from kiosk.protocol.model import Option, Rule, Step


def steps(both: Both) -> Iterator[Change]:
    """Every change of a step, in the reading order of the new edition."""
    old, new = both.old.protocol.steps, both.new.protocol.steps
    order = {step_id: new[step_id] for step_id in walk_order(both.new.protocol).all}
    for change in section(both, Matter.STEPS, "steps", "The step", old, order, _step):
        yield _in_words(both, change)


def _in_words(both: Both, change: Change) -> Change:
    """A step's own title beside its id."""
    if len(change.place) > 2 or change.step is None:
        return change
    known = both.new if change.step in both.new.protocol.steps else both.old
    return Change(
        change.matter,
        change.place,
        f"{change.where} {_titled(known.name(change.step))}",
        change.words,
        change.destructive,
    )


def _titled(name: str) -> str:
    return f"({name if len(name) <= 70 else name[:69] + '…'})"


def _step(both: Both, place: Place, where: str, old: Step, new: Step) -> Iterator[Change]:
    where = f"{where} {_titled(both.new.name(new.id))}"
    if type(old) is not type(new):
        words = f"was {KINDS[kind_of(old)]} and is {KINDS[kind_of(new)]} now."
        yield Change(Matter.ROUTING, place, where, words, destructive=True)
    yield from _ways(both, place, where, old, new)
    for name in ("title", "ask", "do", "say"):
        yield from text(both, (*place, name), f"{where}, {name}", getattr(old, name, None), getattr(new, name, None))
    if old.dial != new.dial:
        words = f"shows {new.dial or 'no digits'} to dial now; before: {old.dial or 'none'}."
        yield Change(Matter.PEOPLE, (*place, "dial"), where, words, destructive=not new.dial)
    yield from cited(place, where, old.cite, new.cite)


def _ways(both: Both, place: Place, where: str, old: Step, new: Step) -> Iterator[Change]:
    match old, new:
        case AskStep(), AskStep():
            yield from _options(both, place, where, old, new)
        case CallStep(), CallStep():
            yield from _call(both, place, where, old, new)
        case BranchStep(), BranchStep():
            yield from _route(both, place, where, old, new)
        case RecordStep(), RecordStep():
            yield from _facts(both, place, where, old, new)
            yield from _leads(both, (*place, "next"), where, "It", old.next, new.next)
        case ChooseStep(), ChooseStep():
            choices = f"{where}, the tick"
            yield from section(both, Matter.STEPS, "choose", choices, old.choices, new.choices, text, place)
            yield from keys_moved(both, Matter.STEPS, (*place, "choose"), where, old.choices, new.choices)
            yield from _leads(both, (*place, "next"), where, "It", old.next, new.next)
        case _ if type(old) is type(new):
            yield from _leads(both, (*place, "next"), where, "It", getattr(old, "next", ""), getattr(new, "next", ""))
        case _:
            yield from _other_kind(both, place, where, old, new)


def _other_kind(both: Both, place: Place, where: str, old: Step, new: Step) -> Iterator[Change]:
    before = ", ".join(dict.fromkeys(both.named(both.target(a.target)) for a in both.old.answers(old)))
    after = ", ".join(dict.fromkeys(both.named(a.target) for a in both.new.answers(new)))
    yield Change(Matter.ROUTING, (*place, "next"), where, f"leads to {after}; before: {before}.")


def _leads(both: Both, place: Place, where: str, what: str, old: str, new: str) -> Iterator[Change]:
    before = both.target(old)
    if before != new:
        words = f"{what} leads to {both.named(new)} now; before: {both.named(before)}."
        yield Change(Matter.ROUTING, place, where, words)


def _options(both: Both, place: Place, where: str, old: AskStep, new: AskStep) -> Iterator[Change]:
    before, after = {o.id: o for o in old.options}, {o.id: o for o in new.options}
    yield from section(both, Matter.ROUTING, "options", f"{where}, the answer", before, after, _option, place)
    yield from keys_moved(both, Matter.STEPS, (*place, "options"), where, before, after)


def _option(both: Both, place: Place, where: str, old: Option, new: Option) -> Iterator[Change]:
    yield from _leads(both, (*place, "next"), where, f"“{both.new.of(new.label)}”", old.next, new.next)
    yield from text(both, (*place, "label"), where, old.label, new.label)


def _call(both: Both, place: Place, where: str, old: CallStep, new: CallStep) -> Iterator[Change]:
    roles = tuple(both.today("roles", role) for role in old.roles)
    if roles != new.roles:
        before = ", ".join(both.old.role(role) for role in old.roles)
        words = f"It calls {', '.join(both.new.role(role) for role in new.roles)} now; before: {before}."
        yield Change(Matter.PEOPLE, (*place, "call"), where, words, destructive=bool(set(roles) - set(new.roles)))
    if old.pick != new.pick:
        words = "asks who it was now, and calls nobody." if new.pick else "calls now; before, it only asked who it was."
        yield Change(Matter.PEOPLE, (*place, "pick"), where, words, destructive=new.pick)
    if old.once != new.once:
        words = "is passed by itself now when somebody was reached already." if new.once else "is always shown now."
        yield Change(Matter.ROUTING, (*place, "once"), where, words, destructive=new.once)
    yield from _leads(both, (*place, "reached"), where, "When someone is reached it", old.reached, new.reached)
    yield from _leads(both, (*place, "nobody"), where, "When nobody is reached it", old.nobody, new.nobody)


def _route(both: Both, place: Place, where: str, old: BranchStep, new: BranchStep) -> Iterator[Change]:
    """Rules are the same when they ask for the same and lead to the same, whatever words that has today."""
    before, after = _rules(both, old, earlier=True), _rules(both, new, earlier=False)
    if [*before] == [*after]:
        return
    told = [f"[-{words}-]" for rule, words in before.items() if rule not in after]
    told += [f"{{+{words}+}}" for rule, words in after.items() if rule not in before]
    words = "It decides otherwise: " + ("; ".join(told) or "its rules stand in another order.")
    yield Change(Matter.ROUTING, (*place, "when"), where, words)


def _rules(both: Both, step: BranchStep, *, earlier: bool) -> dict[tuple[str, ...], str]:
    """Each rule by the ids of today → its words."""
    telling = both.old if earlier else both.new
    found: dict[tuple[str, ...], str] = {}
    for rule, answer in zip((*step.rules, None), telling.answers(step), strict=True):
        target = both.target(answer.target) if earlier else answer.target
        name = _asked(both, rule, earlier=earlier) if rule else ("otherwise",)
        found[*name, target] = f"{answer.words} → {both.named(target)}"
    return found


def _asked(both: Both, rule: Rule, *, earlier: bool) -> tuple[str, ...]:
    if not earlier:
        return (rule.kind, rule.subject, *rule.values)
    above, below = ("settings", "choices") if rule.kind == "setting" else ("steps", _below(both, rule.subject))
    values = (both.today(above, rule.subject, below, value) for value in rule.values)
    return (rule.kind, both.today(above, rule.subject), *values)


def _below(both: Both, step_id: str) -> str:
    return "choose" if isinstance(both.old.protocol.steps.get(step_id), ChooseStep) else "options"


def _facts(both: Both, place: Place, where: str, old: RecordStep, new: RecordStep) -> Iterator[Change]:
    before = [both.today("fields", name) for name in old.fields]
    for name in before:
        if name not in new.fields:
            words = f"It no longer writes down {both.old.fact(name)} (`{name}`)."
            yield Change(Matter.FACTS, (*place, "record", name), where, words, destructive=True)
    for name in new.fields:
        if name not in before:
            words = f"It also writes down {both.new.fact(name)} (`{name}`)."
            yield Change(Matter.FACTS, (*place, "record", name), where, words)
    if sorted(before) == sorted(new.fields) and before != list(new.fields):
        yield Change(Matter.FACTS, (*place, "record"), where, f"It asks in another order: {', '.join(new.fields)}.")
