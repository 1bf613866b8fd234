"""Copies with faulty words: banned claims, private facts, hard words, too many words."""

from __future__ import annotations

from typing import Final

from tests.protocols.mutation import Mutation

_STAY_CALM: Final = "Stay calm. Choose Yes only if someone may get hurt. A visit by an agent is not danger by itself."
_CALLER: Final = '{en: "Caller\'s name, as given"}'
_LONG: Final = " ".join(["Please say it to them again and then wait for me."] * 9)

CLAIMS: Final = (
    Mutation("A paper is called invalid", "W110", "It goes to the Superintendent's Office.", "It is not valid."),
    Mutation("An agent is told not to enter", "W111", "Please wait {wait-place}. This", "You can't enter. This"),
    Mutation("Somebody is to be hidden", "W113", "Do not hide or move anyone.", "Hide the student."),
    Mutation("Staff are to lie", "W113", "Treat them like any other visitor.", "Tell them the student is not here."),
    Mutation(
        "Agents are to be locked in",
        "W114",
        "Stay out of the way. Tell the principal",
        "Lock them in. Tell the principal",
    ),
    Mutation("Police are to be delayed", "W115", "Ask once. Do not hold them up.", "Ask once. Hold them up."),
    Mutation(
        "Status is named aloud", "W112", "Hello, how may I help you?", "Hello. Are you here about an illegal alien?"
    ),
)

PRIVACY: Final = (
    Mutation("A field holds immigration status", "V101", _CALLER, '{en: "Immigration status"}'),
    Mutation("A field holds a birthplace", "V101", _CALLER, '{en: "Place of birth"}'),
    Mutation(
        "A question asks for the birthplace",
        "V101",
        '{en: "Who sent it?"}',
        '{en: "Where was the student born?"}',
    ),
    Mutation("An answer is a status", "V101", '{en: "They did not say"}', '{en: "Undocumented student"}'),
    Mutation("A field holds a birthday", "V102", _CALLER, '{en: "Date of birth"}'),
    Mutation("A field holds what somebody looks like", "V103", _CALLER, '{en: "Skin color"}'),
    Mutation("A field holds a child's name", "V104", _CALLER, '{en: "Student\'s name"}'),
    Mutation(
        "Staff are to write down the child's name",
        "V105",
        "Write what you could see. Leave out any child's name.",
        "Write the child's name.",
    ),
)

PLAIN: Final = (
    Mutation("There is still a TODO", "P406", _STAY_CALM, "TODO: what the desk does."),
    Mutation("A step has no words", "P401", _STAY_CALM, " "),
    Mutation(
        "A step says no source",
        "P407",
        "    cite: [probation-cobb, legal-papers]\n",
        "",
        "  probation-call:\n    title",
    ),
    Mutation("A sentence has no words in the source language", "P402", '{en: "' + _STAY_CALM, '{fr: "' + _STAY_CALM),
    Mutation(
        "Words are hard to read",
        "W101",
        "Ask once. You do not judge it.",
        "Communicate immediately whether documentation was presented; determination of authenticity "
        "necessitates administrative consultation.",
    ),
    Mutation(
        "Two answers have the same words",
        "P409",
        '{id: gone, label: {en: "They left"}',
        '{id: gone, label: {en: "They left"}, next: left}\n      - {id: away, label: {en: "They left"}',
        "{id: away",
    ),
    Mutation(
        "A sentence is too long",
        "W102",
        "Talk over the intercom if you can. Go by what they say. Do not guess.",
        "Talk to them over the intercom if you can and go by what they say to you and do not try to guess what it is.",
    ),
    Mutation("It takes too long to say", "W103", "Thank you for waiting. I am calling again.", _LONG),
    Mutation(
        "One sentence asks for two things",
        "W104",
        "Pass on what you wrote. Then step back.",
        "Call the office and write down the time.",
    ),
    Mutation(
        "A step asks for many things", "W105", _STAY_CALM, "Stay calm. Sit down. Look up. Breathe in. Choose Yes."
    ),
    Mutation(
        "There is lawyers' Latin",
        "W106",
        "Keep dropped papers together, as they are.",
        "Keep a subpoena duces tecum as it is.",
    ),
    Mutation(
        "The number of a form comes first",
        "W107",
        "Keep dropped papers together, as they are.",
        "Form I-205 stays as it is.",
    ),
    Mutation(
        "Words are shouted",
        "W108",
        "Do not go out to ask. Tell them on the phone what you see, or who told you.",
        "DO NOT GO OUT. Tell them what you see.",
    ),
    Mutation(
        "A text has more characters than any screen holds",
        "W109",
        "Do not go out to ask. Tell them on the phone what you see, or who told you.",
        "Go in. " * 600,
    ),
    Mutation("The words leave no answer in sight", "W121", "Look from inside.", "Look at it. " * 160),
    Mutation(
        "A step is longer than the screen",
        "W120",
        "Talk over the intercom if you can. Go by what they say. Do not guess.",
        "Talk to them now, please. " * 8,
    ),
    Mutation(
        "The keys' words are too long for one row",
        "W122",
        '{en: "Hand over"}',
        '{en: "Hand it all over to whoever it is that comes"}',
        "interrupts:\n",
    ),
)
