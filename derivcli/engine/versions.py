"""What computes the numbers, by version: it has to be the same wherever parts of one question are answered."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from derivcli.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Mapping

# pyarrow is not among them: it writes what we tell it, and does not compute.
PACKAGES = ("derivcli", "torch", "sympy", "mpmath", "python-flint", "numpy", "scipy")
MISSING = "none"


@cache
def versions() -> Mapping[str, str]:
    """Return the versions here, by package, and that of Python."""
    return {"Python": platform.python_version(), **{name: installed(name) for name in PACKAGES}}


def installed(name: str) -> str:
    """Return the version of a package, `none` where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return MISSING


def check(wanted: Mapping[str, str], found: Mapping[str, str], where: str) -> None:
    """Raise `EngineError` where another version is found than wanted."""
    others = [name for name in wanted if found.get(name, MISSING) != wanted[name]]
    if others:
        name = others[0]
        raise EngineError(
            f"{where} has {name} {found.get(name, MISSING)}, and this machine has {wanted[name]}",
            hint=f"install the same versions on both: {', '.join(f'{other} {wanted[other]}' for other in others)}",
        )
