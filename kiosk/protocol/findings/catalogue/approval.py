"""Findings of an approval and of what must be settled before one."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind

KINDS = (
    Kind(
        "A101",
        "still-a-draft",
        "“status” says “{status}”.",
        "Write “status: final” in “release” when counsel and the superintendent are done.",
        why="What is signed is shown at the desk with its status; a signed draft would be neither.",
        bad='release: {version: "2026.1", effective: 2026-08-01, review_by: 2027-06-30, status: draft}',
        good='release: {version: "2026.1", effective: 2026-08-01, review_by: 2027-06-30, status: final}',
    ),
    Kind(
        "A102",
        "to-do-at-approval",
        "{cause}",
        "Write the final words before it is signed.",
        why="In a draft a TODO helps; at the desk it would be read aloud.",
        bad='do: {en: "TODO: who unlocks the door?"}',
        good='do: {en: "Leave the door locked."}',
    ),
    Kind(
        "A103",
        "no-scenarios",
        "The pack has no scenarios.",
        "Write scenarios.yaml; `kiosk protocol test` plays it.",
        why="Scenarios are what counsel reads to see that the words do what was meant.",
        bad="# a folder with protocol.yaml alone",
        good="- name: An agent at the door\n  do: [{channel: door}]",
    ),
    Kind(
        "A105",
        "not-covered",
        "No scenario touches {what}.",
        "Write a scenario that does.",
        why="A way nobody ever walked in a test is first walked with an agent waiting.",
        bad="- do: [{channel: door}]   # and none with {channel: phone}",
        good="- do: [{channel: phone}]",
    ),
)
