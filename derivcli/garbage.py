"""The collector of garbage: off in a process that answers once and ends, and wanted in one that lives on."""

from __future__ import annotations

import gc

# New objects after which garbage is looked for, some megabytes: each question makes thousands, of which few are in
# circles. With Python's 700 it takes a tenth of the time.
_OBJECTS = 20_000


def collect() -> None:
    """Look for garbage from now on, but not in what is there: torch's and sympy's million objects are to stay."""
    gc.freeze()
    gc.set_threshold(_OBJECTS)
    gc.enable()
