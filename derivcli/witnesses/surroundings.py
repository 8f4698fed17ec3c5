"""What a caller of ours may be in the middle of with torch. Nothing here imports it."""

from __future__ import annotations

import sys
from typing import Any

from derivcli.errors import UsageError


def check() -> None:
    """Raise `UsageError` inside a transform of `torch.func`, which would trace what torch does for us."""
    functorch: Any = getattr(getattr(sys.modules.get("torch"), "_C", None), "_functorch", None)
    current = getattr(functorch, "peek_interpreter_stack", None)  # torch has no public way to ask
    if current is not None and current() is not None:
        raise UsageError(
            "deriv cannot work inside a transform of torch.func",
            hint="call it outside of torch.func.grad, jvp, vmap and the like: its answers are plain numbers",
        )
