"""Findings of a translation: what is missing, stale, or belongs to nothing."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind, Severity

KINDS: tuple[Kind, ...] = (
    Kind(
        "T101",
        "not-translated",
        "{count} of {all} texts have no words in “{language}”: {some}.",
        "Run `kiosk protocol translate` with {language}, and write the words it leaves room for.",
        Severity.WARNING,
        why="What has no words in the desk's language is shown in the source language, with a mark. Nothing is hidden, "
        "but whoever reads only one of the languages is left alone there.",
        bad='words:\n  title: {of: 3fa1c2d4, say: ""}',
        good='words:\n  title: {of: 3fa1c2d4, say: "Un agente en la escuela"}',
    ),
    Kind(
        "T102",
        "stale",
        "“{key}” in “{language}” translates other words than the source has now: “{now}”.",
        "Correct the words if need be, then run `kiosk protocol translate` with {language} --reviewed {key}.",
        Severity.WARNING,
        why="The source sentence was changed after it was translated, and nobody has said that the translation still "
        "fits. Until somebody does, the source words are shown, with a mark.",
        bad='words:\n  title: {of: 00000000, say: "Un agente en la escuela"}',
        good='words:\n  title: {of: 3fa1c2d4, say: "Un agente en la escuela"}',
    ),
    Kind(
        "T103",
        "translates-nothing",
        "“{key}” is no text of the protocol that has words, so nobody sees this.",
        "{hint}",
        Severity.WARNING,
        why="A step, option or field was renamed or taken out, or the key is misspelt: then the text it was meant for "
        "has no words.",
        bad='words:\n  steps.dangr.ask: {of: 91b0e4aa, say: "¿Hay alguien en peligro?"}',
        good='words:\n  steps.danger.ask: {of: 91b0e4aa, say: "¿Hay alguien en peligro?"}',
    ),
    Kind(
        "T104",
        "other-language-in-name",
        "{file} says that its language is “{language}”, and its name says another, so none of it is used.",
        "Call the file {language}.yaml, or correct “language:”.",
        why="A file of words in the wrong language would be shown, and spoken with the wrong voice, at the desk.",
        bad="# fr.yaml\nlanguage: es",
        good="# es.yaml\nlanguage: es",
    ),
    Kind(
        "T105",
        "other-protocol",
        "These words belong to the protocol “{protocol}”, and this one is “{wanted}”.",
        "Write “protocol: {wanted}”, or take the file out of this folder.",
        why="A translation that was copied from another pack looks finished, while most of its texts are not there.",
        bad="protocol: another-protocol",
        good="protocol: ct-outside-agent",
    ),
    Kind(
        "T106",
        "translates-itself",
        "“{language}” is the language the protocol itself is written in.",
        "Delete this file, and change words where they stand, in the protocol.",
        why="There must be one place for the source words. A second one would be ignored.",
        bad="# in protocol.yaml: source_language: en\nkind: translation\nlanguage: en",
        good="# in protocol.yaml: source_language: en\nkind: translation\nlanguage: es",
    ),
    Kind(
        "T107",
        "translated-twice",
        "“{key}” has words in “{language}” here and in the protocol, and only those are used: “{words}”.",
        "Delete one of the two.",
        why="Whoever corrects the one place does not see that the desk shows the other.",
        bad='# protocol.yaml: ask: {en: Who?, es: ¿Quién?}\nwords:\n  steps.who.ask: {of: 5b1d1a2c, say: "¿Quién es?"}',
        good='# protocol.yaml: ask: {en: Who?}\nwords:\n  steps.who.ask: {of: 5b1d1a2c, say: "¿Quién es?"}',
    ),
    Kind(
        "T108",
        "other-slots",
        "“{key}” in “{language}” {how}; so its words are not used.",
        "Use the same words in braces as the source, and translate none of them.",
        why="What stands in braces is filled in by the kiosk: a place, a number to call. A sentence that lost it says "
        "less than the superintendent signed.",
        bad='words:\n  steps.sit.say: {of: 0f3b7a91, say: "Espere {lugar}."}',
        good='words:\n  steps.sit.say: {of: 0f3b7a91, say: "Espere {wait-place}."}',
    ),
    Kind(
        "T109",
        "same-as-source",
        "“{key}” says the same in “{language}” as in the source.",
        "Translate it, or leave it empty until somebody can.",
        Severity.WARNING,
        why="A copied sentence counts as translated: it is shown without a mark, and spoken with the wrong voice.",
        bad='words:\n  steps.danger.ask: {of: 91b0e4aa, say: "Is anyone in danger right now?"}',
        good='words:\n  steps.danger.ask: {of: 91b0e4aa, say: "¿Hay alguien en peligro ahora?"}',
    ),
)
