"""Whether all numbers of a column are finite, in one quick look."""

from __future__ import annotations

from typing import Any

import numpy as np


def are_finite(column: Any) -> bool:
    """Tell whether all numbers are finite; rarely not, although they are: where their sum overflows."""
    with np.errstate(all="ignore"):
        return bool(np.isfinite(column.sum()))
