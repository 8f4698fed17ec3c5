# `make run` and `make test` set up what they need in .venv; nothing is installed outside it.
PYTHON ?= python3
TORCH_VERSION ?= 2.13.0
# PyTorch's CPU build; `make TORCH_INDEX= run` takes PyPI's build (with CUDA on Linux) instead.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# An index that cannot be reached costs seconds, not minutes: pip goes on with what it finds elsewhere.
TORCH_FROM := $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX) --retries 1 --timeout 15)

.PHONY: help run test nightly long fuzz cover mutants bare check format bench picture dist install clean

help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 16

run: .venv/installed ## set up .venv and answer a first question
	$(BIN)/deriv "5*x**4+3*x**3" --at x=2

test: .venv/tested ## run all tests
	$(BIN)/python -m pytest

# What fails keeps nothing of the rest from being tried.
nightly: .venv/tested ## run all tests with thousands of random expressions, plant faults, try a bare clone
	$(MAKE) --keep-going long fuzz mutants bare

# All tests, those marked `nightly` too, with the hundreds and thousands of random cases of which the suite tries a few.
long: .venv/tested ## run all tests at their full length
	$(PIP) install --quiet --editable ".[dev,nightly]"
	$(BIN)/python -m pytest -m "" --hypothesis-profile=nightly

# The promise of the tool over the whole catalogue, with thousands of random expressions.
fuzz: .venv/tested ## hold thousands of random expressions against the promise
	$(BIN)/python -m pytest tests/test_trust.py -k contradicted --hypothesis-profile=fuzz

# Which lines of ours no test runs, in the processes of the tests and in those that they start.
cover: .venv/tested ## run all tests, and show the lines that none runs
	$(BIN)/python -m pytest -p tests.covering --cov --cov-report=term-missing:skip-covered --cov-fail-under=98

# Which of 300 planted faults no test sees; `python -m tests.mutants verdict 40` looks at a part.
mutants: .venv/tested ## plant faults, and show those that no test sees
	$(BIN)/python -m tests.mutants

# The two commands of the README in a bare clone of what is committed, with an environment of its own.
bare: ## run and test a bare clone of what is committed
	@set -e; folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	if ! $(PYTHON) -m pip --disable-pip-version-check download -q --no-deps -d "$$folder" setuptools; then \
		echo "bare: not run, for no package index can be reached"; exit 0; \
	fi; \
	git clone -q . "$$folder/derivcli"; \
	$(MAKE) -C "$$folder/derivcli" run test

check: .venv/tested ## check the format, the style and the types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: .venv/tested ## put the code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# `make bench BASE=main` also compares warm calls with those of another commit.
bench: .venv/tested ## measure the speed, as ratios against baselines
	$(BIN)/python -m tests.bench
	$(if $(BASE),$(BIN)/python -W ignore -m tests.bench_before $(BASE))
	$(BIN)/python -W ignore -m tests.bench_many
	$(BIN)/python -m tests.bench_batch
	$(BIN)/python -m tests.bench_engine

picture: .venv/tested ## draw the picture in the README
	$(BIN)/deriv "abs(x^2-1)" --plot .github/plot.svg

# The wheel is tried where nothing else of this checkout is: its environment only borrows the dependencies.
dist: .venv/tested ## build the packages, and run the wheel in an environment of its own
	rm -rf dist
	$(BIN)/python -m build
	$(BIN)/python -m tests.try_wheel dist/*.whl

install: .venv/installed ## set up .venv

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

clean: ## remove what make has made
	rm -rf .venv build dist *.egg-info
