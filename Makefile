# `make run` and `make test` set up what they need in .venv; nothing is installed outside it.
PYTHON ?= python3
TORCH_VERSION ?= 2.13.0
# PyTorch's CPU build; `make TORCH_INDEX= run` takes PyPI's build (with CUDA on Linux) instead.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# An index that cannot be reached costs seconds, not minutes: pip goes on with what it finds elsewhere.
TORCH_FROM := $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX) --retries 1 --timeout 15)

.PHONY: run test nightly fuzz check format bench picture clean install

run: .venv/installed
	$(BIN)/deriv "5*x**4+3*x**3" --at x=2

test: .venv/tested
	$(BIN)/python -m pytest

# All tests, those marked `nightly` too, and thousands of random programs for each property that a few hundred sample.
nightly: fuzz
	$(BIN)/python -m pytest -m "" --hypothesis-profile=nightly

# The promise of the tool over the whole catalogue, with thousands of random expressions.
fuzz: .venv/tested
	$(BIN)/python -m pytest tests/test_trust.py -k contradicted --hypothesis-profile=fuzz

check: .venv/tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: .venv/tested
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/tested
	$(BIN)/python -m tests.bench
	$(BIN)/python -W ignore -m tests.bench_many

# The picture in the README.
picture: .venv/tested
	$(BIN)/deriv "abs(x^2-1)" --plot .github/plot.svg

install: .venv/installed

.venv/torch:
	$(PYTHON) -m venv .venv
	$(PIP) install $(TORCH_FROM) torch==$(TORCH_VERSION)
	touch $@

.venv/installed: .venv/torch pyproject.toml
	$(PIP) install --quiet --compile --editable .
	$(BIN)/python -m compileall -q derivcli
	touch $@

.venv/tested: .venv/installed
	$(PIP) install --quiet --compile --editable ".[dev]"
	touch $@

clean:
	rm -rf .venv build *.egg-info
