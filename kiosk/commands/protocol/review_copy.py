"""`kiosk protocol review-copy`."""

from __future__ import annotations

from kiosk.authoring.diagram.dot import dot
from kiosk.authoring.diagram.model import diagram
from kiosk.checks.guarantees import verdicts
from kiosk.checks.wording import measures
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.options import output_option, pack_argument
from kiosk.commands.common.paths import pack
from kiosk.commands.protocol.common import deliver, language_option, require_protocol, telling_of
from kiosk.errors import Exit, UsageError
from kiosk.packs.library import Found, Refusal, approved, key_of
from kiosk.protocol.findings.collector import errors
from kiosk.protocol.pack import SCENARIOS_FILE
from kiosk.reports import graphviz
from kiosk.reports.review_copy.model import ReviewCopy
from kiosk.reports.review_copy.page import page
from kiosk.scenarios.runner import Scenario, read_scenarios
from kiosk.settings import Home, read_settings


@as_command("The file is one HTML page. Without DIR or ID, it is of the protocol of this desk.")
@pack_argument
@output_option("HTML file to write", required=True)
@language_option
@pass_home
def command(home: Home, target: str | None, path: str, language: str | None) -> int:
    """Write the review copy of the protocol, to read, print and mark up."""
    output.new_path(path)  # before the work of a minute
    found = pack(home, target)
    protocol = require_protocol(found)
    description = telling_of(home, found, language)
    copy = ReviewCopy(
        description=description,
        content_hash=found.content_hash,
        approved=_approved(home, found),
        findings=found.findings,
        scenarios=_scenarios(found),
        verdicts=None if errors(found.structure) else verdicts(protocol),
        measures=measures(protocol, found.pack.reading.texts),
        picture=_picture(dot(drawn), len(drawn.boxes)) if (drawn := diagram(description)) else "",
    )
    deliver(page(copy), path, "The review copy")
    output.message("Open it in a browser to read or print it. It needs no network.")
    return Exit.DONE


def _picture(text: str, boxes: int) -> str:
    try:
        return graphviz.picture(text, boxes)
    except UsageError as error:
        output.message(f"The review copy has no picture. {error}")
        return ""


def _scenarios(found: Found) -> tuple[Scenario, ...] | None:
    """Return the pack's scenarios; None if errors prevent reading them."""
    data = found.files.get(SCENARIOS_FILE)
    if data is None:
        return ()
    if found.protocol is None or errors(found.findings):
        return None
    return tuple(read_scenarios(data, SCENARIOS_FILE, found.protocol)[0])


def _approved(home: Home, found: Found) -> str:
    held = approved(found, key_of(read_settings(home)))
    return held.words if isinstance(held, Refusal) else f"approved by {held.name}, {held.role}, on {held.on}"
