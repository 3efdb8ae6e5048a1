# Headway: one command for everything. Each target sets up what it needs by itself:
# a fresh machine wants Python 3.11 (with pip and venv) and make, nothing else.
SHELL := /bin/bash
PYTHON ?= python3.11
PYTHON := $(shell command -v $(PYTHON) || command -v python3)
BIN := .venv/bin
ARGS ?=
# Many container images forbid Python to keep what it has compiled; then each process reads every module anew (3 s each).
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo test prove check bench docs lock clean

help:
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

.venv/.uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Headway needs Python 3.11 or newer; found $$($(PYTHON) --version). Install it and run make again."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python cannot make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/.runtime: .venv/.uv requirements/runtime.txt pyproject.toml
	@echo "Installing Headway's packages ..."
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --require-hashes -r requirements/runtime.txt
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.runtime requirements/dev.txt
	@echo "Installing the developers' packages ..."
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

setup: .venv/.dev ## install everything a developer needs into .venv

demo: .venv/.runtime ## start Maple Middle School and print sign-in links (ARGS="--port 8001 --reset")
	@exec $(BIN)/headway demo $(ARGS)

test: .venv/.dev ## the quick truth: every test, sampled, with a real PostgreSQL and a real browser
	@$(BIN)/python -m tests.browsers
	@exec $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

prove: .venv/.dev ## long proofs, in resumable parts of under nine minutes (ARGS="list" names them)
	@exec $(BIN)/python -m tests.prove $(ARGS)

check: .venv/.dev ## style, strict types, import contracts, budgets, docs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-cache
	@HEADWAY_MODE=test $(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/architecture
	@$(MAKE) --no-print-directory docs

bench: .venv/.dev ## speed against peers and floors, side by side (ARGS="loop" for one)
	@exec $(BIN)/python -m benchmarks $(ARGS)

docs: .venv/.dev ## build the documentation into build/docs
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --site-dir build/docs

lock: .venv/.uv ## re-resolve the pins (hashes, no addresses)
	@for f in uv runtime dev; do $(BIN)/uv -q pip compile --upgrade --python-version 3.11 --universal --generate-hashes --no-header --no-annotate requirements/$$f.in -o requirements/$$f.txt || exit 1; done

clean: ## remove what the other targets made (not the demo's data)
	@rm -rf .venv build
