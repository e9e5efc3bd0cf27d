"""A migrated SQLite file to copy: migrating takes twenty seconds, copying a few milliseconds."""

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def migrated_template() -> Path:
    """A migrated SQLite file for these very migrations, shared by workers and runs."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for source in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(source.name.encode() + source.read_bytes())
    name = f"motcua-test-template-{os.getuid()}-{digest.hexdigest()[:16]}"
    template = Path(tempfile.gettempdir()) / f"{name}.sqlite3"
    with template.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            # One file when it is done: in WAL mode a part of the rows would be beside it.
            unfinished = template.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            subprocess.run(
                [sys.executable, ROOT / "manage.py", "migrate", "--verbosity", "0"],
                check=True,
                cwd=ROOT,
                env={
                    **os.environ,
                    "DJANGO_SETTINGS_MODULE": "config.settings.test",
                    "DATABASE_URL": f"sqlite:///{unfinished}",
                },
            )
            unfinished.rename(template)
    return template


if __name__ == "__main__":
    migrated_template()
