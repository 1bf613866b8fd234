"""The proof in a real browser, without a network: no violation that axe-core knows, in English and with Spanish.

Behind the slow door. It needs Chromium (sudo apt-get install chromium) and axe-core, a file of the npm package of that
name: `npm install axe-core` in a scratch folder, then KIOSK_AXE=…/node_modules/axe-core/axe.min.js.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any, Final

import pytest

from kiosk.engine.diagram import diagram
from kiosk.engine.diagram_dot import dot
from kiosk.engine.model import Text
from kiosk.engine.scenarios import read_scenarios
from kiosk.engine.telling import Telling
from kiosk.library import Library
from kiosk.reports import graphviz
from kiosk.reports.proof import Proof
from kiosk.reports.proof_html import page
from kiosk.settings import Home
from tests.reports.test_proof_html import FIRST

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


def the_proof(folder: Path, language: str) -> str:
    """The shipped protocol's proof, with a title in Spanish, all its scenarios, two verdicts and the picture."""
    found = Library(Home(folder)).find("ct-outside-agent")
    assert found.protocol is not None
    protocol = replace(found.protocol, title=Text.of(en="Outside agent", es="Agente externo"))
    telling = Telling(protocol, language)
    picture = graphviz.svg(dot(diagram(telling))) if graphviz.present() else ""
    scenarios = tuple(read_scenarios(found.files["scenarios.yaml"], "scenarios.yaml", protocol)[0])
    verdicts = (FIRST, replace(FIRST, id="second", holds=True, story=""))
    return page(Proof(telling, found.seal, "not approved", (), scenarios, verdicts, picture=picture))


def judged(html: str, folder: Path) -> dict[str, Any]:
    """What axe-core says of a page in the browser. The page's policy forbids scripts, so it is taken out here."""
    bare, count = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    assert count == 1, "the page has no policy"
    scripts = f"<script>{AXE.read_text(encoding='utf-8')}</script><script>{RUN}</script></body>"
    file = folder / "proof.html"
    file.write_text(bare.replace("</body>", scripts), encoding="utf-8")
    flags = [flag.replace("_", " ") for flag in FLAGS.split()]
    command = [str(BROWSER), *flags, f"--user-data-dir={folder / 'browser'}", file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    told = re.search(r'<pre id="told">(.*?)</pre>', done.stdout, re.DOTALL)
    assert told, "the browser did not come to an end"
    judgement: dict[str, Any] = json.loads(unescape(told[1]))
    return judgement


@pytest.mark.parametrize("language", ["en", "es"])
def test_axe_finds_no_violation(tmp_path: Path, language: str) -> None:
    """Of any rule, the best practices among them."""
    told = judged(the_proof(tmp_path, language), tmp_path)
    assert told["violations"] == []
    assert told["passes"] > 20, "axe-core looked at nearly nothing"


def test_axe_would_find_one(tmp_path: Path) -> None:
    """The same page without its language, and with words too pale to read."""
    html = the_proof(tmp_path, "en").replace('<html lang="en">', "<html>").replace("color: #333", "color: #ccc")
    found = {violation[0] for violation in judged(html, tmp_path)["violations"]}
    assert {"html-has-lang", "color-contrast"} <= found
