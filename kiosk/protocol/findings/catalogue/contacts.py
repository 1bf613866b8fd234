"""Findings about a contacts file."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind, Severity

KINDS = (
    Kind(
        "C101",
        "role-missing",
        "The protocol needs the role “{role}”; no one is named for it.",
        "Add “{role}:”.",
        why="A step would call this role, and there would be no number.",
        bad=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  helper:\n"
            "    - {name: Dana Ruiz, phone: 860-555-0142}\n"
        ),
        good=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            "    - {name: Dana Ruiz, phone: 860-555-0142}\n"
        ),
    ),
    Kind(
        "C102",
        "role-empty",
        "The protocol needs the role “{role}”; its list is empty.",
        "Add the person in this role.",
        why="An empty role has no number to call.",
        bad="kind: contacts\nformat: 1\nschool: Sample School\nroles:\n  office: []\n",
        good=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            "    - {name: Dana Ruiz, phone: 860-555-0142}\n"
        ),
    ),
    Kind(
        "C103",
        "no-phone",
        "“{name}” has no phone.",
        "Add “phone:” with the number to call.",
        why="A name without a number can't be called.",
        bad="kind: contacts\nformat: 1\nschool: Sample School\nroles:\n  office:\n    - {name: Dana Ruiz}\n",
        good=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            "    - {name: Dana Ruiz, phone: 860-555-0142}\n"
        ),
    ),
    Kind(
        "C104",
        "odd-phone",
        "“{phone}” can't be dialed.",
        "Write ten digits as 860-555-0100, or + and the country code.",
        why="A number with a missing digit reaches nobody, and staff would notice only in a real visit.",
        bad=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            "    - {name: Dana Ruiz, phone: 860-555-01}\n"
        ),
        good=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            "    - {name: Dana Ruiz, phone: 860-555-0142}\n"
        ),
    ),
    Kind(
        "C105",
        "role-not-in-protocol",
        "The protocol has no role “{role}”.",
        "{hint}",
        why="Contacts under a misspelled role are never called, and the real role stays empty.",
        bad=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            "    - {name: Dana Ruiz, phone: 860-555-0142}\n"
            "  ofice:\n"
            "    - {name: Sam Whitfield, phone: 860-555-0143}\n"
        ),
        good=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            "    - {name: Dana Ruiz, phone: 860-555-0142}\n"
            "  helper:\n"
            "    - {name: Sam Whitfield, phone: 860-555-0143}\n"
        ),
    ),
    Kind(
        "C106",
        "odd-hours",
        "“{hours}” can't be read as hours: {problem}",
        "Write them as “Mon-Fri 08:00-16:30”.",
        why="The kiosk first calls people who are available now, so it must understand their hours.",
        bad=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            '    - {name: Dana Ruiz, phone: 860-555-0142, hours: "7.30 to 15.30"}\n'
        ),
        good=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            '    - {name: Dana Ruiz, phone: 860-555-0142, hours: "Mon-Fri 07:30-15:30"}\n'
        ),
    ),
    Kind(
        "C107",
        "odd-url",
        "“{url}” can't be used on the referral card.",
        "Use https:// or tel:, at most {limit} characters.",
        why="The card shows it as a QR code. Phones can't scan a longer one from the screen.",
        bad=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            '    - {name: Dana Ruiz, phone: 860-555-0142, url: "http://example.org"}\n'
        ),
        good=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            '    - {name: Dana Ruiz, phone: 860-555-0142, url: "https://example.org"}\n'
        ),
    ),
    Kind(
        "C108",
        "odd-extension",
        "“{extension}” is not an extension.",
        "Write 1 to 7 digits.",
        why="Staff dial it after the number.",
        bad=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            "    - {name: Dana Ruiz, phone: 860-555-0142, extension: ask for Dana}\n"
        ),
        good=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            '    - {name: Dana Ruiz, phone: 860-555-0142, extension: "214"}\n'
        ),
    ),
    # The numbers in the good examples belong to nobody: no area code has a 9 in the middle.
    Kind(
        "C109",
        "fictional-number",
        "“{phone}” is a made-up number, so this desk stays in PRACTICE.",
        "Write the real number of {name}.",
        Severity.WARNING,
        why="555-0100 to 555-0199 are reserved for films and examples. A live desk that calls one reaches nobody.",
        bad=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            "    - {name: Robin Sample, phone: 860-555-0142}\n"
        ),
        good=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            "    - {name: Robin Sample, phone: 890-555-0242}   # your own number\n"
        ),
    ),
    Kind(
        "C110",
        "example-person",
        "“{name}” is one of the example contacts, so this desk stays in PRACTICE.",
        "Name the person at your school. If the name is real, add a middle initial.",
        Severity.WARNING,
        why="The person who answers would not know that name, and staff would lose time.",
        bad=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            "    - {name: Dana Ruiz, phone: 890-555-0242}\n"
        ),
        good=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            "    - {name: Robin Sample, phone: 890-555-0242}\n"
        ),
    ),
    Kind(
        "C111",
        "private-name",
        "This contains text that a record must not contain.",
        "Write only the name of a person or a school, or the school's own words for the slot.",
        why="The log keeps the names of people who were called, of the school, and its words for slots.",
        bad=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            "    - {name: Robin Sample 123-45-6789, phone: 890-555-0242}\n"
        ),
        good=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            "    - {name: Robin Sample, phone: 890-555-0242}\n"
        ),
    ),
    Kind(
        "C112",
        "odd-away",
        "The days away can't be read: {problem}",
        "Write them as “2026-12-21 to 2027-01-04”.",
        why="Someone who is away is called last, so the kiosk must understand the days.",
        bad=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            "    - {name: Dana Ruiz, phone: 860-555-0142, away: next week}\n"
        ),
        good=(
            "kind: contacts\n"
            "format: 1\n"
            "school: Sample School\n"
            "roles:\n"
            "  office:\n"
            "    - {name: Dana Ruiz, phone: 860-555-0142, away: 2026-12-21 to 2027-01-04}\n"
        ),
    ),
)
