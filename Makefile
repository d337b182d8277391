# The portal's commands. They need git, make and Python 3.11 or newer, and make the rest.

PORT ?= 8000
PYTHON ?= $(shell command -v python3 || command -v python3.13 || command -v python3.12 || command -v python3.11)
SET_UP = $(or $(PYTHON),$(error There is no python3 here: install Python 3.11 or newer)) -I portal/bootstrap.py
BIN = .venv/bin
UV = $(BIN)/python -m uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-header --no-annotate

.PHONY: help run test check bench faults assets ready lock clean
.NOTPARALLEL:

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Make what is missing and serve the demonstration on PORT (8000)
	@$(SET_UP) run $(PORT)

test: check ## Everything that must hold: the checks, then all tests (ARGS="-k bids" chooses)
	@$(BIN)/python -m pytest -n 2 $(ARGS)

check: ready ## Style, types, templates, layers and security, without running the tests
	@$(BIN)/mypy portal & types=$$!; \
	  $(BIN)/ruff check --quiet && $(BIN)/ruff format --check --quiet && $(BIN)/djlint --lint --quiet templates \
	    && $(BIN)/lint-imports --no-logo && $(BIN)/bandit --quiet --configfile pyproject.toml --recursive portal; \
	  others=$$?; wait $$types && exit $$others

bench: ready ## How fast it is, with up to 100,000 bids on both databases; kept in docs/bench.md (BENCH_QUICK=1 is short)
	@$(BIN)/python -m tests.bench

faults: ready ## Break the portal in every way while people use it; live 10,000 steps of lives, and 200 people at once (half an hour, root)
	@$(BIN)/python -m tests.faults
	@$(BIN)/python -m tests.faults.migrations
	@LONG=1 $(BIN)/python -m pytest -s tests/life tests/awards/test_last_pounds.py tests/faults/test_markers.py tests/people/test_timing.py

assets: ready ## Bring the front-end packages into static/vendor

ready:
	@$(SET_UP) test-ready

lock: ready ## Choose package versions anew and write all three lock files
	@$(BIN)/python -m pip install --quiet uv
	@$(UV) --upgrade --extra assets --extra postgres --extra redis --extra oidc --extra word --output-file requirements.lock
	@$(UV) --extra test --constraint requirements.lock --output-file .venv/all-tests.lock
	@awk 'NR == FNR {if (/^[^ ]/) has[$$1]; next} /^[^ ]/ {wanted = !($$1 in has)} wanted' \
		requirements.lock .venv/all-tests.lock > requirements-test.lock
	@$(BIN)/npm install --package-lock-only --ignore-scripts

clean: ## Remove what set-up made; the databases in instance/ stay
	@rm -rf .venv node_modules static/vendor .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
