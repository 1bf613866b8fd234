"""Findings about an approval and its preconditions."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind

KINDS = (
    Kind(
        "A101",
        "still-a-draft",
        "“status” says “{status}”.",
        "Write “status: final” in “release” when counsel and the superintendent are done.",
        why="The desk shows the status of the signed protocol. A signed draft would confuse everyone.",
        bad='release: {version: "2026.1", effective: 2026-08-01, review_by: 2027-06-30, status: draft}',
        good='release: {version: "2026.1", effective: 2026-08-01, review_by: 2027-06-30, status: final}',
    ),
    Kind(
        "A102",
        "to-do-at-approval",
        "{cause}",
        "Write the final words before it is signed.",
        why="A TODO helps in a draft. At the desk, staff would read it aloud.",
        bad='do: {en: "TODO: who unlocks the door?"}',
        good='do: {en: "Leave the door locked."}',
    ),
    Kind(
        "A103",
        "no-scenarios",
        "The pack has no scenarios.",
        "Write scenarios.yaml; `kiosk protocol test` runs it.",
        why="Counsel reads scenarios to see that the protocol does what was intended.",
        bad="# a folder with protocol.yaml alone",
        good="- name: An agent at the door\n  do: [{channel: door}]",
    ),
    Kind(
        "A105",
        "not-covered",
        "No scenario touches {what}.",
        "Write a scenario that does.",
        why="A path that no test ever took is first taken with an agent waiting.",
        bad="- do: [{channel: door}]   # and none with {channel: phone}",
        good="- do: [{channel: phone}]",
    ),
)
