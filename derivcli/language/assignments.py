"""`x=2,y=pi/4` -> names and the texts of their values."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from derivcli.errors import DerivError, PointError, Span
from derivcli.language import tokens
from derivcli.language.limits import check_constants
from derivcli.language.operators import KEYWORDS
from derivcli.language.parser import parse
from derivcli.language.tex import is_tex
from derivcli.language.tokens import Token, tokenize
from derivcli.language.tree import VARIABLE, Node, each, span_of, variables

_HOW = "write NAME=VALUE, such as x=2 or x=2,y=pi/4"


class Assignment(NamedTuple):
    """A name and the text of its value, as typed."""

    name: str
    text: str
    span: Span


def split_assignments(text: str) -> list[Assignment]:
    """Split `x=2,y=max(1,2)` at the commas that a new `NAME=` follows.

    Raises `PointError` for anything else, `ExpressionError` for a foreign character.
    """
    try:
        stream = _tokens(text)
        named = [i for i, (name, sign) in enumerate(pairwise(stream)) if sign.kind == "=" and name.kind == tokens.NAME]
        starts = [i for i in named if i == 0 or stream[i - 1].kind == ","]
        if not starts or starts[0] != 0:
            raise PointError("a value needs a name", Span(0, len(text)), hint=_HOW)
        for name in (stream[i] for i in named if i not in starts):
            raise PointError(f"a comma is missing before `{name.text}`", name.span, hint=_HOW)
        ends = [*(start - 1 for start in starts[1:]), len(stream) - 1]
        return [_assignment(stream, start, end, text) for start, end in zip(starts, ends, strict=True)]
    except DerivError as error:
        raise error.within(text) from None


def split_names(text: str) -> list[str]:
    """Split `x,y` into names; raises `PointError` for anything else."""
    try:
        stream = _tokens(text)[:-1]
        names, commas = stream[::2], stream[1::2]
        if not names or len(stream) % 2 == 0 or any(token.kind != "," for token in commas):
            raise PointError("names must be separated by commas", Span(0, len(text)), hint="write them as in x,y")
        for token in names:
            _check_name(token)
        return [token.text for token in names]
    except DerivError as error:
        raise error.within(text) from None


def parse_value(name: str, text: str) -> Node:
    """Return the tree of a value: a constant expression.

    Raises `PointError` for a value that is infinite or has names in it, and whatever `parse` raises.
    """
    tree, _, asked, _ = parse(text)
    if asked is not None:
        raise PointError(
            f"the value of `{name}` cannot be a derivative", source=text, hint="give a constant expression"
        )
    ops = {node.op for node in each(tree)}
    if VARIABLE in ops:
        unknown = variables(tree)
        raise PointError(
            f"the value of `{name}` must be a number; `{unknown[0]}` is not a number",
            span_of(tree, unknown[0]),
            source=text,
            hint="a value is a constant expression such as 2, -1.5 or pi/4",
        )
    if "inf" in ops:
        raise PointError(
            f"the value of `{name}` is infinite",
            tree.span,
            source=text,
            hint="limits at infinity are not computed: give a large number such as 1e6",
        )
    try:
        check_constants(tree)
    except DerivError as error:
        raise error.within(text) from None
    return tree


def _tokens(text: str) -> list[Token]:
    r"""Return the tokens of names with their values in either language: `\theta=\frac{\pi}{4}`."""
    if not is_tex(text):
        return tokenize(text)
    from derivcli.language.tex import arguments  # most texts are no LaTeX

    return arguments.read(text, frozenset(), values=True).stream


def _assignment(stream: list[Token], start: int, end: int, text: str) -> Assignment:
    name = stream[start]
    _check_name(name)
    if end == start + 2:
        raise PointError(f"`{name.text}` has no value", name.span.to(stream[start + 1].span), hint=_HOW)
    span = stream[start + 2].span.to(stream[end - 1].span)
    return Assignment(name.text, text[span.start : span.end], span)


def _check_name(token: Token) -> None:
    if token.kind != tokens.NAME or token.text in KEYWORDS:
        raise PointError(f"`{token.text}` is not a name for a variable", token.span)
