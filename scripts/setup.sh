#!/bin/sh
# Makes .venv with the hashed requirements and sees to the system libraries. Safe to repeat.
set -eu
python=${PYTHON:-python3}

by_apt() { # true when apt could install what is named
    command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ] || return 1
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1 && return
    apt-get update >/dev/null 2>&1 || return 1
    apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1
}

stop() {
    echo "$1" >&2
    exit 1
}

command -v "$python" >/dev/null 2>&1 || stop "Một Cửa needs Python 3.12 or newer; '$python' was not found."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' ||
    stop "Một Cửa needs Python 3.12 or newer; '$python' is older. Name another: make setup PYTHON=python3.13"

if ! [ -x .venv/bin/pip ]; then
    # Debian keeps a part of the standard library's venv in a package of its own.
    "$python" -c 'import ensurepip' 2>/dev/null || by_apt python3-venv ||
        stop "Python's venv module is missing. Install it, then run make again. Debian/Ubuntu: sudo apt-get install python3-venv"
    "$python" -m venv .venv
fi
echo "Installing the libraries into .venv (a few minutes the first time) …"
.venv/bin/pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements-dev.txt

# WeasyPrint draws text with Pango, a library of the system. Importing it is the one true test;
# without HarfBuzz's subsetter it works as well, at a third of the speed.
pango="libpango-1.0-0 libpangoft2-1.0-0"
can_print() { .venv/bin/python -W ignore -c 'import weasyprint' >/dev/null 2>&1; }
can_subset() { .venv/bin/python -W ignore -c 'from weasyprint.text import ffi; raise SystemExit(ffi.harfbuzz_subset is None)' >/dev/null 2>&1; }
# shellcheck disable=SC2086
can_print || by_apt $pango || :
can_print || stop "Printing needs the Pango library. Install it, then run make again. Debian/Ubuntu: sudo apt-get install $pango libharfbuzz-subset0; Fedora: sudo dnf install pango; macOS: brew install pango"
can_subset || by_apt libharfbuzz-subset0 || echo "Note: PDF files are made three times faster with libharfbuzz-subset0 (Debian/Ubuntu: sudo apt-get install libharfbuzz-subset0)."
