# Same table. `make run` to see it, `make test` to trust it; both set up all they need.

PORT ?= 8000
SECONDS ?= 6
ROUNDS ?= 2
MINUTES ?= 20
PYTHON ?= python3
BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement
AT := http://127.0.0.1:$(PORT)

# What is made once, and again only when what it is made of has changed.
ENVIRONMENT := .venv/.installed
TEST_ENVIRONMENT := .venv/.installed-for-tests
AUDIT_ENVIRONMENT := .venv-audit/.installed
PACKAGES := node_modules/.installed
ASSETS := static/dist/manifest.json
SOURCES := $(shell find static/src -type f)

# On every processor; a file stays on one, so that what it makes once is made once.
TESTS := $(BIN)/pytest --numprocesses=auto --dist=loadfile --durations=20

export PORT

.DEFAULT_GOAL := help
# In the order written: what cannot go well is said before any work begins.
.NOTPARALLEL:
.PHONY: help run setup test lint unit attack integration browser test-faults bench bench-soak bench-scale bench-sign-in
.PHONY: mutate fuzz audit sbom
.PHONY: can-run can-set-up can-test

help:
	@echo "make run      set up and serve on $(AT); EMPTY=1 starts without the demo network"
	@echo "make test     set up and run every check"
	@echo "make setup    the environment and the assets only"
	@echo "make lint     style, types and the order of the rooms"
	@echo "make bench    measure speed beside a floor measured in the same run, in 12 minutes; SECONDS=1 ROUNDS=1 is quicker"
	@echo "make bench-soak   20 minutes at 80 % of what it can do: errors, memory, disk; MINUTES=5 is quicker"
	@echo "make bench-scale  pages and commands with 10,000 services and 1,000,000 responses; hours"
	@echo "make test-faults  kill it in every way, 200 times on each database, while people answer"
	@echo "make fuzz     send every form and address what nobody means; FUZZ=20 goes on longer"
	@echo "make audit    ask what weaknesses of our packages are known"
	@echo "make sbom     write down every package in use, as CycloneDX"
	@echo "make mutate   how many small faults in scoring and disclosure the tests would miss"

# The server takes the place of the shell ($$$$), and the jobs worker beside it stops when it does, and the other way round.
# Messages have links in them, which must lead here.
run: export PUBLIC_ADDRESS ?= $(AT)
run: can-run setup
	@$(FLASK) prepare $(if $(EMPTY),--real,--demo --at $(AT))
	@echo "Same table is at $(AT)/. Press Ctrl+C to stop."
	@{ nice $(FLASK) jobs run --beside $$$$; kill $$$$ 2>/dev/null; } & exec $(BIN)/gunicorn --config gunicorn.conf.py wsgi:app

# Compiled here, for whoever serves it may not write here, and would compile all of it anew at each start.
setup: can-set-up $(ENVIRONMENT) $(ASSETS)
	@$(BIN)/python -m compileall -q assessment

test: can-test setup $(TEST_ENVIRONMENT) lint
	$(TESTS) --cov=assessment/scoring --cov=assessment/disclosure --cov-report=term --cov-fail-under=100 tests/unit
	$(TESTS) tests/attack
	$(TESTS) tests/integration
	$(TESTS) tests/browser
	$(TESTS) tests/faults

lint: $(TEST_ENVIRONMENT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict assessment
	$(BIN)/lint-imports --no-logo

unit attack integration browser: $(TEST_ENVIRONMENT) $(ASSETS)
	$(TESTS) tests/$@

test-faults: export FAULTS ?= 200
test-faults: can-test $(TEST_ENVIRONMENT) $(ASSETS)
	$(BIN)/pytest tests/faults

bench: $(TEST_ENVIRONMENT) $(ASSETS)
	$(BIN)/python -m benchmarks --seconds $(SECONDS) --rounds $(ROUNDS)

bench-soak: $(TEST_ENVIRONMENT) $(ASSETS)
	$(BIN)/python -m benchmarks.soak --minutes $(MINUTES)

bench-scale: $(TEST_ENVIRONMENT) $(ASSETS)
	$(BIN)/python -m benchmarks.scale

mutate: $(TEST_ENVIRONMENT)
	$(BIN)/mutmut run
	$(BIN)/mutmut results

fuzz: export FUZZ ?= 5
fuzz: $(TEST_ENVIRONMENT) $(ASSETS)
	$(TESTS) tests/integration/fuzz

bench-sign-in: $(TEST_ENVIRONMENT) $(ASSETS)
	$(BIN)/python -m benchmarks.sign_in

audit: $(AUDIT_ENVIRONMENT)
	@$(PYTHON) tools/audit.py

sbom: $(AUDIT_ENVIRONMENT)
	@mkdir -p build
	.venv-audit/bin/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible --output-file build/sbom-python.json
	npm sbom --package-lock-only --sbom-format cyclonedx > build/sbom-browser.json
	@echo "Every package in use is in build/sbom-python.json and build/sbom-browser.json"

can-run:
	@$(PYTHON) tools/check.py --port $(PORT) --folder "$${INSTANCE:-instance}"

can-set-up:
	@$(PYTHON) tools/check.py --programs --folder .

can-test:
	@tools/test-programs

.venv/bin/python:
	@echo "Making the Python environment"
	@$(PYTHON) -m venv .venv

$(ENVIRONMENT): requirements.txt | .venv/bin/python
	@echo "Installing the Python packages"
	@$(PIP) requirements.txt
	@touch $@

$(TEST_ENVIRONMENT): requirements-dev.txt | .venv/bin/python
	@echo "Installing the Python packages for tests"
	@$(PIP) requirements-dev.txt
	@touch $@

$(AUDIT_ENVIRONMENT): requirements-audit.txt
	@echo "Installing what looks over the packages"
	@$(PYTHON) -m venv .venv-audit
	@.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-audit.txt
	@touch $@

$(PACKAGES): package-lock.json package.json
	@echo "Installing the packages for the browser's files"
	@npm ci --silent
	@touch $@

$(ASSETS): $(PACKAGES) $(SOURCES)
	@echo "Building the browser's files"
	@npm run --silent build
	@touch $@
