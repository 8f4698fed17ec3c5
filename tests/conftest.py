"""Settings of all tests."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from derivcli.witnesses import client

if TYPE_CHECKING:
    from collections.abc import Iterator

# The tests start hundreds of processes: each compiles 240 modules, half a second, unless bytecode is kept.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False  # in this process too: to rewrite the asserts of all tests takes eight seconds
# As in the worker: beside python-flint sympy would take FLINT's integers for its own.
os.environ["SYMPY_GROUND_TYPES"] = "python"

# Where a build must not fail by chance the examples are the same every time; at a desk they are new ones.
_SAMPLE = 25  # random cases of a property that says nothing else: a quarter of what Hypothesis would try
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=_SAMPLE)
settings.register_profile("desk", deadline=None, max_examples=_SAMPLE)
settings.register_profile("nightly", deadline=None, max_examples=300)  # `make nightly`, with `every.examples`
settings.register_profile("fuzz", deadline=None, max_examples=2_600)  # `make fuzz`
settings.load_profile("ci" if os.environ.get("CI") else "desk")


# Objects made before garbage is looked for: by Python's 700 it is a twentieth of the time of the tests.
_BETWEEN_COLLECTIONS = 50_000


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what is there when the tests begin: torch, sympy and 8,000 tests.

    To look through these millions of objects again and again was a fifth of the time of tests that make many.
    """
    gc.freeze()
    gc.set_threshold(_BETWEEN_COLLECTIONS)


def pytest_runtest_teardown() -> None:
    """Leave what a test has asked the worker and not heard: the next test would wait for it, until its deadline."""
    for question in list(client._under_way):
        client.leave(question)


@pytest.fixture(scope="session", autouse=True)
def _stopped() -> Iterator[None]:
    """End the worker that all tests of a process share: a start of it takes a second of the processor."""
    yield
    client.stop()
