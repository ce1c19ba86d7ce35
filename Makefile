# Two commands for a stranger, `make demo` and `make test`; each sets itself up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help demo test lint format bench clean

help:
	@echo "make demo    crawl a small newsroom on this machine and search it"
	@echo "make test    lint, types, import law and all tests"
	@echo "make lint    ruff and mypy alone"
	@echo "make format  let ruff lay out the code"
	@echo "make bench   install the peers the benches compare with"
	@echo "make clean   remove the virtual environment and everything made"

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "pressdex needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..." >&2; exit 4; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(READY)
	@$(BIN)/python -m tests.demo

test: lint
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# pip before 24 stumbles over the extras of lxml that two of the peers ask for.
bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=24'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'

clean:
	rm -rf $(VENV) .demo .bench build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
