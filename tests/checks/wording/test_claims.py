"""Sentences that no protocol may have are found however they are written; sentences that forbid the same are not."""

from __future__ import annotations

from kiosk.checks.wording.claims import CLAIMS, claims
from kiosk.checks.wording.sentences import sentences
from kiosk.privacy.folding import folded
from tests.checks.wording.spanish_words import SPANISH

BANNED = (
    ("W110", "The paper is valid."),
    ("W110", "That warrant is not valid."),
    ("W110", "An ICE warrant isn't a real warrant."),
    ("W110", "Tell them the subpoena is fake."),
    ("W110", "Is the paper genuine?"),
    ("W110", "Let them in if they have a valid warrant."),
    ("W110", "The order they show you is invalid."),
    ("W110", "It’s illegal."),
    ("W110", "This warrant does not count."),
    ("W110", "The document looks forged."),
    ("W111", "You can't enter."),
    ("W111", "You can’t come in here."),
    ("W111", "You may not come in."),
    ("W111", "You have no right to be here."),
    ("W111", "You are not allowed to enter the building."),
    ("W111", "You must leave now."),
    ("W111", "They cannot go inside without a warrant."),
    ("W111", "I can't let you in."),
    ("W111", "Do not let them in."),
    ("W111", "Refuse them entry."),
    ("W111", "You need a judge's warrant. You need a warrant."),
    ("W111", "Agents are not welcome here."),
    ("W111", "Keep them out."),
    ("W111", "Send them away."),
    ("W113", "Hide the child."),
    ("W113", "Hiding a student is best."),
    ("W113", "Keep the student hidden."),
    ("W113", "Do not call. Hide them."),
    ("W113", "Do not argue, just hide the family."),
    ("W113", "Don't forget to hide the student."),
    ("W116", "Confirm that the student goes to this school."),
    ("W116", "Tell the caller that the child is a pupil here."),
    ("W116", "Say that we have no such pupil."),
    ("W116", "Tell the caller yes, she is a student here."),
    ("W113", "Shred the copy."),
    ("W116", "Say that the child was a student here."),
    ("W116", "Give out the transcript."),
    ("W116", "Confirme que el alumno estudia en esta escuela."),
    ("W116", "Diga que la estudiante va a esta escuela."),
    ("W116", "Entregue el expediente."),
    ("W113", "Lie to them."),
    ("W113", "Tell them a lie."),
    ("W113", "Say the student is not here."),
    ("W113", "Tell the agents that the child went home."),
    ("W113", "Pretend you know nothing."),
    ("W113", "Give them a false name."),
    ("W113", "Make up a reason."),
    ("W113", "Take the student out the back door."),
    ("W113", "Move the child to another room."),
    ("W113", "Shred the papers."),
    ("W113", "Mis\u00adlead them."),
    ("W113", "H\u200bide them."),
    ("W113", "Act as if no one is here."),
    ("W113", "If they do not leave, hide or move the child."),
    ("W113", "No, hide them."),
    ("W114", "Lock the door."),
    ("W114", "Lock them in."),
    ("W114", "Lock the doors on them."),
    ("W114", "Close the door in their face."),
    ("W114", "Never mind, lock them out."),
    ("W115", "Delay them."),
    ("W115", "Stall until the principal comes."),
    ("W115", "Hold them up at the desk."),
    ("W115", "Keep them waiting."),
    ("W115", "Buy some time."),
    ("W115", "Make them wait."),
    ("W115", "Block the door."),
    ("W115", "Stand in their way."),
    ("W115", "Slow them down."),
    ("W115", "Take your time."),
    ("W115", "Stop the agents."),
    ("W115", "DELAY THEM"),
    ("W115", "ｄｅｌａｙ them"),
    ("W110", "El papel es válido."),
    ("W110", "La orden no es válida."),
    ("W110", "No es válida."),
    ("W110", "¿Es falsa la orden?"),
    ("W110", "Una orden falsa no sirve."),
    ("W111", "No puede entrar."),
    ("W111", "Ustedes no pueden pasar."),
    ("W111", "No tiene derecho a estar aquí."),
    ("W111", "Tiene que irse."),
    ("W111", "No los deje entrar."),
    ("W113", "Esconda al niño."),
    ("W113", "Escóndalo."),
    ("W113", "Mienta."),
    ("W113", "Oculte a la familia."),
    ("W113", "Diga que el niño no está."),
    ("W113", "Finja que no sabe."),
    ("W113", "No llame. Esconda a los alumnos."),
    ("W113", "No olvide esconder al alumno."),
    ("W113", "Engáñelos."),
    ("W113", "Hágase pasar por la directora."),
    ("W113", "Háganse pasar por padres."),
    ("W113", "Puede hacerse pasar por otra persona."),
    ("W113", "Haga pasar por suyo el papel."),
    ("W113", "Hágase la desentendida."),
    ("W113", "Hágase el que no oye."),
    ("W114", "Cierre la puerta con llave."),
    ("W114", "Enciérrelos."),
    ("W115", "Retráselos."),
    ("W115", "Demore a los agentes."),
    ("W115", "Entreténgalos."),
    ("W115", "Bloquee la puerta."),
    ("W115", "Gane tiempo."),
    ("W115", "Hágalos esperar."),
)

