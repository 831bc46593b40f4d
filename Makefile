# make demo: from a fresh clone to a journey map on screen. make test: everything CI runs.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
SERVE ?= 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help demo setup test check unit browser verify soak bench docs clean

help: ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/'

$(BIN)/touchline: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.test: $(BIN)/touchline
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[test]'
	@touch $@

demo: $(BIN)/touchline ## install, import the demo company's exports, print the map and serve it (SERVE=0: end after printing)
	$(BIN)/touchline demo $(if $(filter 0,$(SERVE)),--no-serve,)

setup: $(VENV)/.test ## install what developing needs
