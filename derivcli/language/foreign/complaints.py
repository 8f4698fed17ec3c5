"""What is said of notations of other programs that mean something else here, or two things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError
from derivcli.language.complaints import DOUBTFUL

if TYPE_CHECKING:
    from derivcli.errors import Span


def named_argument(span: Span, function: str) -> ExpressionError:
    """An argument has a name that does not say its place."""
    return ExpressionError(
        "an argument with this name is not read", span, hint=f"give the arguments of `{function}` in their order"
    )


def comment_of_matlab(span: Span) -> ExpressionError:
    """`%` stands beside `.^` or `.*`."""
    return ExpressionError(
        "`%` starts a comment there, and is the remainder here",
        span,
        hint="leave the comment out, or write `mod(x, y)`",
    )


def sign_of_remainder(span: Span) -> ExpressionError:
    """`%` stands in a text of C or JavaScript."""
    return ExpressionError(
        "`%` has the sign of the left side there, of the right side here",
        span,
        hint="write `fmod(x, y)` or `mod(x, y)`",
    )


def remainder_of_sum(span: Span) -> ExpressionError:
    """`a + x mod 2` could mean two things."""
    return ExpressionError(DOUBTFUL, span, hint="write brackets: `(a + b) mod c` or `a + (b mod c)`")


def power_of_power(span: Span) -> ExpressionError:
    """`a^b^c` groups to the left in MATLAB and in spreadsheets."""
    return ExpressionError(DOUBTFUL, span, hint="write brackets: `(a^b)^c` or `a^(b^c)`")
