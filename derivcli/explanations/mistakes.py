"""The mistakes that people make: what one is called, and what it makes of a part in the place of a rule.

To find a mistake is to differentiate with one broken rule, then with two, and to see whether that gives the answer. Of
several that give it the first is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.explanations.broken_functions import BRANCHES, FUNCTIONS
from derivcli.explanations.broken_powers import POWERS
from derivcli.explanations.broken_sums import PRODUCTS, SUMS
from derivcli.explanations.way import NoRuleError, Rule, Way

if TYPE_CHECKING:
    from derivcli.language.tree import Node

MISTAKES = (*BRANCHES, *POWERS, *PRODUCTS, *FUNCTIONS, *SUMS)


def fits(mistake: Rule, part: Node, way: Way) -> bool:
    """Tell whether a mistake can be made at a part, and makes something else of it than the right rule does."""
    try:
        found = mistake.apply(part, way)
        return found is not None and found != way.right.apply(part).after
    except (NoRuleError, ZeroDivisionError):
        return False
