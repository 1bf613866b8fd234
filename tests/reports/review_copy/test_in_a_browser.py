"""The review copy in a real browser, without a network: no violation that axe-core knows, in English and with Spanish.

Behind the slow door. It needs Chromium (sudo apt-get install chromium) and axe-core, a file of the npm package of that
name: `npm install axe-core` in a scratch folder, then KIOSK_AXE=…/node_modules/axe-core/axe.min.js.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any, Final

import pytest

from kiosk.cli import main
from kiosk.errors import Exit

BROWSER: Final = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE: Final = Path(os.environ.get("KIOSK_AXE") or "axe.min.js")
FLAGS: Final = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --host-resolver-rules=MAP_*_~NOTFOUND --virtual-time-budget=60000 --dump-dom"
)
RUN: Final = """axe.run(document, {resultTypes: ["violations"]}).then(result => {
  const told = document.createElement("pre");
  told.id = "told";
  told.textContent = JSON.stringify({passes: result.passes.length, violations: result.violations.map(
    v => [v.id, v.help, v.nodes.slice(0, 3).map(n => n.html.slice(0, 200))])});
  document.body.append(told);
});"""

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(BROWSER is None, reason="Chromium is missing: sudo apt-get install chromium"),
    pytest.mark.skipif(not AXE.is_file(), reason="axe-core is missing: npm install axe-core, then set KIOSK_AXE"),
]


def the_review_copy(folder: Path, pack: str, language: str) -> str:
    """The page that the command writes for a shipped pack."""
    file = folder / "written.html"
    words = ["--home", str(folder / "home"), "protocol", "review-copy", pack, "--language", language, "-o", str(file)]
    assert main(words) == Exit.DONE
    return file.read_text(encoding="utf-8")


def judged(html: str, folder: Path) -> dict[str, Any]:
    """What axe-core says of a page in the browser. The page's policy forbids scripts, so it is taken out here."""
    bare, count = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    assert count == 1, "the page has no policy"
    scripts = f"<script>{AXE.read_text(encoding='utf-8')}</script><script>{RUN}</script></body>"
    file = folder / "review-copy.html"
    file.write_text(bare.replace("</body>", scripts), encoding="utf-8")
    flags = [flag.replace("_", " ") for flag in FLAGS.split()]
    command = [str(BROWSER), *flags, f"--user-data-dir={folder / 'browser'}", file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    told = re.search(r'<pre id="told">(.*?)</pre>', done.stdout, re.DOTALL)
    assert told, "the browser did not come to an end"
    judgement: dict[str, Any] = json.loads(unescape(told[1]))
    return judgement


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("pack", ["ct-outside-agent", "records-request"])
def test_axe_finds_no_violation(tmp_path: Path, pack: str, language: str) -> None:
    """Of any rule, the best practices among them."""
    told = judged(the_review_copy(tmp_path, pack, language), tmp_path)
    assert told["violations"] == []
    assert told["passes"] > 20, "axe-core looked at nearly nothing"


def test_axe_would_find_one(tmp_path: Path) -> None:
    """The same page without its language, and with words too pale to read."""
    html = (
        the_review_copy(tmp_path, "ct-outside-agent", "en")
        .replace('<html lang="en">', "<html>")
        .replace("color: #333", "color: #ccc")
    )
    found = {violation[0] for violation in judged(html, tmp_path)["violations"]}
    assert {"html-has-lang", "color-contrast"} <= found
