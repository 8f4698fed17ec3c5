"""How large an expression may be. Checked before anything is converted or computed."""

from __future__ import annotations

from derivcli.errors import LimitError, Span

MAX_LENGTH = 1_000_000  # characters of an expression
MAX_DEPTH = 500  # nesting of parentheses and of operations
MAX_NODES = 300_000  # operations, numbers and names
MAX_LITERAL = 4_000  # decimal digits of a number as typed, its exponent included
MAX_NAME = 100  # characters of a name
MAX_CONSTANT = 4_000  # decimal digits of a constant power or factorial


def check_length(text: str) -> None:
    """Raise `LimitError` for a text that is too long to be read."""
    if len(text) > MAX_LENGTH:
        raise LimitError(f"the expression is too long: {len(text)} characters, the limit is {MAX_LENGTH}", source="")


def check_depth(depth: int, span: Span) -> None:
    """Raise `LimitError` where the nesting becomes too deep."""
    if depth > MAX_DEPTH:
        raise LimitError(f"the expression is nested too deeply: the limit is {MAX_DEPTH} levels", span)


def check_nodes(count: int, span: Span) -> None:
    """Raise `LimitError` where an expression has too many parts."""
    if count > MAX_NODES:
        raise LimitError(f"the expression has too many parts: the limit is {MAX_NODES}", span)


def check_literal(digits: int, span: Span) -> None:
    """Raise `LimitError` for a number literal that stands for too many digits."""
    if digits > MAX_LITERAL:
        raise LimitError(f"the number is too long: {digits} digits, the limit is {MAX_LITERAL}", span)


def check_name(length: int, span: Span) -> None:
    """Raise `LimitError` for a name that is too long to be meant."""
    if length > MAX_NAME:
        raise LimitError(f"the name is too long: {length} characters, the limit is {MAX_NAME}", span)


def check_constant(digits: float, span: Span | None) -> None:
    """Raise `LimitError` for a constant power or factorial whose result is too large."""
    if digits > MAX_CONSTANT:
        raise LimitError(f"the constant is too large: the limit is {MAX_CONSTANT} digits", span)
