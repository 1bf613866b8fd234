"""The keys of a shared fragment's file."""

from __future__ import annotations

from kiosk.protocol.format.steps import STEP
from kiosk.protocol.model import RETURN
from kiosk.protocol.syntax.forms import ID, LINE, File, Form, ListOf, Named, OneOf, may, must

FRAGMENT = Form(
    "fragment",
    "The top of a fragment's file.",
    (
        must("kind", OneOf(("fragment",)), "Always “fragment”."),
        must("format", OneOf(("1",)), "Always 1."),
        must("id", LINE, "The fragment's id, equal to the file's name."),
        must("start", LINE, "The id of its first step."),
        must("steps", Named(STEP, (RETURN,), empty=False), "Its steps, as in a protocol."),
        may("exits", ListOf(ID, distinct=True), "The ids of its exits, which its steps use as targets."),
    ),
)

FILE = File("fragment", "A fragment: steps that several places share.", FRAGMENT)
