"""Files that use every key of the format, for tests that change one thing in them."""

from __future__ import annotations

from typing import Final

PREAMBLE: Final = """\
kind: protocol
format: 1
id: sample
title: {en: A sample}
jurisdiction: US-CT
source_language: en
release: {version: "1", effective: 2026-08-01, review_by: 2027-06-30}
"""
"""How a small protocol of a test begins; roles, outcomes and steps follow."""

EVERYTHING: Final = """\
kind: protocol
format: 1
id: sample
title: {en: A sample}
jurisdiction: US-CT
source_language: en
release:
  version: 2026
  effective: 2026-08-01
  review_by: 2027-06-30
  status: draft
  replaces: "2025.1"
  notes: A sample.
sources:
  guide: {was: guides, title: A guide, issuer: The office, date: 2026, url: "https://example.org"}
roles:
  office: {title: {en: The office}, required: true, was: [bureau, desk], designee: yes}
  helper: {title: The helper, required: no}
after_hours: [helper, office]
settings:
  wait-place: {ask: {en: "Where?"}, choices: {hall: {en: the hall}, desk: {en: the desk}}, default: hall}
  ring: {ask: {en: "Ring?"}, choices: {yes: {en: yes}, no: {en: no}}, default: no}
slots:
  room: {ask: {en: "Which room?"}, default: {en: the office}}
fields:
  badge: {label: {en: Badge}, type: line, class: public, cite: [guide], missing: [refused, not-seen, none]}
  sealed:
    label: {en: "Is it sealed?"}
    type: choice
    choices: {yes: {en: "Yes"}, partly: Partly, no: {en: "No", es: "No"}}
    missing: [not-seen]
  day: {label: {en: Day of the paper}, type: date}
  pages: {label: {en: Pages}, type: number, min: 1, max: 9}
start: who
interrupts:
  - {id: left, label: {en: They left, es: Se fueron}, next: over}
steps:
  who:
    title: {en: Who}
    do: {en: Look.}
    say: {en: "Who are you?"}
    ask: {en: "Who is it?"}
    cite: [guide]
    options:
      - {id: agent, label: {en: An agent}, next: sort}
      - {id: no, label: {en: Nobody}, next: over}
  sort:
    title: {en: Sort}
    cite: [design]
    when:
      - {setting: wait-place, is: desk, next: note}
      - {answer: who, in: [agent], next: phone}
    otherwise: note
  note:
    do: {en: Write it down.}
    record: [badge, sealed, day, pages]
    dial: 911
    cite: [design]
    next: pick
  pick:
    ask: {en: "What is it?"}
    cite: []
    choose:
      - {id: paper, label: {en: A paper}}
    next: phone
  phone:
    say: {en: "Please wait in {wait-place}."}
    call: [office]
    pick: no
    once: yes
    cite: [guide]
    reached: {next: over}
    nobody: {next: again}
  again:
    do: {en: Try again later.}
    cite: [design]
    next: return
  closing:
    include: closing
    exits: {done: over}
outcomes:
  over:
    title: {en: Handed over}
    refer: office
    to_notify: [helper]
    routine: false
    do: {en: Put it away.}
    duties:
      - {id: papers, do: {en: Send them on.}, owner: office, within: at-once, why: {en: They decide.}, cite: [guide]}
      - {id: entry, do: Write it down., owner: helper, within: {hours: 4}, why: They may ask., cite: [design]}
      - {id: talk, do: {en: Talk of it.}, owner: office, within: {days: 365}, why: {en: Do better.}, cite: [design]}
      - id: family
        do: {en: Call home.}
        owner: office
        within: {business-days: 3}
        why: {en: They ask.}
        cite: [guide]
guarantees:
  - {id: g1, always: {call: office}, before: {outcome: over}, why: a, unless: {setting: wait-place, is: desk}}
  - {id: g2, never: [{record: badge}, {reached: office}], why: b, after: {answer: who, in: [agent]}}
  - {id: g3, from-every-step: {interrupt: left}, why: c, within: 3}
  - {id: g4, at-most: 4, answers-to: {step: phone}, why: d}
  - {id: g5, every-end: [{to_notify: office}, {refer: office}], why: e, except: [over]}
  - {id: g6, every-end: {duty: papers}, why: f}
allow:
  - {code: P407, at: steps.pick, reason: It only sorts.}
  - {code: S112, file: scenarios.yaml, reason: They show the way.}
"""

FRAGMENT: Final = """\
kind: fragment
format: 1
id: closing
start: all-done
steps:
  all-done:
    ask: {en: "Is it all done?"}
    cite: [design]
    options:
      - {id: yes, label: {en: "Yes"}, next: done}
      - {id: no, label: {en: "No"}, next: later}
  later:
    do: {en: Do it later.}
    cite: [design]
    next: all-done
exits: [done]
"""

TRANSLATION: Final = """\
kind: translation
format: 1
protocol: sample
language: es
words:
  title: {of: 3fa1c2d4, say: Una muestra}
  steps.who.ask: {of: 91b0e4aa, say: ""}
"""

SETTINGS: Final = """\
kind: settings
format: 1
protocol: sample
district: Sample District
choices: {wait-place: entrance}
closed_days: [2026-11-26]
short_days: [{day: 2026-11-25, open: "08:00-12:00"}]
"""

CONTACTS: Final = """\
kind: contacts
format: 1
school: Sample School
slots: {room: Room 4}
roles:
  office:
    - name: Dana Ruiz
      title: Assistant principal
      phone: 860-555-0142
      extension: "214"
      hours: "Mon-Fri 07:30-15:30"
      address: 1 Example Street
      url: "https://example.org"
      away: 2026-12-21 to 2027-01-04
  helper: []
"""

SCENARIOS: Final = """\
- name: Two agents
  settings: {wait-place: outside}
  people: {designated-administrator: 2}
  after_hours: no
  do:
    - {danger: no}
    - {call-now: {designated-administrator: [no-answer, reached]}}
    - {identify: {agency-as-stated: "An agency", badge: refused}}
    - {request: [papers, records]}
    - {called: {superintendent-office: reached}}
    - {press: they-left}
    - {back: who}
    - {who: police}
  path: [danger, who]
  outcome: left
  shows: ["say:who"]
  not_shows: ["outcome:emergency"]
  record: {has: {badge: refused}, lacks: [agency-as-stated]}
"""
