"""`kiosk protocol`: start, check, explain, test, show and approve the superintendent's protocol."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from kiosk.commands import (
    add,
    approving,
    checking,
    differing,
    drawing,
    explaining,
    schemas,
    starting_pack,
    translating,
    trying,
)
from kiosk.commands.place import home_of, pack
from kiosk.commands.talk import out, out_json
from kiosk.engine.model import Protocol
from kiosk.errors import Exit, WrongUse
from kiosk.library import Approval, Found, Library
from kiosk.reports import protocol_text
from kiosk.settings import read_settings

_TARGET = "the folder of a pack, or a pack's id; the one in the settings when left out"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol` takes."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = add(commands, "check", "say everything that is wrong with it")
    checking.arguments(check)
    test = add(commands, "test", "run its scenarios: short cases that must hold")
    trying.arguments(test)
    show = add(commands, "show", "print every step with its words and answers")
    show.add_argument("--step", metavar="ID", help="only this step")
    show.add_argument("--language", metavar="CODE", help="in this language; words that are not have a mark")
    show.set_defaults(run=run_show)
    graph = add(commands, "graph", "draw it: every step, and where each answer leads")
    drawing.graph_arguments(graph)
    proof = add(commands, "proof", "write the copy that superintendent and counsel read, print and mark up")
    drawing.proof_arguments(proof)
    differing.arguments(add(commands, "diff", "say what changed between two packs, step by step in words"))
    for command in (graph, proof):
        command.add_argument("target", nargs="?", metavar="DIR|ID", help=_TARGET)
    for command in (check, test, show):
        command.add_argument("target", nargs="?", metavar="DIR|ID", help=_TARGET)
        command.add_argument("--json", action="store_true", help="for scripts")
    starting_pack.arguments(add(commands, "new", "start a protocol from the template"))
    explaining.arguments(add(commands, "explain", "explain a finding by its code, or list all"))
    schemas.arguments(add(commands, "schema", "print the schema that editors complete from"))
    translating.arguments(add(commands, "translate", "write a translation's file, or bring it up to date"))
    approving.arguments(add(commands, "approve", "seal it as approved"))


def run_show(args: argparse.Namespace) -> int:
    """Print the protocol in plain words, with its seal and who approved it."""
    home = home_of(args)
    found, settings = pack(home, args.target), read_settings(home)
    if found.protocol is None:
        raise WrongUse(f"The protocol in {found.where} can't be read.", "Run `kiosk protocol check` to see why.")
    approval = Library(home).approval(found.protocol.id)
    choices, language = settings.choices, args.language or settings.language
    if args.step is not None:
        return _show_step(args, found.protocol, choices, language)
    if args.json:
        shown = protocol_text.as_dict(found.protocol, choices, language)
        out_json(shown | {"seal": found.seal, "approved": _approved(found, approval)})
        return Exit.DONE
    for line in (*protocol_text.lines(found.protocol, choices, language), "", *_seal(found, approval)):
        out(line)
    return Exit.DONE


def _show_step(args: argparse.Namespace, protocol: Protocol, choices: Mapping[str, str], language: str) -> int:
    step = protocol.steps.get(args.step)
    if step is None:
        raise WrongUse(f"{protocol.id} has no step “{args.step}”.", "Run `kiosk protocol show` to see all of them.")
    if args.json:
        steps = protocol_text.as_dict(protocol, choices, language)["steps"]
        out_json(next(s for s in steps if s["id"] == step.id))
        return Exit.DONE
    for line in protocol_text.step_lines(protocol, step, choices, language):
        out(line)
    return Exit.DONE


def _approved(found: Found, approval: Approval | None) -> bool:
    return approval is not None and approval.seal == found.seal


def _seal(found: Found, approval: Approval | None) -> Iterator[str]:
    yield f"seal {found.seal}"
    if approval is None:
        yield "not approved"
    elif approval.seal == found.seal:
        yield f"approved by {approval.name}, {approval.role}, on {approval.on}"
    else:
        yield f"changed after {approval.name} approved it on {approval.on}"
