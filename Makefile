# Two commands: `make briefing` makes an edition of the shipped seeds and feeds, `make test` proves everything.
# Each sets up what it needs from nothing: a virtual environment here, and for the tests a browser, fonts and
# PostgreSQL from the system's packages where they are missing.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: briefing preview test lint types contracts bench clean

briefing: $(VENV)/.installed
	$(BIN)/briefing build

preview: $(VENV)/.installed
	$(BIN)/briefing preview

test: lint types contracts $(VENV)/.services
	$(BIN)/pytest -n 2 --dist loadgroup

lint: $(VENV)/.tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.tools
	$(BIN)/mypy

contracts: $(VENV)/.tools
	$(BIN)/lint-imports

bench: $(VENV)/.tools
	for script in bench/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

clean:
	rm -rf $(VENV) out data build dist

$(VENV)/bin/pip:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "briefing needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade 'pip>=25.1'

$(VENV)/.installed: pyproject.toml $(VENV)/bin/pip
	$(BIN)/pip install --quiet --editable .
	@touch $@

$(VENV)/.tools: pyproject.toml $(VENV)/.installed
	$(BIN)/pip install --quiet --group dev
	@touch $@

$(VENV)/.services: .ci/services $(VENV)/.tools
	bash .ci/services
	@touch $@

# What is written from the code: the schemas that other programs read.
docs/edition.schema.json: briefing/model.py briefing/render/data.py
	$(BIN)/python -c 'import json; from briefing.render.data import edition_schema as s; print(json.dumps(s(), ensure_ascii=False, indent=1))' > $@
