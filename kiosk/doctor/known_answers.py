"""Fixed texts with the result that the privacy guard and the wording rules must give.

The daily check tests the rules with them, like the known-answer tests of a cipher. The rules are patterns, and a
Python that matches one wrongly reports no error. The numbers in the texts are never issued to people.
"""

from __future__ import annotations

from typing import Final

STOPPED: Final = (
    "the family is undocumented",
    "ｕｎｄｏｃｕｍｅｎｔｅｄ",
    "un\u00addocu\u200bmented",
    "Asked who is here. She has a green card.",
    "agent from Immigration and Customs Enforcement said the mother is undocumented",
    "SSN 987654320",
    "987–65–4320",
    "٩٨٧-٦٥-٤٣٢٠",
    "A# 000 000 000",
    "la mamá es indocumentada",
    "No tienen papeles.",
    "preguntó por la situación migratoria",
    "an undocumentd family",
    "Maria has no papers",
    "the student is named Maria Example",
    "birth date 3/9/2014",
    "the mother's cell is 860-555-0142",
    "the student is from Guatemala",
    "nació en Honduras",
)
"""Texts that the guard must stop."""

ASKED: Final = ("came from Asylum", "123456789", "they have no papers")
"""Texts with two meanings, which the guard must not decide."""

KEPT: Final = (
    "Immigration and Customs Enforcement",
    "Deportation Officer Smith",
    "Warrant for Arrest of Alien",
    "badge number 987654320",
    "860-555-0142 ext 214",
    "+52 55 5550 0100",
    "docket 3:25-cv-00123",
    "asked for status of the request",
    "Servicio de Ciudadanía e Inmigración",
    "oficial de deportación",
    "dos agentes, sin placa",
    "parked on Asylum Avenue",
    "their immigration warrant",
    "his status as an agent",
    "Officer Maria Example met Ms. Example in Room 12",
    "letter dated 3/9/2026, call 860-555-0142",
    "",
)
"""Texts that the guard must allow."""

REFUSED: Final = (
    ("W113", "Do not argue. Hide the student."),
    ("W110", "Do not sign. The paper is not valid."),
    ("W111", "Be calm. You can't come in."),
    ("W113", "Do not block anyone!\nSay the student is not here."),
    ("W114", "Do not run: lock the doors on them."),
    ("W115", "Never lie… Keep them waiting."),
    ("W116", "Do not argue. Confirm that the student goes to this school."),
    ("W112", "Do not argue. He is undocumented."),
    ("V105", "Do not argue. Write the child's name."),
    ("W110", "No firme. La orden no es válida."),
    ("W111", "No discuta. Ustedes no pueden pasar."),
    ("W113", "No discuta. Esconda al alumno."),
    ("W114", "No corra; cierre la puerta con llave."),
    ("W115", "No discuta. Entreténgalos."),
    ("W116", "No discuta. Entregue el expediente."),
    ("W112", "No discuta. La familia es indocumentada."),
    ("V105", "No discuta. Escriba el nombre del alumno."),
)
"""(code, text): texts that no protocol may contain, each with the code of its only finding."""

ALLOWED: Final = (
    "Do not hide or move anyone. Call the office.",
    "Never say that the paper is valid or fake.",
    "Do not argue with the U.S. agents. Do not block anyone.",
    "Do not write any child's name. Do not ask about immigration status.",
    "Press Esc to hide the screen.",
    "No esconda ni mueva a nadie. Llame a la oficina.",
    "Usted no decide si el papel es válido o no.",
    "Sin demora. No cierre la puerta con llave.",
    "No escriba el nombre de ningún alumno.",
)
"""Texts that a protocol may contain: they must give no finding."""

SPLITS: Final = (
    ("Do not argue. Hide the student.", ("Do not argue", "Hide the student")),
    ("Wait for the U.S. agents. Call: now!\n¿Quién? Sí…", ("Wait for the U.S. agents", "Call", "now", "¿Quién", "Sí")),
    ("Who?! From the U.S.. Now...) Yes", ("Who", "From the U.S.", "Now", "Yes")),
    ("They asked for J. Smith; call.", ("They asked for J. Smith", "call")),
    ("“Please wait.” Then call 860-555-0142.", ("“Please wait", "Then call 860-555-0142")),
    ("Version 2.1 is here. Wait", ("Version 2.1 is here", "Wait")),
    ("No discuta. Llame. ¡Ahora!", ("No discuta", "Llame", "¡Ahora")),
    (". ?! …", ()),
    ("", ()),
)
"""(text, its sentences)."""
