"""The keys of a step: those of its kind, or an include."""

from __future__ import annotations

from kiosk.protocol.kinds.registry import KINDS
from kiosk.protocol.syntax.forms import LINE, Either, Form, Loose, may, must

INCLUDE = Form(
    "include",
    "The steps of a shared fragment, in place of a step.",
    (
        must("include", LINE, "The fragment's file name without “.yaml”."),
        may("exits", Loose(LINE), "Exit id → step or outcome."),
    ),
)
"""Not a kind of step: the fragment's steps replace it before steps are read."""

STEP = Either((*(kind.form for kind in KINDS.values()), INCLUDE))
