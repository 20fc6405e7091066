PYTHON ?= python3
PORT   ?= 8000
BIN    := .venv/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
WEB    := $(shell find web -name node_modules -prune -o -type f -print)
UV     := .tools/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url

.PHONY: serve test lint check coverage fix docs screenshots browser lock clean

serve: .venv/.ready
	$(BIN)/hostagegraph build
	$(BIN)/hostagegraph serve --port $(PORT)

test: .venv/.ready-test
	$(BIN)/python -m pytest

lint: .venv/.ready-test  # format, style, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint
	$(BIN)/python -m pytest -q -m "not slow and not browser"

coverage: .venv/.ready-test  # all tests, with the share of branches they reach
	$(BIN)/python -m pytest -q --cov

fix: .venv/.ready-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: .venv/.ready  # writes the generated pages of docs/
	$(BIN)/hostagegraph docs

screenshots: .venv/.ready-test  # of each kind of page, in both themes and two widths
	$(BIN)/hostagegraph build
	$(BIN)/python -m tests.service.screenshots

browser:  # Debian/Ubuntu: Chromium for the browser tests
	$(if $(filter 0,$(shell id -u)),,sudo) sh -c 'apt-get update -q && apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends chromium'

.venv/.ready: pyproject.toml requirements.lock hatch_build.py $(WEB)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "hostagegraph needs Python 3.11+; try: make PYTHON=python3.12" or 0)'
	$(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps -e .
	@touch $@

.venv/.ready-test: .venv/.ready requirements-test.lock
	$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@

lock:  # maintainers: write the two requirement files anew
	$(PYTHON) -m venv .tools && .tools/bin/python -m pip install --quiet uv==0.13.9
	$(UV) pyproject.toml -o requirements.lock
	$(UV) --group test -c requirements.lock pyproject.toml -o requirements-test.lock

clean:
	rm -rf .venv .tools .cache snapshots screenshots web/node_modules src/hostagegraph/service/static
