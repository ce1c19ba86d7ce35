# Two commands for a stranger, `make demo` and `make test`; each sets itself up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
WHOOSH3 := .venv-whoosh3

.PHONY: help demo test test-whoosh3 lint format bench clean

help:
	@echo "make demo    crawl a small newsroom on this machine and search it"
	@echo "make test    lint, types, import law and all tests"
	@echo "make test-whoosh3  the index's tests on whoosh3, in an environment of their own"
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

# whoosh3 is the other heir of Whoosh; both are imported as whoosh, so that one environment holds one of them.
$(WHOOSH3)/.ready: pyproject.toml
	$(PYTHON) -m venv $(WHOOSH3)
	$(WHOOSH3)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	$(WHOOSH3)/bin/python -m pip uninstall --quiet --yes whoosh-reloaded
	$(WHOOSH3)/bin/python -m pip install --quiet --disable-pip-version-check --force-reinstall 'whoosh3>=3.54,<4'
	@touch $@

test-whoosh3: $(WHOOSH3)/.ready
	$(WHOOSH3)/bin/python -m pip list 2>/dev/null | grep -i whoosh
	$(WHOOSH3)/bin/python -m pytest --numprocesses auto --maxprocesses 4 tests/index tests/serve tests/test_search.py

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
	rm -rf $(VENV) $(WHOOSH3) .demo .bench build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
