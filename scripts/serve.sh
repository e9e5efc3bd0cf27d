#!/bin/sh
# Runs web and worker (Procfile) until Ctrl-C or SIGTERM, then stops both and exits 0.
set -eu
export PORT="${PORT:-8000}"
export PATH="$PWD/.venv/bin:$PATH"

python - <<'PY' || exit 1
import os, socket, sys
port = os.environ["PORT"]
if not port.isdecimal() or not 1 <= int(port) <= 65535:
    sys.exit(f"PORT must be a number from 1 to 65535, not '{port}'.")
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", int(port)))
    except OSError as error:
        sys.exit(f"Port {port} cannot be used ({error.strerror}). Choose another: make {os.environ.get('GOAL', 'run')} PORT={int(port) % 65535 + 1}")
PY

stopped=
trap 'stopped=1; kill -TERM "$honcho" 2>/dev/null' INT TERM HUP
honcho --no-prefix start &
honcho=$!
# The first wait ends at the signal, the second when both processes have gone.
wait "$honcho" && code=0 || code=$?
[ -z "$stopped" ] || { wait "$honcho" 2>/dev/null || :; code=0; }
exit "$code"
