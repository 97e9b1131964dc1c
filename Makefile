# Specloom's commands; `make` alone lists them. Everything is installed into the checkout:
# Python packages into .venv, Node tools into node_modules. Other toolchains are used
# where the machine has them. With CI=true a missing toolchain is an error.

PYTHON ?= python3
NODE_HELP = install Node.js 18 or newer with npm (Debian: apt-get install nodejs npm)

bin := .venv/bin
pytest := $(bin)/python -m pytest -n auto --dist loadgroup
sources = $(wildcard generator tests bench)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup generate test check golden bench bench-generate fuzz clean static

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.stamp node_modules/.stamp ## install what the other commands need

generate: .venv/.stamp ## write generated/ from spec/, as specloom.toml says
	$(bin)/specloom generate

test: static ## every check and every test
	$(pytest)

check: static ## every check and the quick tests, in a minute or two
	$(pytest) -m "not slow"

golden: .venv/.stamp ## rewrite what the golden cases expect, to be read in the diff
	$(pytest) tests/test_golden.py tests/test_errors.py --update

bench: bench/node_modules/.stamp .venv/.bench ## measure generated code against that of other tools
	$(bin)/python -m bench.code $(SPEC) $(if $(SPEC),--write)

bench-generate: bench/node_modules/.stamp .venv/.bench ## measure against other generators
	$(bin)/python -m bench.generate $(SPEC) $(if $(SPEC),--write)

fuzz: setup ## judge 20,000 made-up and spoiled specs, which takes long
	PYTHONPATH=tests $(bin)/python -m fuzz

clean: ## remove all that set-up, the tools and the tests leave behind
	rm -rf .venv node_modules bench/node_modules .mypy_cache .pytest_cache .ruff_cache .specloom build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Format, lint, types, and generated/ being what its spec says.
static: setup
	$(bin)/ruff format --check .
	$(bin)/ruff check .
	$(bin)/python -m mypy $(sources)
	@if command -v node >/dev/null; then \
		echo "$(bin)/pyright"; $(bin)/pyright; \
	else \
		echo "pyright skipped: it runs on Node.js; $(NODE_HELP)"; test "$$CI" != true; \
	fi
	$(bin)/specloom check

# A .venv whose Python or pip does not start (a machine's upgrade, a broken off set-up)
# is made anew.
.venv/.stamp: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { \
		echo "Specloom needs Python 3.10 or newer; name one: make setup PYTHON=python3.12"; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
		echo "$(PYTHON) lacks the venv module (Debian: apt-get install python3-venv)"; \
		exit 1; }
	@$(bin)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	$(bin)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

node_modules/.stamp: package.json package-lock.json
	@if command -v npm >/dev/null; then \
		echo "npm ci"; npm ci --loglevel=error && touch $@; \
	else \
		echo "npm not found: tests in Node.js are skipped; $(NODE_HELP)"; test "$$CI" != true; \
	fi

# What the benchmarks measure against; nothing else needs it.
.venv/.bench: .venv/.stamp
	$(bin)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	@touch $@

bench/node_modules/.stamp: bench/package.json bench/package-lock.json
	@command -v npm >/dev/null || { echo "npm not found: $(NODE_HELP)"; exit 1; }
	npm ci --prefix bench --loglevel=error
	@touch $@
