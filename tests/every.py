"""One test of many cases: each that fails is named, and a case costs nothing but itself; and how many are enough."""

from __future__ import annotations

import inspect
from functools import wraps
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Test = Callable[..., None]


def for_all(names: str | tuple[str, ...], cases: Iterable[Any]) -> Callable[[Test], Test]:
    """Turn a test of one case into a test of all, as `parametrize` does into many; it names all cases that fail.

    A case is the value of one name, or a tuple of values of several names. For checks of a line or two: each test that
    pytest counts costs about two milliseconds in every process, whatever it checks.
    """
    listed = tuple(cases)

    def decorate(test: Test) -> Test:
        wanted = (names,) if isinstance(names, str) else names

        @wraps(test)
        def test_all(**fixtures: Any) -> None:
            failed: list[tuple[Any, Exception]] = []
            for case in listed:
                values = (case,) if isinstance(names, str) else case
                try:
                    test(**fixtures, **dict(zip(wanted, values, strict=True)))
                except Exception as error:
                    failed.append((case, error))
            if failed:
                said = (f"{_named(case)}: {type(error).__name__}: {error}" for case, error in failed)
                raise AssertionError("\n\n".join(said)) from failed[0][1]

        signature = inspect.signature(test)
        others = [parameter for name, parameter in signature.parameters.items() if name not in wanted]
        test_all.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        return test_all

    return decorate


def examples(sample: int, all_night: int) -> settings:
    """Return how many random cases a property is tried on: a sample in the suite, far more by `make nightly`.

    A sample is as large as what still finds a fault that was planted for it.
    """
    count = all_night if is_nightly() else sample
    return settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))


def at_night(*cases: Any) -> list[Any]:
    """Return cases of `parametrize` that only `make nightly` tries: each differs little from one that always is."""
    return [pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.nightly) for case in cases]


def is_nightly() -> bool:
    """Tell whether the tests run by `make nightly`, which tries all that the suite samples."""
    return settings.get_current_profile_name() == "nightly"


def _named(case: Any) -> str:
    """Return the name of a row of the catalogue, any other case as it is."""
    return str(getattr(case, "name", None) or repr(case))
