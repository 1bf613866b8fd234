"""The parts of a proof around its screens: findings, keys, settings, guarantees, scenarios, sources, signatures."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.checks.guarantees import Verdict
from kiosk.protocol.findings.collector import Finding, Severity
from kiosk.protocol.format.protocol import DESIGN
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.registry import is_shown
from kiosk.protocol.model import Allowance, Source
from kiosk.reports import scenarios as scenario_words
from kiosk.reports.markup import Markup, Part, join, tag
from kiosk.reports.proof.model import Proof


def about(proof: Proof) -> Markup:
    """What this is, and how it is marked up."""
    release = proof.telling.protocol.release
    facts = (
        ("Version", f"{release.version} ({release.status})"),
        ("In effect from", release.effective.isoformat()),
        ("To be reviewed by", release.review_by.isoformat()),
        ("Replaces", release.replaces or "nothing"),
        ("Jurisdiction", proof.telling.protocol.jurisdiction),
        ("Notes", release.notes or "none"),
        ("Called first after hours", proof.said(proof.telling.after_hours() or "nobody else")),
        ("Approval", proof.approved),
        ("Seal of this exact content", proof.seal or "none: the pack can't be sealed"),
    )
    return join(
        tag("table", (tag("tr", tag("th", name, scope="row"), tag("td", value)) for name, value in facts)),
        tag("h3", "How to use this copy"),
        tag(
            "ol",
            tag("li", "Read the screens in order. Each box with a thick border is what staff see, word for word."),
            tag("li", "Follow an answer by its number: “→ 12” goes on at the screen with the number 12."),
            tag("li", "Beside each screen tick OK or Change, and write the change on the lines."),
            tag("li", "Look through findings, guarantees and sources. Sign on the last page and send it back."),
            tag("li", "The seal above names this exact content. Any change makes another seal and needs a new copy."),
        ),
    )


def findings(proof: Proof) -> Markup:
    """What the check found."""
    allowed = proof.telling.protocol.allow
    if not proof.findings:
        return join(tag("p", "The check finds nothing wrong."), _let_stand(allowed))
    errors = [f for f in proof.findings if f.severity is Severity.ERROR]
    others = [f for f in proof.findings if f.severity is not Severity.ERROR]
    return join(
        _found("Errors: these must be repaired", errors), _found("Warnings: look at these", others), _let_stand(allowed)
    )


def _let_stand(allowed: tuple[Allowance, ...]) -> Markup | None:
    lines = (tag("li", f"{a.code} in {'.'.join(a.at) or a.file}: ", tag("b", a.reason)) for a in allowed)
    return (
        join(tag("h3", f"Warnings that the file lets stand ({len(allowed)})"), tag("ul", *lines)) if allowed else None
    )


def _found(title: str, found: list[Finding]) -> Markup | None:
    lines = (tag("li", f"{f.cause} ({f.code}, {f.file}, line {f.line}) ", tag("b", f.repair)) for f in found)
    return join(tag("h3", f"{title} ({len(found)})"), tag("ul", *lines)) if found else None


def keys(proof: Proof) -> Markup:
    """The interrupts."""
    jumps = proof.telling.protocol.interrupts
    if not jumps:
        return tag("p", "This protocol has none.")
    lines = (
        tag("li", tag("span", f"F{n}", class_="key"), proof.words(jump.label), " → ", proof.link(jump.next))
        for n, jump in enumerate(jumps, 6)
    )
    return join(tag("p", "These keys work on every screen, whatever is asked there."), tag("ul", *lines))


def settings(proof: Proof) -> Markup:
    """What a district chooses, with the choice in force."""
    telling = proof.telling
    rows = (
        tag(
            "tr",
            tag("th", proof.words(s.ask), tag("br"), tag("code", s.id), scope="row"),
            tag("td", _choices(proof, s.id)),
            tag("td", _used(proof, s.id)),
        )
        for s in telling.protocol.settings.values()
    )
    head = tag("tr", (tag("th", name, scope="col") for name in ("Question", "Choices (☒ is shown here)", "Used in")))
    return tag("table", tag("thead", head), tag("tbody", *rows)) if telling.protocol.settings else tag("p", "None.")


def _choices(proof: Proof, setting_id: str) -> Markup:
    chosen = proof.telling.choices[setting_id]
    lines = (
        tag("li", "☒ " if choice == chosen else "☐ ", proof.words(words))
        for choice, words in proof.telling.protocol.settings[setting_id].choices.items()
    )
    return tag("ul", *lines)


def _used(proof: Proof, setting_id: str) -> Markup:
    steps = proof.telling.protocol.steps
    users = [
        i for i in proof.order.all if setting_id in proof.telling.slots_of(steps[i]) or _decides(steps[i], setting_id)
    ]
    return tag("ul", (tag("li", proof.link(i)) for i in users)) if users else join("Nowhere.")


def _decides(step: object, setting_id: str) -> bool:
    return isinstance(step, BranchStep) and any(r.kind == "setting" and r.subject == setting_id for r in step.rules)


def guarantees(proof: Proof) -> Markup:
    """What holds on every path, and what does not."""
    if proof.verdicts is None:
        return tag("p", "The guarantees were not decided for this copy.", class_="weak")
    broken = sum(not v.holds for v in proof.verdicts)
    told = (
        f"{broken} of {len(proof.verdicts)} do not hold, or could not be decided."
        if broken
        else f"All {len(proof.verdicts)} hold."
    )
    return join(
        tag("p", told, " What was decided was decided over every path, under every choice of the settings."),
        *(_verdict(v) for v in proof.verdicts),
    )


def _verdict(verdict: Verdict) -> Markup:
    mark = "HOLDS" if verdict.holds else "DOES NOT HOLD" if verdict.decided else "COULD NOT BE DECIDED"
    whose = "built in" if verdict.built_in else verdict.id
    return tag(
        "section",
        tag("h3", f"{mark}: {verdict.words}", class_=None if verdict.holds else "weak"),
        tag("p", f"{verdict.why} ({whose})"),
        tag("p", "A way on which it does not hold: ", verdict.story) if verdict.story else None,
    )


def scenarios(proof: Proof) -> Markup:
    """The cases that are played before the protocol may run."""
    if proof.scenarios is None:
        return tag("p", "They are left out of this copy, because the check finds errors.", class_="weak")
    if not proof.scenarios:
        return tag("p", "There are none.")
    told = proof.telling
    return join(
        tag("p", "Short cases that must hold. People and agencies in them are made up."),
        *(
            tag(
                "section",
                tag("h3", scenario.name),
                tag("p", "Where: ", proof.said(chosen), class_="meta")
                if (chosen := scenario_words.chosen(scenario, told))
                else None,
                tag("ol", (tag("li", proof.said(s)) for s in scenario_words.sentences(scenario, told))),
                tag("p", tag("b", proof.said(scenario_words.ends(scenario, told)))),
            )
            for scenario in proof.scenarios
        ),
    )


def sources(proof: Proof) -> Markup:
    """Every source with the screens that cite it; then what cites no source."""
    steps = proof.telling.protocol.steps
    cited: dict[str, list[Part]] = {name: [] for name in proof.telling.protocol.sources}
    for step_id in proof.order.all:
        for name in dict.fromkeys(steps[step_id].cite):
            cited.setdefault(name, []).append(proof.link(step_id))
    for field in proof.telling.protocol.fields.values():
        for name in dict.fromkeys(field.cite):
            cited.setdefault(name, []).append(join("the fact “", proof.words(field.label), "”"))
    entries = (_source(name, source, cited[name]) for name, source in proof.telling.protocol.sources.items())
    shown = [i for i in proof.order.all if is_shown(steps[i])]
    own = [proof.link(i) for i in shown if steps[i].cite == (DESIGN,)]
    nothing = [proof.link(i) for i in shown if not steps[i].cite]
    return join(
        tag("ul", *entries),
        tag("h3", f"Sources that nothing cites ({sum(not cited[name] for name in proof.telling.protocol.sources)})"),
        tag("ul", (tag("li", s.title) for n, s in proof.telling.protocol.sources.items() if not cited[n]))
        if not all(cited[n] for n in proof.telling.protocol.sources)
        else tag("p", "None."),
        _screens("Screens that are our own choice alone", own),
        _screens("Screens that cite nothing", nothing),
    )


def _screens(title: str, links: list[Markup]) -> Markup:
    lines = tag("ul", (tag("li", link) for link in links)) if links else tag("p", "None.")
    return join(tag("h3", f"{title} ({len(links)})"), lines)


def _source(name: str, source: Source, users: list[Part]) -> Markup:
    told = ", ".join(word for word in (source.issuer, source.date) if word)
    return tag(
        "li",
        tag("b", source.title),
        f" {told} " if told else " ",
        tag("code", source.url) if source.url else None,
        tag("br"),
        join("Cited by: ", *_listed(users)) if users else tag("span", "Cited nowhere.", class_="weak"),
        id=f"source-{name}",
    )


def _listed(parts: list[Part]) -> Iterator[Part]:
    for n, part in enumerate(parts):
        yield "; " if n else None
        yield part


def signatures(proof: Proof) -> Markup:
    """Where superintendent and counsel sign."""
    whose = ("Superintendent", "Counsel")
    lines = (tag("p", f"{who}: {what}") for what in ("name", "signature", "date") for who in whose)
    release = proof.telling.protocol.release
    return join(
        tag("p", f"Version {release.version}, seal {proof.seal or 'none'}."),
        tag("p", "☐ Approve as it is   ☐ Approve with the changes written here   ☐ Show me again"),
        tag("div", *lines, class_="sign"),
    )
