"""sympy without its tensors: it asks of every sum whether a tensor is in it, and for that it loads all that they need.

That is group theory, with the permutations of five solids: 30 ms of the worker's first answer, a tenth of its start. No
tensor is ever made here, so that no object is of the class that is asked for.
"""

from __future__ import annotations

import sys
from types import ModuleType

_NAME = "sympy.tensor.tensor"


def leave_out() -> None:
    """Let sympy find no tensors in this process, which is asked for none."""
    sys.modules.setdefault(_NAME, _Nothing(_NAME))


class _Nothing(ModuleType):
    """A module in which every name is a class that nothing is of."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (), {})
        setattr(self, name, made)
        return made
