"""What sums need of sympy where its tensors are left out, in a process of its own."""

from __future__ import annotations

import subprocess
import sys

_SUMS = """
import sys
from derivcli.witnesses import no_tensors
{first}
import sympy
x = sympy.Symbol("x")
print((x**2*sympy.sin(x)).diff(x) + 2*x, "sympy.combinatorics" in sys.modules)
"""


def said(first: str) -> str:
    """Return what sums come to, and whether group theory is loaded for them."""
    ran = subprocess.run([sys.executable, "-c", _SUMS.format(first=first)], capture_output=True, text=True, check=True)
    return ran.stdout


def test_sums_are_the_same_without_tensors_and_load_no_group_theory() -> None:
    assert said("no_tensors.leave_out()") == "x**2*cos(x) + 2*x*sin(x) + 2*x False\n"


def test_sympy_loads_group_theory_for_a_sum_where_they_are_not_left_out() -> None:
    assert said("") == "x**2*cos(x) + 2*x*sin(x) + 2*x True\n"
