"""What is said to who asks nothing: what the command is, and how to ask."""

from __future__ import annotations

from derivcli.errors import UsageError

GREETING = """\
deriv differentiates an expression, and says how far the answer can be trusted:

  deriv "x^2 sin(x)"                     the derivative as a formula
  deriv "5x^4 + 3x^3" --at x=2           the numbers, checked three ways
  deriv "u^3 + v^2 + 4u*v" --at u=3,v=4  all partial derivatives
  deriv "1/x" --at x=1:2:11              a table of many points
  echo "x^2" | deriv --at x=3 -q         the number alone, for a script

deriv --help shows all options, deriv --manual explains them"""


class NothingAskedError(UsageError):
    """There is no expression: neither a word nor anything piped in.

    It is an error on a terminal too: a script whose `deriv $EXPRESSION` has become `deriv` is no success.
    """

    def __init__(self) -> None:
        super().__init__("there is no expression", hint='give one in quotes: deriv "x^2" --at x=3')
