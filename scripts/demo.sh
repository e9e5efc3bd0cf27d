#!/bin/sh
# The product with its demo data. The first run makes the data (var/), later ones keep it.
set -eu
export PORT="${PORT:-8000}" GOAL=demo
.venv/bin/python manage.py migrate --verbosity 0
.venv/bin/python manage.py load_demo
exec .venv/bin/python scripts/serve.py
