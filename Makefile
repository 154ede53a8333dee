# Everything that a newcomer types. Needs Python 3.11 or newer, git and make; the rest
# comes from the lock files in requirements/.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
# The address in mails and on the board.
BASE_URL ?= http://$(HOST):$(PORT)
WORKERS ?= $(shell nproc 2>/dev/null || echo 2)
# Beyond four, browsers wait for each other.
JOBS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); echo $$((n < 4 ? n : 4)))
TESTS ?=

BIN := .venv/bin
INSTALLED := .venv/.installed
# Where Python may not keep what it compiled, every process would compile it all again.
COMPILE := $(if $(CI)$(PYTHONDONTWRITEBYTECODE),--compile-bytecode)
MANAGE := BASE_URL=$(BASE_URL) DJANGO_SETTINGS_MODULE=config.settings.dev $(BIN)/python manage.py
# What `make check` gives the production settings, so that they can be looked at.
DEPLOY := DJANGO_SETTINGS_MODULE=config.settings.production ALLOWED_HOSTS=example.org \
	BASE_URL=https://example.org DATABASE_URL=sqlite:////dev/null \
	DEFAULT_FROM_EMAIL=nobody@example.org SECURITY_CONTACT=mailto:nobody@example.org

WITHOUT_BROWSER := -m "not server and not browser" --durations 25 --numprocesses $(JOBS) --no-loadscope-reorder

.PHONY: help install run test coverage check bench herd trees translations lock clean clean-all

help: ## This list
	@echo "make <target>, with:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(INSTALLED) ## An environment in .venv with exactly what the lock files say

$(INSTALLED): requirements/uv.txt requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed. Say which: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python cannot make an environment. On Debian: sudo apt-get install python3-venv"; \
		exit 1; }
	@echo "1/3  environment in .venv"
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@echo "2/3  packages, as locked in requirements/dev.txt"
	@VIRTUAL_ENV=.venv $(BIN)/uv pip sync --quiet --require-hashes $(COMPILE) requirements/dev.txt
	@echo "3/3  this project, editable"
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --editable .
	@touch $@

run: install ## The site at http://127.0.0.1:8000 with demo accounts (PORT=, HOST=, WORKERS=)
	@$(MANAGE) prepare --demo --host $(HOST) --port $(PORT)
	@# No access log: it would hold addresses. Our own log line holds none (config/logs.py).
	@exec env BASE_URL=$(BASE_URL) DJANGO_SETTINGS_MODULE=config.settings.dev $(BIN)/granian --interface wsgi \
		--host $(HOST) --port $(PORT) --workers $(WORKERS) --blocking-threads 4 \
		--respawn-failed-workers --no-access-log --log-level warning config.wsgi:application

test: install ## All tests; some of them: make test TESTS="tests/home -x"
ifeq ($(TESTS),)
	@echo "1/2  what kills servers, and with the time that leaves what needs no browser, on $(JOBS) cores"
	@mkdir -p var; nice -n 19 $(BIN)/python -m pytest $(WITHOUT_BROWSER) >var/without-browser.log 2>&1 & \
		others=$$!; trap "kill $$others 2>/dev/null || true" EXIT; failed=0; \
		$(BIN)/python -m pytest -m server || failed=$$?; \
		wait $$others || failed=$$?; cat var/without-browser.log; exit $$failed
	@echo "2/2  in a browser, on $(JOBS) cores"
	@$(BIN)/python -m pytest -m "browser and not server" --durations 25 --numprocesses $(JOBS) \
		--no-loadscope-reorder
else
	@$(BIN)/python -m pytest $(TESTS)
endif

coverage: install ## How much of the code the tests without a browser reach; fails below 95 %
	@$(BIN)/coverage erase
	@# Not --cov: that begins after the plugins were imported, and misses what they import.
	@$(BIN)/coverage run -m pytest $(WITHOUT_BROWSER)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

check: install ## Style, types, layers, templates, migrations, translations, lock, settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy lessons media quizzes site
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet lessons media quizzes site
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) check_translations
	$(MANAGE) check_requirements
	SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
		$(DEPLOY) $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: install ## Speed beside the budgets, on SQLite and PostgreSQL
	@$(BIN)/python -m bench

herd: install ## 5,000 learners who start within a minute: how long a save takes then (R-19)
	@$(BIN)/python -m bench.herd

trees: install ## What screen readers get of each question, written again (read the diff)
	@UPDATE_TREES=1 $(BIN)/python -m pytest tests/accessibility/test_every_question.py -k "nl]"

translations: install ## New texts into the .po files, for a translator to fill in
	@$(MANAGE) check_translations --update

lock: install ## Look for newer packages within pyproject's bounds and lock them
	cd requirements && ../$(BIN)/uv pip compile --universal --python-version 3.11 \
		--generate-hashes --no-header --quiet --upgrade ../pyproject.toml --output-file base.txt
	cd requirements && ../$(BIN)/uv pip compile --universal --python-version 3.11 \
		--generate-hashes --no-header --quiet --upgrade ../pyproject.toml --group ../pyproject.toml:dev \
		--constraints base.txt --output-file dev.txt

clean: ## Remove what can be made again; the local database and uploads stay
	rm -rf .coverage* .mypy_cache .ruff_cache .import_linter_cache htmlcov var/static var/stylesheet \
		var/prepared.json var/test-uploads
	find lessons media quizzes site tests -name __pycache__ -type d -prune -exec rm -rf {} +

clean-all: clean ## The same, and the environment, the local database and uploads
	rm -rf .venv node_modules var
