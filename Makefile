# 街道议事厅 · every command a newcomer needs. `make` alone lists them.
PORT ?= 8000
ARGS ?=
PY := .venv/bin/python
export PORT
# every process would compile the whole portal again
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo serve test lint test-figures bench check-html lighthouse screenshots permissions messages clean

help: ## this list
	@echo "make TARGET [PORT=8000] [ARGS='...']"
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-13s %s\n", $$1, $$2}'

setup:
	@scripts/setup.sh base

setup-dev:
	@scripts/setup.sh dev

demo: setup ## the portal with demo data on 127.0.0.1:$PORT; prints who can log in (DEMO_PASSWORD sets one password)
	@$(PY) scripts/demo.py $(ARGS)

serve: setup ## the portal without demo data: an empty install opens the set-up wizard
	@$(PY) scripts/demo.py --empty $(ARGS)

test: setup-dev ## the whole suite on SQLite and on PostgreSQL, browser journeys included (ARGS go to pytest)
	@scripts/provision.sh
	@$(PY) scripts/run_tests.py $(ARGS)

lint: setup-dev ## ruff, import-linter, mypy, missing migrations, production settings
	@$(PY) scripts/lint.py

test-figures: setup-dev ## the heavy figures in full (minutes), written to docs/figures.md
	@scripts/provision.sh
	@$(PY) scripts/run_tests.py --figures $(ARGS)

bench: setup-dev ## speed as ratios measured in one run
	@$(PY) scripts/bench.py $(ARGS)

check-html: setup-dev ## html-validate, stylelint and every link of the demo (node for the first two)
	@$(PY) scripts/check_html.py $(ARGS)

lighthouse: setup-dev ## Lighthouse on six pages of the demo, mobile preset (node and Chromium)
	@$(PY) scripts/lighthouse.py $(ARGS)

screenshots: setup-dev ## pictures for README and docs, taken from the running demo (PORT)
	@$(PY) scripts/screenshots.py $(ARGS)

permissions: setup-dev ## rows missing from the permission table, ready to paste and judge
	@PRINT_MISSING=1 $(PY) -m pytest tests/architecture/test_permission_table.py -s --log-level=CRITICAL $(ARGS)

messages: setup-dev ## take up new strings into locale/ and say what still waits for a translation
	@$(PY) scripts/translations.py messages

clean: ## remove caches and test databases; keeps .venv, the demo's database and its keys
	@rm -rf var/templates var/bench .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
