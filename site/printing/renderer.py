"""One sheet, in a process of its own: a JSON document on its input, a PDF on its output; or, for
who only looks, JSON with each page as a picture (PNG).

Run by ``printing.pdf`` as a script, never imported: whatever a document does to the typesetter,
the site goes on. It imports nothing of ours, so that it starts in a tenth of a second.
"""

from __future__ import annotations

import base64
import json
import resource
import sys
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).resolve().parent
MEMORY = 2 * 1024**3
SECONDS = 20
PPI = 90.0  # legible beside a form, at some 60 kB for a page


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sent = json.load(sys.stdin)
    # Files in memory: there is no folder in which the typesetter could look for others.
    files = {name: base64.b64decode(content) for name, content in sent["files"].items()}
    files["document.json"] = json.dumps(sent["document"]).encode()
    files["main.typ"] = sent["template"].encode()
    try:
        if sent.get("pictures"):
            pages = [base64.b64encode(page).decode() for page in _pictures(files)]
            made = json.dumps(pages).encode()
        else:
            made = _compile(files)
    except typst.TypstError as error:
        sys.exit(f"{error.message}\n{error.diagnostic}\n{error.hints}")
    sys.stdout.buffer.write(made)


def _compile(files: dict[str, bytes]) -> bytes:
    compiler: Any = typst.compile  # its types forget that it takes files by name
    made: bytes = compiler(
        files,
        font_paths=[HERE / "fonts"],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return made


def _pictures(files: dict[str, bytes]) -> list[bytes]:
    compiler: Any = typst.compile
    made: bytes | list[bytes] = compiler(
        files, font_paths=[HERE / "fonts"], ignore_system_fonts=True, format="png", ppi=PPI
    )
    return made if isinstance(made, list) else [made]


main()
