"""Copies whose other files are broken: the Spanish words, the scenarios, the contacts to try it with."""

from __future__ import annotations

from typing import Final

from kiosk.protocol.pack import EXAMPLE_CONTACTS, SCENARIOS_FILE
from tests.protocols.mutation import SPANISH_FILE, Mutation


def _spanish(name: str, code: str, old: str, new: str, at: str = "", says: str = "") -> Mutation:
    return Mutation(name, code, old, new, at, file=SPANISH_FILE, says=says)


def _scenario(name: str, code: str, old: str, new: str, at: str = "", says: str = "") -> Mutation:
    return Mutation(name, code, old, new, at, file=SCENARIOS_FILE, says=says)


def _contacts(name: str, code: str, old: str, new: str, at: str = "", says: str = "") -> Mutation:
    return Mutation(name, code, old, new, at, file=EXAMPLE_CONTACTS, says=says)


_CALM: Final = (
    "Mantenga la calma. Elija Sí solo si alguien puede salir herido. Que venga un agente no es un peligro por sí solo."
)

TRANSLATIONS: Final = (
    Mutation(
        "An English sentence changed, and its Spanish did not",
        "T102",
        "Stay calm. Choose Yes only if someone may get hurt.",
        "Stay calm. Choose Yes if someone may get hurt.",
        "  steps.danger.do:",
        found_in=SPANISH_FILE,
        says="Choose Yes if",
    ),
    _spanish(
        "A sentence is no longer translated",
        "T101",
        f'  steps.danger.do:\n    {{of: b5dc6b02, say: "{_CALM}"}}\n',
        "",
        "# yaml-language-server",
        says="steps.danger.do",
    ),
    _spanish(
        "A translation is empty",
        "T101",
        _CALM,
        "",
        "# yaml-language-server",
        says="steps.danger.do",
    ),
    _spanish(
        "A translation lost its slot",
        "T108",
        "Por favor, espere {wait-place}.",
        "Por favor, espere.",
        "  steps.wait.say:",
    ),
    _spanish(
        "A translation has a slot that is not there",
        "T108",
        "Por favor, espere {wait-place}.",
        "Por favor, espere {lugar}.",
        "  steps.wait.say:",
    ),
    _spanish("A translation belongs to no sentence", "T103", "  steps.danger.do:", "  steps.danger.hacer:"),
    _spanish("The translation is of another protocol", "T105", "protocol: ct-outside-agent", "protocol: ct-other"),
    _spanish("The translation says another language than its name", "T104", "language: es\n", "language: pt\n"),
    _spanish(
        "A sentence was left in English",
        "T109",
        _CALM,
        "Stay calm. Choose Yes only if someone may get hurt. A visit by an agent is not danger by itself.",
        "  steps.danger.do:",
    ),
    Mutation(
        "A sentence has Spanish in both places",
        "T107",
        'A visit by an agent is not danger by itself."}',
        'A visit by an agent is not danger by itself.", es: "Calma. Elija Sí si hay peligro."}',
        "  steps.danger.do:",
        found_in=SPANISH_FILE,
    ),
    _spanish(
        "The Spanish tells staff to hide somebody",
        "W113",
        "No esconda ni mueva a nadie.",
        "Esconda al estudiante.",
        "  steps.past.do:",
    ),
    _spanish(
        "The Spanish tells an agent not to enter",
        "W111",
        "Así lo hacemos en nuestra escuela.",
        "Usted no puede entrar.",
        "  steps.wait.say:",
    ),
    _spanish("The Spanish calls a paper false", "W110", "Yo no puedo revisarlo.", "Este papel es falso."),
    _spanish("The Spanish delays the police", "W115", 'Nombre que da quien llama"', 'Nombre. Retrase a los agentes"'),
    _spanish("The Spanish asks for the birthplace", "V101", "¿Quién lo mandó?", "¿Dónde nació el estudiante?"),
    _spanish("The Spanish field holds a child's name", "V104", "Nombre que da quien llama", "Nombre del estudiante"),
    _spanish(
        "The Spanish is hard to read",
        "W101",
        "Pregunte una sola vez. No le toca a usted juzgarlo.",
        "Comunique inmediatamente si presentaron documentación; determinar su autenticidad corresponde "
        "exclusivamente a la administración.",
    ),
    _spanish(
        "The Spanish leaves no answer in sight", "W121", "Mire desde adentro.", "Mire desde adentro, por favor. " * 60
    ),
    _spanish("The file says what no key is", "P101", "kind: translation\n", "kind: translation\nauthor: nobody\n"),
)

