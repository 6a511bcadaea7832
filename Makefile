# make run: set up and look. make test: set up and test. Nothing is needed but Python 3.11+ with venv, and make.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: run test check docs bench clean

run: $(VENV)/installed
	@$(BIN)/avnkg run
	@echo "The command is $(BIN)/avnkg; 'source $(BIN)/activate' lets you write avnkg."

test: $(VENV)/tested docs
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

# Style, types and architecture.
check: $(VENV)/tested
	$(BIN)/ruff check avnkg tests
	$(BIN)/ruff format --check avnkg tests
	$(BIN)/mypy
	$(BIN)/lint-imports

# Pages made from the sources; never committed.
docs: $(VENV)/installed
	@$(BIN)/avnkg queries --markdown > queries/README.md
	@$(BIN)/avnkg documents schema > avnkg/corpus/document.schema.json

bench: $(VENV)/tested
	$(BIN)/python -m tests.benchmarks.bench

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

$(VENV)/installed: pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "avnkg needs Python 3.11 or newer; name it with PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "avnkg needs Python 3.11 or newer; name it with PYTHON=..."; exit 1; }
	@test -x $(BIN)/python || { echo "Setting up $(VENV) (once) ..."; $(PYTHON) -m venv $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[web]'
	@touch $@

$(VENV)/tested: $(VENV)/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@
