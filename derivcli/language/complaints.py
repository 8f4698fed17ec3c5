"""What the parser says when it cannot go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import EquationError, ExpressionError, UnknownNameError
from derivcli.language import tokens

if TYPE_CHECKING:
    from derivcli.errors import Span
    from derivcli.language.tokens import Token

CLOSING = frozenset({tokens.END, ")", "|", "⌋", "⌉", ","})


def empty() -> ExpressionError:
    """There is no text at all."""
    return ExpressionError("the expression is empty", hint="give one, such as `x^2`")


def nothing_inside(bracket: Token, token: Token) -> ExpressionError:
    """A bracket is closed at once."""
    return ExpressionError("there is nothing inside", bracket.span.to(token.span))


def missing_after(before: Token, text: str) -> ExpressionError:
    """An operator has no right side."""
    typed = text[before.span.start : before.span.end]
    return ExpressionError(f"something is missing after `{typed}`", before.span)


def missing_before(token: Token, before: Token | None) -> ExpressionError:
    """An operator has no left side."""
    doubled = token.kind == "*" and before is not None and before.kind == "*"
    hint = "write `^` or `**` for a power" if doubled else None
    return ExpressionError(f"something is missing before `{token.text}`", token.span, hint=hint)


def number_follows(before: Token, number: Token) -> ExpressionError:
    """A number stands directly after another operand."""
    if before.kind == tokens.NUMBER:
        return ExpressionError(
            "two numbers side by side",
            before.span.to(number.span),
            hint=f"write `{before.text}*{number.text}` to multiply",
        )
    return ExpressionError(
        "a number cannot follow directly", number.span, hint="write `*` to multiply or `^` for a power"
    )


def second_expression(span: Span) -> ExpressionError:
    """An operand stands on a line of its own."""
    return ExpressionError(
        "a new line starts a second expression", span, hint="give one at a time, or write `*` to multiply"
    )


def never_closed(bracket: Token, token: Token) -> ExpressionError:
    """A bracket is open at the end, or where another one closes."""
    crossed = bracket.kind == "|" and token.kind != tokens.END
    hint = "`|` is only the absolute value; write `or` between conditions" if crossed else None
    return ExpressionError(f"`{bracket.kind}` is never closed", bracket.span, hint=hint)


def never_opened(token: Token) -> ExpressionError:
    """A bracket is closed that was never opened, or a token stands where none of its kind can."""
    if token.kind in CLOSING:
        return ExpressionError(f"`{token.text}` was never opened", token.span)
    return UnknownNameError(f"`{token.text}` has no meaning here", token.span)


def comma(span: Span) -> ExpressionError:
    """A comma stands outside a call."""
    return ExpressionError(
        "a comma has no meaning here", span, hint="a decimal point is written `.`; a comma separates arguments"
    )


def equation(span: Span, variable: str | None) -> EquationError:
    """An equals sign stands where no definition can be; `variable` may follow from the equation."""
    hint = "give one side of it, or write `==` for a condition"
    if variable is not None:
        hint = f"add --implicit {variable} for the slope of the curve, or {hint}"
    return EquationError("this is an equation, not an expression", span, hint=hint)


def second_equation(span: Span) -> EquationError:
    """An equation has two equals signs."""
    return EquationError("a second equals sign", span, hint="give one equation at a time")


def two_factorials(span: Span) -> ExpressionError:
    """`3!!` could mean two things."""
    return ExpressionError(
        "two factorial signs in a row", span, hint="write `factorial(factorial(x))` if that is meant"
    )


def condition_not_number(span: Span) -> ExpressionError:
    """A condition stands where a number should."""
    return ExpressionError("this is a condition, not a number", span, hint="use it in `where(condition, a, b)`")


def number_not_condition(span: Span) -> ExpressionError:
    """A number stands where a condition should."""
    return ExpressionError("this is a number, not a condition", span, hint="compare it, such as `x > 0`")