SCENARIOS: Final = (
    _scenario(
        "A story ends otherwise than it says",
        "S115",
        "    - {dcf-keep-trying: went-in}\n  outcome: entered",
        "    - {dcf-keep-trying: went-in}\n  outcome: observed",
    ),
    _scenario(
        "A story answers a step that is not there", "S102", "    - {visitor: not-sure}", "    - {visiter: not-sure}"
    ),
    _scenario(
        "A story gives an answer that is not there", "S104", "    - {visitor: not-sure}", "    - {visitor: not-shure}"
    ),
    _scenario(
        "A story answers what decides by itself", "S103", "    - {visitor: not-sure}", "    - {which-first: not-sure}"
    ),
    _scenario(
        "A story goes another path than it says",
        "S115",
        "path: [danger, channel, phone-who, phone-note, phone-call, remote-office]",
        "path: [danger, channel, phone-who, phone-call, remote-office]",
    ),
    _scenario(
        "A story presses a key that is not there",
        "S105",
        "    - {press: danger}\n    - {call-911: not-needed}",
        "    - {press: danjer}\n    - {call-911: not-needed}",
        "danjer",
    ),
    _scenario(
        "A story calls a role that the step does not call",
        "S106",
        "{reporter-call: {communications: reached}}",
        "{reporter-call: {principal: reached}}",
    ),
    _scenario(
        "A story writes a field that the step does not ask for",
        "S107",
        '{claimed: {emergency-words: "A person is hurt"}}',
        '{claimed: {badge: "A person is hurt"}}',
    ),
    _scenario(
        "A story leaves a box empty for a reason that there is not",
        "S108",
        '{claimed: {emergency-words: "A person is hurt"}}',
        "{claimed: {emergency-words: not-seen}}",
    ),
    _scenario(
        "Two stories have one name",
        "S110",
        "- name: DCF leaves while no one answers",
        "- name: DCF goes in before the principal comes",
    ),
    _scenario(
        "A story expects nothing",
        "S112",
        "    - {dcf-keep-trying: went-in}\n  outcome: entered",
        "    - {dcf-keep-trying: went-in}",
        "- name: DCF goes in while",
    ),
    _scenario(
        "A story ends in an outcome that is not there",
        "S114",
        "    - {visitor: ordinary}\n  path: [danger, channel, who, visitor]\n  outcome: routine",
        "    - {visitor: ordinary}\n  path: [danger, channel, who, visitor]\n  outcome: rutine",
    ),
    _scenario(
        "A story looks for what is never shown",
        "S111",
        'not_shows: ["say:identify", "say:call-now"]',
        'not_shows: ["say:identify", "say:call-nwo"]',
    ),
    _scenario(
        "A story goes back and says no more",
        "S109",
        "    - {back: who}\n    - {who: police}\n",
        "    - {back: who}\n",
        "    - {back: who}\n",
    ),
    _scenario(
        "A line says two things", "S101", "    - {visitor: not-sure}", "    - {visitor: not-sure, press: they-left}"
    ),
    _scenario(
        "No story ends where it did",
        "S116",
        "    - {call-911: mistake}\n",
        "    - {call-911: not-needed}\n",
        "# yaml-language-server",
        says="call-911: mistake",
    ),
)

CONTACTS: Final = (
    _contacts("A phone number has too few digits", "C104", "860-555-0118", "860-01"),
    _contacts(
        "Nobody fills a role that is required",
        "C101",
        "  superintendent-office:\n",
        "  principal-office:\n",
        "roles:\n",
    ),
    _contacts(
        "A list of contacts is empty",
        "C102",
        "  superintendent-office:\n    - {name: Superintendent's Office",
        "  superintendent-office: []\n  communications-office:\n    - {name: Superintendent's Office",
    ),
    _contacts("Somebody has no phone", "C103", "phone: 860-555-0140, ", ""),
    _contacts("A role is not in the protocol", "C105", "  communications:\n", "  press-office:\n"),
    _contacts("Hours can't be read", "C106", '"Mon-Fri 08:30-16:30"', '"office hours"'),
    _contacts("An extension is a word", "C108", 'extension: "201"', 'extension: "ask"'),
    _contacts("A name has a number that nobody may keep", "C111", "Superintendent's Office, ", "Office 123-45-6789, "),
    _contacts("An absence ends before it begins", "C112", "phone: 860-555-0142, ", "phone: 860-555-0142, away: soon, "),
)
