"""Fails when a text of the code is missing from the English catalogue, untranslated or fuzzy.

The source language is Vietnamese: the catalogue that must be complete is English.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "locale/en/LC_MESSAGES"


def problems(domain: str) -> list[str]:
    """What is wrong with one catalogue, after collecting the texts anew into a copy of it."""
    path = CATALOGUES / f"{domain}.po"
    known = {m.id for m in read_po(path.open("rb")) if m.id} if path.exists() else set()
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / path.name
        if path.exists():
            shutil.copy2(path, kept)
        try:
            subprocess.run(  # noqa: S603
                [
                    sys.executable,
                    ROOT / "manage.py",
                    *("makemessages", "-l", "en", "-d", domain, "--no-location", "--no-wrap"),
                    *("--ignore", ".venv", "--ignore", "tests", "--ignore", "var", "-v", "0"),
                ],
                cwd=ROOT,
                check=True,
            )
            collected = list(read_po(path.open("rb"))) if path.exists() else []
        finally:
            if kept.exists():
                shutil.copy2(kept, path)
    found = []
    for message in collected:
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id not in known:
            found.append(f"{domain}: not in the catalogue (run make messages): {message.id!r}")
        elif message.fuzzy or not all(strings):
            found.append(f"{domain}: no English: {message.id!r}")
    return found


if __name__ == "__main__":
    found = [line for domain in ("django", "djangojs") for line in problems(domain)]
    print("\n".join(found[:50]) or "translations: complete")  # noqa: T201
    sys.exit(1 if found else 0)
