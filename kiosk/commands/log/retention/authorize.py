"""`kiosk log retention authorize`, on the records officer's own computer: it reads a request, and needs no kiosk."""

from __future__ import annotations

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command
from kiosk.commands.common.options import by_option, meaning_option, output_option, passphrase_option
from kiosk.commands.common.passphrases import passphrase
from kiosk.commands.common.paths import read_file
from kiosk.commands.common.people import needs_nobody
from kiosk.commands.common.prompts import confirm
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import FILE
from kiosk.errors import Exit, Refused, UsageError
from kiosk.record.key_file import decrypt_key, read_key
from kiosk.record.retention.authorization import Authorization, authorization_text
from kiosk.record.retention.request import read_request
from kiosk.record.transparency.signed_note import sign
from kiosk.reports.destruction_preview import request_preview
from kiosk.settings import LONGEST, typed_path
from kiosk.system.clock import SystemClock
from kiosk.worded import many


@as_command("REQUEST is the file that `kiosk log retention eligible -o` wrote. Nothing is destroyed yet.")
@click.argument("request", metavar="REQUEST", type=FILE)
@click.option(
    "--key", metavar="FILE", type=FILE, required=True, help="officer's private key, from `kiosk key new records`"
)
@passphrase_option
@click.option("--reference", metavar="REF", help="reference of the signed approval (Connecticut: RC-075)")
@by_option
@meaning_option
@click.option("--yes", is_flag=True, help="consent without a question; for scripts")
@output_option("file to write: the authorization", required=True)
@needs_nobody("it needs the records officer's private key, and no kiosk")
def command(
    request: str,
    key: str,
    passphrase_file: str | None,
    reference: str | None,
    by: str | None,
    texts: PromptedTexts,
    yes: bool,
    path: str,
) -> int:
    """Show what would be destroyed, ask, and sign exactly that. Raises Refused if it is not confirmed."""
    output.new_path(path)
    asked = read_request(read_file(typed_path(request)))
    signing = read_key(read_file(typed_path(key)))
    name = _line(texts.name(by))
    question = "Reference of the signed approval (Connecticut: RC-075)"
    typed = texts.text(reference, "--reference", question, LONGEST)
    approval, meaning = _line(typed), texts.meaning(typed)
    for line in request_preview(asked):
        output.message(line)
    if not yes:
        if not output.at_terminal():
            raise UsageError(
                "An authorization needs your consent. Nothing was signed.", "Use a terminal, or add --yes."
            )
        if not confirm(f"Does {name} authorize exactly this under {approval}?"):
            raise Refused("Nothing was signed.", "Run the command again to authorize it.")
    today = SystemClock().now().local().date()
    text = authorization_text(Authorization(name, approval, today, asked, meaning))
    note = sign(text, signing.public.name, decrypt_key(signing, passphrase(passphrase_file)))
    output.save(path, note, 0o644)
    output.data(f"The destruction of {many(len(asked.records), 'record')} is authorized by {name}. It is in {path}.")
    output.message("A second person uses it on the kiosk: `kiosk log retention destroy --authorization FILE`.")
    return Exit.DONE


def _line(words: str) -> str:
    return " ".join(words.split())
