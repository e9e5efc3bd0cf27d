#!/bin/sh
# WeasyPrint draws text with Pango, a library of the system. Install it where apt can; otherwise say what to install.
set -eu
has_pango() {
    ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0 || [ "$(uname)" != Linux ] && python3 - <<'PY'
import ctypes.util, sys
sys.exit(not all(ctypes.util.find_library(n) for n in ("pango-1.0", "pangoft2-1.0")))
PY
}
has_pango && exit 0
packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# The translations are compiled from their sources: msgfmt comes with gettext.
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    { apt-get install -y --no-install-recommends $packages || { apt-get update && apt-get install -y --no-install-recommends $packages; }; } >/dev/null 2>&1 && exit 0
fi
echo "Printing needs the Pango library. Install it, then run make again. Debian/Ubuntu: sudo apt-get install $packages; Fedora: dnf install pango; macOS: brew install pango." >&2
exit 1
