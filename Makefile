# The whole set-up from Debian's python3, make and git: `make run` and `make test` each work alone in a fresh clone.
# What is missing from the system is installed when we are root; otherwise the command to type is printed.

PYTHON ?= python3
VENV ?= .venv
JOBS ?= 2

BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev

# Every package is pinned with its hashes, so a constraints file of the machine could only get in the way.
# Wheels only: a source package would fetch what it builds with unlocked.
export PIP_CONSTRAINT := /dev/null
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
PIP_SYNC := $(BIN)/python -m pip install -qq --require-hashes --only-binary :all:
UV_VERSION := 0.13.9

export DEBIAN_FRONTEND := noninteractive

# $(call ensure,test,Debian packages): install the packages when the test fails, and test again.
define ensure
if ! { $(1); } >/dev/null 2>&1; then \
	  if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
	    echo "Something is missing. Install it, then try again:  sudo apt-get install $(2)" >&2; exit 1; \
	  fi; \
	  echo "Installing with apt: $(2)"; \
	  { apt-get update -qq && apt-get install -qq -y --no-install-recommends $(2); } </dev/null >/dev/null; \
	  { $(1); } >/dev/null; \
	fi
endef

HAS_BROWSER := [ -n "$$CHROMIUM" ] || command -v chromium || command -v chromium-browser || command -v google-chrome

.PHONY: help run setup test test-unit test-e2e browser pictures lint types format lock upgrade clean
.DEFAULT_GOAL := help

help: ## Show this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run: $(RUNTIME) ## Set up, load the demonstration and serve it on this machine
	@$(BIN)/awards migrate
	@$(BIN)/awards demo
	@exec $(BIN)/awards serve

setup: $(DEV) ## Set up everything that development needs, the browser aside

test: $(DEV) browser ## Run all tests: on both databases, then in a real browser
	@status=0; \
	$(MAKE) --no-print-directory test-unit || status=$$?; \
	$(MAKE) --no-print-directory test-e2e || status=$$?; \
	exit $$status

# ARGS="-k tie -x" narrows down what these two run.
test-unit: $(DEV) ## Run the tests on SQLite and PostgreSQL
	@echo; echo "== Tests on SQLite and PostgreSQL"
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal tests $(ARGS)

# A process of its own: Playwright's event loop and the tests' own do not share one.
test-e2e: $(DEV) browser ## Run the journeys in Chromium
	@echo; echo "== Journeys in Chromium"
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal e2e $(ARGS)

pictures: $(DEV) browser ## Take the README's pictures anew
	@$(BIN)/python -m pytest e2e/test_pages.py --pictures docs/images

lint: $(DEV) ## Check style
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: $(DEV) ## Check types
	@$(BIN)/mypy

format: $(DEV) ## Format, and repair what can be repaired by itself
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# One lock for Python 3.11 and later on every platform; the dev lock contains the other one.
LOCK = $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command "make lock" --extra build $(LOCK_FLAGS) pyproject.toml

lock: $(VENV)/.python ## Lock the dependencies anew after a change in pyproject.toml
	@$(BIN)/python -m pip install -qq uv==$(UV_VERSION)
	@$(LOCK) --output-file requirements.lock
	@$(LOCK) --extra dev --constraint requirements.lock --output-file requirements-dev.lock

upgrade: ## Lock the newest releases of all dependencies
	@$(MAKE) --no-print-directory lock LOCK_FLAGS=--upgrade

clean: ## Remove the environment and the caches, not the data in var/
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps are written last, so what was broken off is done again.
$(VENV)/.python:
	@$(call ensure,$(PYTHON) -c 'import ensurepip',python3 python3-venv)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed.")'
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(RUNTIME): $(VENV)/.python requirements.lock pyproject.toml
	@echo "Installing the program and what it needs into $(VENV) …"
	@$(PIP_SYNC) -r requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(RUNTIME) requirements-dev.lock
	@echo "Installing the tools for development into $(VENV) …"
	@$(PIP_SYNC) -r requirements-dev.lock
	@touch $@

browser: $(DEV)
	@$(call ensure,$(BIN)/playwright --version,libatomic1)
	@if [ "$$(id -u)" = 0 ]; then $(call ensure,$(HAS_BROWSER),chromium fonts-liberation); \
	elif ! { $(HAS_BROWSER); } >/dev/null; then $(BIN)/playwright install chromium; fi
