# make demo: from a fresh clone to a journey map on screen. make test: everything CI runs.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
SERVE ?= 1
PEERS = benchmarks/.venv
# Written by npm when it has installed everything: the real clients that the collector is tested with.
CLIENTS = tests/clients/node_modules/.package-lock.json
BENCH ?= --write
export PIP_DISABLE_PIP_VERSION_CHECK = 1
unexport PYTHONDONTWRITEBYTECODE # tests start a hundred processes, and each would compile everything anew

.DEFAULT_GOAL := help
.PHONY: help demo setup test types tested check unit browser verify soak bench oracles docs clean

help: ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/'

PAGES = hatch_build.py package.json package-lock.json $(wildcard browser/* src/touchline/ui/assets/* src/touchline/ui/assets/*/*)

$(BIN)/touchline: pyproject.toml constraints.txt $(PAGES)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.test: $(BIN)/touchline
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[test]'
	@touch $@

$(CLIENTS): tests/clients/package-lock.json | $(VENV)/.test
	$(BIN)/python -m tools.install_clients

demo: $(BIN)/touchline ## install, import the demo company's exports, print the map and serve it (SERVE=0: end after printing)
	$(BIN)/touchline demo $(if $(filter 0,$(SERVE)),--no-serve,)

setup: $(VENV)/.test $(CLIENTS) ## install what developing needs

test: setup ## everything CI runs: style, types, import contracts, tests, docs; five to six minutes
	@$(SHELL) tools/find-browser.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(MAKE) --no-print-directory --jobs 2 types tested

types: setup
	$(BIN)/mypy
	$(BIN)/python -m tools.script_types
	PYTHONPATH=. $(BIN)/lint-imports

# Numerical libraries would start threads in each of three processes.
tested: setup
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n 3 --dist loadgroup -m "not verify and not soak"

unit: setup ## the tests without a browser and without the large data sets
	$(BIN)/pytest -n 2 -m "not browser and not data and not verify and not soak"

verify: setup ## slow proofs: many kills, many seeds, hostile bodies by the thousand, many examples (planted worlds: touchline verify)
	$(BIN)/pytest -m "verify or hypothesis" --hypothesis-profile thorough -s

soak: setup ## long runs
	$(BIN)/pytest -m soak -s tests/proofs

$(PEERS)/.installed: benchmarks/requirements.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet -r benchmarks/requirements.txt
	@touch $@

bench: $(BIN)/touchline $(PEERS)/.installed ## benchmarks beside their peers; prints ratios and peak memory (BENCH="--events 100000": a quick run)
	$(BIN)/python -m benchmarks.run $(BENCH)

oracles: $(BIN)/touchline $(PEERS)/.installed ## hold our figures against reference implementations that may not be dependencies
	$(BIN)/python -m benchmarks.oracles

docs: setup ## write the generated reference pages anew
	$(BIN)/python -m tools.reference

clean: ## remove what building and testing left
	rm -rf $(VENV) $(PEERS) node_modules tests/clients/node_modules build dist demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
