# What a stranger types: `make demo` and `make test`. Needs Python 3.11 or newer, make and git.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: install demo test test-browser bench check lock clean

install: $(VENV)/.installed

$(VENV)/.installed: requirements/test.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Spotter needs Python 3.11 or newer; try: make install PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --only-binary :all: -r requirements/test.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

demo: install
	$(BIN)/spotter demo

test: install
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --cov --cov-report=

test-browser: $(VENV)/.browser
	$(BIN)/python -m pytest -m browser tests/browser

$(VENV)/.browser: requirements/browser.txt $(VENV)/.installed
	$(PIP) install --require-hashes --only-binary :all: -r requirements/browser.txt
	@touch $@

bench: install
	@status=0; for file in $$(grep -l '^def main' benchmarks/*.py); do \
	  $(BIN)/python -m benchmarks.$$(basename $$file .py) || status=1; done; exit $$status

check: install
	scripts/check

lock:
	scripts/lock

clean:
	rm -rf $(VENV) .spotter
