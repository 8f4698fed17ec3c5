"""A row for each operation on rationals, balls and boxes: the rule, behind the guard that makes it a theorem.

A function of the catalogue without a row is computed by its definition.
"""

from __future__ import annotations

from derivcli.witnesses.proof.functions.arithmetic import ARITHMETIC
from derivcli.witnesses.proof.functions.bessel import BESSEL
from derivcli.witnesses.proof.functions.elementary import ELEMENTARY
from derivcli.witnesses.proof.functions.gammas import GAMMAS
from derivcli.witnesses.proof.functions.hypergeometric import HYPERGEOMETRIC
from derivcli.witnesses.proof.functions.polynomials import POLYNOMIALS

RULES = {**ARITHMETIC, **ELEMENTARY, **GAMMAS, **BESSEL, **HYPERGEOMETRIC, **POLYNOMIALS}
