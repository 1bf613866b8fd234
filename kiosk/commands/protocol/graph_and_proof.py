"""`kiosk protocol graph` and `kiosk protocol proof`: a protocol to look at."""

from __future__ import annotations

import argparse

from kiosk.authoring.diagram.dot import dot
from kiosk.authoring.diagram.mermaid import mermaid
from kiosk.authoring.diagram.model import diagram
from kiosk.checks.guarantees import verdicts
from kiosk.checks.wording import measures
from kiosk.commands.common.output import say
from kiosk.commands.common.paths import home_of
from kiosk.commands.protocol.common import deliver, pack_of, telling_of, whole
from kiosk.errors import Exit, UsageError
from kiosk.packs.library import Found, Refusal, approved, key_of
from kiosk.protocol.findings.collector import errors
from kiosk.protocol.pack import SCENARIOS_FILE
from kiosk.reports import graphviz
from kiosk.reports.review_copy.model import ReviewCopy
from kiosk.reports.review_copy.page import page
from kiosk.scenarios.runner import Scenario, read_scenarios
from kiosk.settings import Home, read_settings

MOST_DRAWN = 300
"""With more steps than these Graphviz takes minutes, and nobody could read what comes out."""


def graph_arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol graph` takes."""
    words = "mermaid (the default) and dot are text; svg is a picture and needs Graphviz"
    parser.add_argument("--format", choices=("mermaid", "dot", "svg"), default="mermaid", help=words)
    parser.add_argument("-o", "--output", metavar="FILE", help="where to; the terminal when left out")
    parser.add_argument(
        "--language", metavar="CODE", help="the language of its words, like es; the desk's when left out"
    )
    parser.set_defaults(run=run_graph)


def proof_arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol proof` takes."""
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help="the HTML file to write")
    parser.add_argument(
        "--language", metavar="CODE", help="the language of its words, like es; the desk's when left out"
    )
    parser.set_defaults(run=run_proof)


def run_graph(args: argparse.Namespace) -> int:
    """Draw the protocol."""
    found = pack_of(args)
    drawn = diagram(telling_of(home_of(args), found, args.language))
    if args.format == "mermaid":
        text = mermaid(drawn)
    else:
        text = dot(drawn) if args.format == "dot" else _svg(dot(drawn), len(drawn.boxes))
    deliver(text, args.output, "The picture")
    return Exit.DONE


def run_proof(args: argparse.Namespace) -> int:
    """Write the proof of the protocol, to be read, printed and marked up."""
    home, found = home_of(args), pack_of(args)
    protocol = whole(found)
    telling = telling_of(home, found, args.language)
    copy = ReviewCopy(
        telling=telling,
        seal=found.seal,
        approved=_approved(home, found),
        findings=found.findings,
        scenarios=_scenarios(found),
        verdicts=None if errors(found.structure) else verdicts(protocol),
        measures=measures(protocol, found.pack.reading.texts),
        picture=_picture(dot(drawn), len(drawn.boxes)) if (drawn := diagram(telling)) else "",
    )
    deliver(page(copy), args.output, "The proof")
    say("Open it in a browser to read or print it. It needs no network.")
    return Exit.DONE


def _svg(text: str, boxes: int) -> str:
    if boxes > MOST_DRAWN:
        raise UsageError(f"{boxes} steps and ends are too many for one picture.", "Ask for --format mermaid or dot.")
    return graphviz.svg(text)


def _picture(text: str, boxes: int) -> str:
    try:
        return _svg(text, boxes)
    except UsageError as error:
        say(f"The proof has no picture. {error}")
        return ""


def _scenarios(found: Found) -> tuple[Scenario, ...] | None:
    """The pack's cases; None where errors keep them from being read as they are meant."""
    data = found.files.get(SCENARIOS_FILE)
    if data is None:
        return ()
    if found.protocol is None or errors(found.findings):
        return None
    return tuple(read_scenarios(data, SCENARIOS_FILE, found.protocol)[0])


def _approved(home: Home, found: Found) -> str:
    held = approved(found, key_of(read_settings(home)))
    return held.words if isinstance(held, Refusal) else f"approved by {held.name}, {held.role}, on {held.on}"
