"""Findings about a translation: missing, outdated or unused texts."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind, Severity

KINDS: tuple[Kind, ...] = (
    Kind(
        "T101",
        "not-translated",
        "{count} of {all} texts are not translated into “{language}”: {some}.",
        "Run `kiosk protocol translate` with {language}, and fill in the empty texts.",
        Severity.WARNING,
        why="An untranslated text is shown in the source language, with a mark. Nothing is hidden, but staff who read "
        "only the other language can't use it.",
        bad='words:\n  title: {of: 3fa1c2d4, say: ""}',
        good='words:\n  title: {of: 3fa1c2d4, say: "Un agente en la escuela"}',
    ),
    Kind(
        "T102",
        "stale",
        "The source of “{key}” changed after its translation into “{language}”. It is now: “{now}”.",
        "Correct the translation if needed, then run `kiosk protocol translate` with {language} --reviewed {key}.",
        Severity.WARNING,
        why="Nobody has confirmed that the translation still matches. Until then, the source text is shown, with a "
        "mark.",
        bad='words:\n  title: {of: 00000000, say: "Un agente en la escuela"}',
        good='words:\n  title: {of: 3fa1c2d4, say: "Un agente en la escuela"}',
    ),
    Kind(
        "T103",
        "translates-nothing",
        "“{key}” is not a text of the protocol, so this translation is never shown.",
        "{hint}",
        Severity.WARNING,
        why="A step, option or field was renamed or deleted, or the key is misspelled. Its text then has no "
        "translation.",
        bad='words:\n  steps.dangr.ask: {of: 91b0e4aa, say: "¿Hay alguien en peligro?"}',
        good='words:\n  steps.danger.ask: {of: 91b0e4aa, say: "¿Hay alguien en peligro?"}',
    ),
    Kind(
        "T104",
        "other-language-in-name",
        "{file} has the language “{language}”, which differs from its file name, so it is not used.",
        "Rename the file to {language}.yaml, or correct “language:”.",
        why="The desk would show texts in the wrong language and speak them with the wrong voice.",
        bad="# fr.yaml\nlanguage: es",
        good="# es.yaml\nlanguage: es",
    ),
    Kind(
        "T105",
        "other-protocol",
        "This translation is for the protocol “{protocol}”, not for “{wanted}”.",
        "Write “protocol: {wanted}”, or remove the file from this folder.",
        why="A translation copied from another pack looks complete, but most texts are missing.",
        bad="protocol: another-protocol",
        good="protocol: ct-outside-agent",
    ),
    Kind(
        "T106",
        "translates-itself",
        "“{language}” is the source language of the protocol.",
        "Delete this file, and change texts in the protocol itself.",
        why="Source texts have one place. A second one would be ignored.",
        bad="# in protocol.yaml: source_language: en\nkind: translation\nlanguage: en",
        good="# in protocol.yaml: source_language: en\nkind: translation\nlanguage: es",
    ),
    Kind(
        "T107",
        "translated-twice",
        "“{key}” is translated into “{language}” here and in the protocol, which is used: “{words}”.",
        "Delete one of the two.",
        why="An author could correct one place without noticing that the desk shows the other.",
        bad='# protocol.yaml: ask: {en: Who?, es: ¿Quién?}\nwords:\n  steps.who.ask: {of: 5b1d1a2c, say: "¿Quién es?"}',
        good='# protocol.yaml: ask: {en: Who?}\nwords:\n  steps.who.ask: {of: 5b1d1a2c, say: "¿Quién es?"}',
    ),
    Kind(
        "T108",
        "other-slots",
        "“{key}” in “{language}” {how}, so its translation is not used.",
        "Use the same slots in braces as the source, without translating them.",
        why="The kiosk fills in the slots in braces, such as a place or a number to call. Without a slot, the sentence "
        "says less than the superintendent signed.",
        bad='words:\n  steps.sit.say: {of: 0f3b7a91, say: "Espere {lugar}."}',
        good='words:\n  steps.sit.say: {of: 0f3b7a91, say: "Espere {wait-place}."}',
    ),
    Kind(
        "T109",
        "same-as-source",
        "“{key}” has the same text in “{language}” as in the source.",
        "Translate it, or leave it empty for now.",
        Severity.WARNING,
        why="A copied sentence counts as translated: it is shown without a mark, and spoken with the wrong voice.",
        bad='words:\n  steps.danger.ask: {of: 91b0e4aa, say: "Is anyone in danger right now?"}',
        good='words:\n  steps.danger.ask: {of: 91b0e4aa, say: "¿Hay alguien en peligro ahora?"}',
    ),
)