ALLOWED = (
    "Do not hide or move anyone.",
    "Do not delay them.",
    "Do not block anyone.",
    "Do not touch, block or chase them.",
    "Never lie.",
    "No hiding, and no lies.",
    "Do not say that the paper is valid or fake.",
    "Never tell them that they can't come in.",
    "Never tell a visitor “you can't enter”.",
    "Do not lock the door on them.",
    "Don't stall.",
    "Don’t hide anyone.",
    "Call without delay.",
    "Hold up your ID, please.",
    "They say they must come in now.",
    "Follow the lockdown plan.",
    "Papers lie next to the counter.",
    "Where do the forms lie?",
    "Lock the papers in the drawer.",
    "Confirm nothing.",
    "Never say that a child is or was a student here.",
    "Do not give out any record.",
    "Give out the blank form.",
    "Press Esc to hide the screen.",
    "Stay out of the way.",
    "You do not judge it.",
    "Do not hold them up.",
    "Ask the office if there is a delay.",
    "Legal papers come by mail.",
    "Do not send them away.",
    "You may come in.",
    "Do not stand in the way.",
    "I will not get in your way.",
    "You can wait here.",
    "Leave it as it is.",
    "Please leave your card.",
    "Do not make up a reason.",
    "Do not pretend.",
    "If they will not wait, call the office.",
    "Do not go in the room. Wait.",
    "No esconda a nadie.",
    "No los retrase.",
    "No bloquee a nadie.",
    "Nunca mienta.",
    "No esconda ni mueva a nadie.",
    "No diga que el papel es válido.",
    "Sin demora.",
    "Mientras esperan, llame.",
    "No cierre la puerta con llave.",
    "Usted no decide si el papel es válido o no.",
    "Puede entrar.",
    "Si la puerta está cerrada, déjela cerrada.",
    "No los detenga.",
    "Gracias por esperar.",
    "Haga una llamada.",
    "Luego hágase a un lado.",
    "Háganse a un lado, por favor.",
    "Hágase cargo de la puerta.",
    "No se haga pasar por otra persona.",
    "No finja ni se haga pasar por nadie.",
)


def test_a_banned_claim_is_found() -> None:
    """English and Spanish, every form of the verb, and tricks of writing."""
    assert [words for code, words in BANNED if code not in dict(claims(words))] == []


def test_a_banned_claim_is_found_among_other_sentences() -> None:
    """A harmless prohibition before it, or a sentence after it, hides nothing."""
    among = ((code, f"Do not sign. {words} Do not argue.") for code, words in BANNED)
    assert [words for code, words in among if code not in dict(claims(words))] == []


def test_what_forbids_it_is_allowed() -> None:
    """`Do not`, `never`, `no`, `without`, `no`, `nunca`, `ni`, `sin`; and ordinary words that only look alike."""
    assert [words for words in ALLOWED if any(claims(words))] == []


def test_plain_spanish_for_the_desk_is_allowed() -> None:
    """The words of a Spanish protocol contain none of it."""
    assert [words for words in SPANISH if any(claims(words))] == []


def test_there_is_a_banned_sentence_for_every_kind() -> None:
    """Set-up: more than forty sentences, some for each kind of claim."""
    assert len(BANNED) > 40
    assert {code for code, _ in BANNED} == {claim.code for claim in CLAIMS}


def test_the_quick_look_loses_nothing() -> None:
    """Whatever a slow pattern finds in any sentence here, the parts looked for first are in it too."""
    for said in (*(words for _, words in BANNED), *ALLOWED, *SPANISH):
        slow = {c.code for c in CLAIMS if any(c.found_in(plain) for plain in _folded(said))}
        assert slow == set(dict(claims(said)))


def _folded(words: str) -> list[str]:
    return [folded(sentence) for sentence in sentences(words)]
