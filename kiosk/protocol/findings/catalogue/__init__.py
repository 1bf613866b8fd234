"""Every kind of finding that a file of a pack can have: code, name, cause, repair. One module per group of codes.

P0 the file itself, P1 its shape, P2 what it names, P3 the graph, P4 words and outcomes, P5 dates, P6 fragments and
renamed ids, P7 suppressions, G guarantees, W wording, V privacy, T translations, D a district's settings and a school's
slots, C contacts, S scenarios, A approval.
A code is for ever: it may be retired, never given another meaning. `{…}` is filled in when the finding is made.
"""

from __future__ import annotations

from kiosk.protocol.findings.catalogue import (
    approval,
    contacts,
    dates,
    district,
    file,
    fragments,
    graph,
    guarantees,
    names,
    outcomes,
    privacy,
    scenarios,
    shape,
    suppression,
    translations,
    wording,
)
from kiosk.protocol.findings.catalogue.kind import Kind, Severity

__all__ = ["CATALOGUE", "Kind", "Severity"]

_GROUPS = (
    file,
    shape,
    names,
    graph,
    outcomes,
    dates,
    fragments,
    suppression,
    guarantees,
    wording,
    privacy,
    translations,
    district,
    contacts,
    scenarios,
    approval,
)

CATALOGUE = {kind.code: kind for group in _GROUPS for kind in group.KINDS}
"""Code → kind, in the order of the codes within each group."""
