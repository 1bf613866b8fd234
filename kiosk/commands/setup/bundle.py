"""`kiosk setup --bundle FILE`: install what the district's office sent, or only show what it would change."""

from __future__ import annotations

from typing import Any

from kiosk.app.bundles import changes, enter_refusal, judged_here, put_in_place
from kiosk.commands.common import output
from kiosk.commands.common.paths import read_file
from kiosk.errors import Exit, KioskError, Refused
from kiosk.packs.bundle.container import LARGEST
from kiosk.packs.bundle.judging import BundlePlan
from kiosk.packs.bundle.refused import BundleRefused
from kiosk.settings import Home, typed_path
from kiosk.system.clock import SystemClock


def install_bundle(home: Home, typed: str, *, preview: bool, as_json: bool) -> int:
    """Check a bundle, show what it changes, and install it; return 1 if the log has no entry of it.

    preview: only check and show. Raises BundleRefused, after entering the refusal into the log, and UsageError.
    """
    data = read_file(typed_path(typed), most=LARGEST)
    clock = SystemClock()
    try:
        plan = judged_here(home, data, clock)
    except KioskError as error:
        if not preview and isinstance(error, BundleRefused) and (unrecorded := enter_refusal(home, error, clock)):
            output.message(f"The log has no entry of this. {unrecorded}")
        if not as_json:
            raise
        output.json_data(_refusal(error))
        return error.exit_code
    if as_json:
        output.json_data({"known": plan.known, "changed": [*plan.changed], "refused": None})
        return Exit.DONE
    output.lines(changes(home, plan))
    if preview:
        output.message("This is a preview: nothing was changed.")
        return Exit.DONE
    return _installed(home, plan, clock)


def _refusal(error: KioskError) -> dict[str, Any]:
    """Return why a bundle is refused, for scripts; `why` is empty for what is no reason of a bundle."""
    of = error if isinstance(error, BundleRefused) else None
    refused = {
        "bundle": of.name if of else "",
        "made": of.made if of else "",
        "why": of.why if of else "",
        "of_protocol": of.of_protocol if of else None,
        "what": error.what,
        "repair": error.repair,
    }
    return {"known": bool(of and of.known), "changed": [], "refused": refused}


def _installed(home: Home, plan: BundlePlan, clock: SystemClock) -> int:
    if plan.known and not plan.changed:
        return Exit.DONE
    if output.at_terminal() and plan.changed and output.ask("Type yes to install it").strip().casefold() != "yes":
        raise Refused("Nothing was changed.", "Run it again when the district's office has confirmed the bundle.")
    unrecorded = put_in_place(home, plan, clock)
    output.data("The bundle is installed.")
    day = plan.approval.effective
    if clock.now().local().date() < day:
        output.message(f"Its protocol takes effect on {day}; until then the version before stays in force.")
    output.message("A kiosk that is open keeps its version until you close it and open it again.")
    if unrecorded:
        output.message(f"The log has no entry of this. {unrecorded} Write on paper what was installed, and when.")
        return Exit.FOUND
    return Exit.DONE
