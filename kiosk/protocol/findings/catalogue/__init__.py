"""All kinds of findings in the files of a pack: code, name, cause, repair. One module for each group of codes.

P0 the file itself, P1 its structure, P2 names, P3 the graph, P4 texts and outcomes, P5 dates, P6 fragments and
renamed ids, P7 suppressions, G guarantees, W wording, V privacy, T translations, D a district's settings and a school's
slots, C contacts, S scenarios, A approval.
A code is permanent: it may be retired, never reused. `{…}` is filled in when the finding is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kiosk.protocol.findings.catalogue import (
    approval,
    contacts,
    dates,
    district,
    duties,
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
    duties,
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

CATALOGUE: Final[Mapping[str, Kind]] = MappingProxyType({kind.code: kind for group in _GROUPS for kind in group.KINDS})
"""Code → kind, in the order of the codes within each group."""
