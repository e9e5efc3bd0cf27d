# Every command of the project. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup demo run test test-postgres test-e2e test-faults fuzz check check-pages bench guide screenshots messages requirements clean

PYTHON ?= python3
BIN := .venv/bin
# Named by content, not dated: a fresh checkout of the same requirements has nothing to install.
STAMP := .venv/.installed-$(shell cat requirements-dev.txt scripts/setup.sh | cksum | cut -d" " -f1)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))

help: ## List the commands
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 18

setup: $(STAMP) $(CATALOGUES) ## Set up .venv with everything that is needed (safe to repeat)

$(STAMP):
	@PYTHON="$(PYTHON)" sh scripts/setup.sh
	@rm -f .venv/.installed-*
	@touch $@

%.mo: %.po $(STAMP)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale $(word 2,$(subst /, ,$<))

demo: setup ## Run the product with demo data on http://localhost:8000 (PORT=… to change)
	@exec sh scripts/demo.sh

run: setup ## Run the product on the embedded default, without demo data
	@$(BIN)/python manage.py migrate --verbosity 0
	@exec $(BIN)/python scripts/serve.py

test: setup ## Run the default test suite (SQLite, no server needed)
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 --dist worksteal

test-postgres: setup ## Run the default suite on PostgreSQL (DATABASE_URL)
	@DATABASE_URL=$${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres} $(BIN)/python -m pytest -n 2 --dist worksteal

test-e2e: setup ## Run the journeys in Chromium
	@$(BIN)/python -m pytest -o addopts="-q --strict-markers -p no:cacheprovider" tests/e2e

test-faults: setup ## Run what kills processes and drops services (PostgreSQL and Redis needed)
	@$(BIN)/python -m pytest -o addopts="-q --strict-markers -p no:cacheprovider" tests/faults

fuzz: setup ## Read 10,000 broken question files (MOTCUA_FUZZ_CASES); look further in every property
	@MOTCUA_FUZZ_CASES=$${MOTCUA_FUZZ_CASES:-10000} $(BIN)/python -m pytest tests/quizzes/importing/test_*fuzz.py tests/quizzes/bank_export/test_round_trips.py
	@MOTCUA_FUZZ_CASES=$${MOTCUA_FUZZ_CASES:-10000} $(BIN)/python -m pytest -n 2 -m hypothesis tests --ignore=tests/quizzes/importing --ignore=tests/quizzes/bank_export

check: setup ## Lint, format, types, layers, migrations, translations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/mypy .
	@DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python scripts/check_messages.py

check-pages: setup ## Check every kind of public page in Chromium: weight, shifts, axe, targets (BASE_URL)
	@$(BIN)/python -m scripts.pages.check

bench: setup ## Measure the product beside its floors (PostgreSQL and Redis needed)
	@$(BIN)/python -m tests.bench

guide: setup ## Take the pictures of the editors' guide from the running demo (BASE_URL)
	@$(BIN)/python scripts/guide.py

screenshots: setup ## Take docs/screenshots: phone, tablet and desk, by day and by night (BASE_URL)
	@$(BIN)/python -m scripts.pages.pictures

messages: setup ## Collect translatable texts into the English catalogue
	@$(BIN)/python manage.py makemessages -l en --no-location --no-wrap --ignore .venv --ignore tests --ignore var -v 0
	@$(BIN)/python manage.py makemessages -l en -d djangojs --no-location --no-wrap --ignore .venv --ignore tests --ignore var -v 0

requirements: setup ## Compile pyproject.toml into the hashed requirements
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml --group dev -o requirements-dev.txt

clean: ## Remove what the product wrote here (database, uploads, environment)
	@rm -rf var .venv
