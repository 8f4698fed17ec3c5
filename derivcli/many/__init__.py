"""f at many points: every row by torch in chunks, checked row by row, and some rows by all three witnesses."""

from __future__ import annotations

from derivcli.many.plan import Plan, plan, variables
from derivcli.many.run import answers

__all__ = ["Plan", "answers", "plan", "variables"]
