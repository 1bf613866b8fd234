"""The keys of a translation's file."""

from __future__ import annotations

from kiosk.protocol.syntax.forms import LANGUAGE, LINE, Either, File, Form, Loose, OneOf, must

SENTENCE = Form(
    "sentence",
    "A text in another language.",
    (
        must("of", LINE, "A hash of the source text, written by `kiosk protocol translate`."),
        must("say", Either((LINE, OneOf(("",)))), "The translation; empty until it is written."),
    ),
)

TRANSLATION = Form(
    "translation",
    "The top of a translation's file, such as `es.yaml`.",
    (
        must("kind", OneOf(("translation",)), "Always “translation”."),
        must("format", OneOf(("1",)), "Always 1."),
        must("protocol", LINE, "The id of the protocol."),
        must("language", LANGUAGE, "The language code, equal to the file name without .yaml."),
        must(
            "words",
            Either((Loose(SENTENCE), OneOf(("",)))),
            "Path of the text in the protocol, such as `steps.who.ask` → translation.",
        ),
    ),
)

FILE = File("translation", "A translation of a protocol.", TRANSLATION)
