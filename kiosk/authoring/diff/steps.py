"""Changes within the steps: where answers lead, whom steps call, the facts they record, and their words."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.authoring.diff.change import Both, Change, Matter
from kiosk.authoring.diff.sections import cited, keys_moved, section
from kiosk.authoring.diff.texts import Place, text
from kiosk.authoring.reading_order import walk_order
from kiosk.protocol.disclosure_classes import narrower
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.kind import DONE, Move
from kiosk.protocol.kinds.registry import answers_of, facts_of, kind_of, moves
from kiosk.protocol.model import DisclosureClass, Rule, Step, Text


def steps(both: Both) -> Iterator[Change]:
    """Yield every change of a step, in the reading order of the new version."""
    old, new = both.old.protocol.steps, both.new.protocol.steps
    order = {step_id: new[step_id] for step_id in walk_order(both.new.protocol).all}
    for change in section(both, Matter.STEPS, "steps", "The step", old, order, _step):
        yield _in_words(both, change)


def _in_words(both: Both, change: Change) -> Change:
    """Return the change with the step's title next to its id."""
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
        words = f"is a step of another kind now: {kind_of(new).name}; before: {kind_of(old).name}."
        yield Change(Matter.ROUTING, place, where, words, destructive=True)
    yield from _ways(both, place, where, old, new)
    for name in ("title", "ask", "do", "say"):
        yield from text(both, (*place, name), f"{where}, {name}", old.texts.get(name), new.texts.get(name))
    if old.dial != new.dial:
        words = f"shows {new.dial or 'no digits'} to dial now; before: {old.dial or 'none'}."
        yield Change(Matter.PEOPLE, (*place, "dial"), where, words, destructive=not new.dial)
    yield from _classed(place, where, old.cls, new.cls)
    if isinstance(old, AskStep) and isinstance(new, AskStep):
        yield from _options_classed(both, place, where, old, new)
    yield from cited(place, where, old.cite, new.cite)


def _classed(place: Place, where: str, old: DisclosureClass, new: DisclosureClass) -> Iterator[Change]:
    """Yield the change of a disclosure class; a wider one lets more people see what was recorded."""
    if old is not new:
        words = f"has the disclosure class {new} now; before: {old}."
        yield Change(Matter.FACTS, (*place, "cls"), where, words, destructive=narrower(old, new) is old)


def _options_classed(both: Both, place: Place, where: str, old: AskStep, new: AskStep) -> Iterator[Change]:
    before = {both.today(*place, "options", option.id): option.cls for option in old.options}
    for option in new.options:
        at = f"{where}, the answer “{both.new.of(option.label)}”"
        yield from _classed((*place, "options", option.id), at, before.get(option.id, option.cls), option.cls)


def _ways(both: Both, place: Place, where: str, old: Step, new: Step) -> Iterator[Change]:
    match old, new:
        case BranchStep(), BranchStep():
            yield from _route(both, place, where, old, new)
        case _ if type(old) is type(new):
            yield from _facts(both, place, where, facts_of(old), facts_of(new))
            if isinstance(old, CallStep) and isinstance(new, CallStep):
                yield from _call(both, place, where, old, new)
            yield from _answers(both, place, where, old, new)
            yield from _moves(both, place, where, old, new)
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


def _answers(both: Both, place: Place, where: str, old: Step, new: Step) -> Iterator[Change]:
    """Yield the changes of answers with ids: options, which have targets, and checklist items."""
    key = kind_of(new).answers_key
    if not key:
        return
    before, after = _labeled(old), _labeled(new)
    leads = any(move.target for move in after.values())
    matter, called = (Matter.ROUTING, "answer") if leads else (Matter.STEPS, "item")
    yield from section(both, matter, key, f"{where}, the {called}", before, after, _answer, place)
    yield from keys_moved(both, Matter.STEPS, (*place, key), where, before, after)


def _labeled(step: Step) -> dict[str, Move]:
    """Return answer id → label and target; a checklist item has no target."""
    leads = {move.answer: move for move in moves(step)}
    return {i: leads.get(i, Move(i, "", (), label)) for i, label in answers_of(step).items()}


def _answer(both: Both, place: Place, where: str, old: Move, new: Move) -> Iterator[Change]:
    label = new.words if isinstance(new.words, Text) else None
    if new.target:
        yield from _leads(both, (*place, "next"), where, f"“{both.new.of(label)}”", old.target, new.target)
    yield from text(both, (*place, "label"), where, old.words if isinstance(old.words, Text) else None, label)


def _moves(both: Both, place: Place, where: str, old: Step, new: Step) -> Iterator[Change]:
    """Yield the changes of ways out that are no answers with ids."""
    before = {move.answer: move for move in moves(old)}
    for move in moves(new):
        if isinstance(move.words, str) and (was := before.get(move.answer)):
            what = "It" if move.answer == DONE else f"“{move.words}”"
            yield from _leads(both, (*place, move.path[0]), where, what, was.target, move.target)


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
        words = "is skipped now when one of its people was reached." if new.once else "is always shown now."
        yield Change(Matter.ROUTING, (*place, "once"), where, words, destructive=new.once)


def _route(both: Both, place: Place, where: str, old: BranchStep, new: BranchStep) -> Iterator[Change]:
    """Yield changed rules. Rules are equal if subject, values and target are, by current ids."""
    before, after = _rules(both, old, earlier=True), _rules(both, new, earlier=False)
    if [*before] == [*after]:
        return
    marked = [f"[-{words}-]" for rule, words in before.items() if rule not in after]
    marked += [f"{{+{words}+}}" for rule, words in after.items() if rule not in before]
    words = "Its rules changed: " + ("; ".join(marked) or "they are in another order.")
    yield Change(Matter.ROUTING, (*place, "when"), where, words)


def _rules(both: Both, step: BranchStep, *, earlier: bool) -> dict[tuple[str, ...], str]:
    """Return rule, by current ids → its words."""
    description = both.old if earlier else both.new
    found: dict[tuple[str, ...], str] = {}
    for rule, answer in zip((*step.rules, None), description.answers(step), strict=True):
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
    step = both.old.protocol.steps.get(step_id)
    return kind_of(step).answers_key if step else ""


def _facts(both: Both, place: Place, where: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Change]:
    before = [both.today("fields", name) for name in old]
    for name in before:
        if name not in new:
            words = f"It no longer records {both.old.fact(name)} (`{name}`)."
            yield Change(Matter.FACTS, (*place, "record", name), where, words, destructive=True)
    for name in new:
        if name not in before:
            words = f"It also records {both.new.fact(name)} (`{name}`)."
            yield Change(Matter.FACTS, (*place, "record", name), where, words)
    if sorted(before) == sorted(new) and before != list(new):
        yield Change(Matter.FACTS, (*place, "record"), where, f"It asks in another order: {', '.join(new)}.")
