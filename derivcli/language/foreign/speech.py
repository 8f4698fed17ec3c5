"""Where speech does not tell what belongs together: a text is refused, with both forms of what was typed.

`1 over x plus 1` may be 1/(x + 1), `x plus 1 squared` may be (x + 1)^2, and `x to the 1/2` is x^(1/2) to who speaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError
from derivcli.language.brackets import CLOSERS, close, closers, depths, ends_operand
from derivcli.language.complaints import DOUBTFUL
from derivcli.language.operators import PARENTHESES
from derivcli.language.tokens import END, NAME, NUMBER, POWER, Token

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

OF = "of"  # the text of a sign `*` that was this word: `half of x`
_ENDS = frozenset({",", "=", ";"})
_SUMS = frozenset({"+", "-"})
_RUN = frozenset({NAME, NUMBER, POWER})
_LONGEST = 24  # characters of a part that a form repeats: two forms of three parts fill two lines


def check(found: list[Token], spoken: Collection[Token]) -> None:
    """Refuse `1 over x plus 1`, `the square root of x plus 1` and `x plus 1 squared`; `spoken` were words."""
    told = set(spoken)
    going_on: dict[int, int] = {}  # by depth: a quotient, a power or a function in words, which may take a sum
    sums: dict[int, int] = {}  # by depth: the last sign
    start = Token("start", "", found[0].span)
    for i, (before, token, depth) in enumerate(zip([start, *found], found, depths(found), strict=False)):
        is_told = token in told
        is_head = before.kind == NAME and before in told  # a function: `sine of -x`
        is_sum = token.kind in _SUMS and ends_operand(before) and not is_head
        if is_sum and depth in going_on:
            raise _doubt(found[going_on[depth]], _before_sum(found, going_on[depth], i))
        if is_told and token.kind == POWER and before.kind == ")" and found[going_on.get(depth, i)].kind == "^":
            raise _doubt(token, _of_exponent(found, going_on[depth], i))
        if is_told and depth in sums and (token.kind == "/" or (token.kind == POWER and before.kind == NUMBER)):
            raise _doubt(token, _behind_sum(found, sums[depth], i))
        if is_sum:
            sums[depth] = i
        if is_told and (token.kind in ("/", "^", "√", NAME) or token.text == OF):
            going_on[depth] = i
        if token.kind in _ENDS:
            going_on.pop(depth, None)
            sums.pop(depth, None)


def exponent_goes_on(found: list[Token], exponent: list[Token], operator: str, behind: list[Token]) -> ExpressionError:
    """Return the error for `x to the 1/2` and `e to the 2 x`: `found` ends with `^`, `behind` may go above."""
    base, above = _spelled(_left(found, len(found) - 1)), _spelled(exponent)
    ends = (i for i in range(1, len(behind)) if behind[i].kind not in _RUN or not close(behind[i - 1], behind[i]))
    rest = _spelled(behind[: next(ends, 1)])
    inside = f"{_spelled(_bare(exponent))}{operator}{rest}"
    return _doubt(found[-1], (f"{base}^({inside})", f"({base}^{above}){operator}{rest}"))


def _doubt(token: Token, forms: tuple[str, str]) -> ExpressionError:
    """Return the error for a word that may take more than it seems."""
    hint = f"write signs and brackets: `{forms[0]}` or `{forms[1]}`"
    return ExpressionError(DOUBTFUL, token.span, hint=hint, suggestions=forms)


# Forms: what each of the two readings is in signs.


def _before_sum(found: list[Token], word: int, sign: int) -> tuple[str, str]:
    """Return the forms of `1 over x plus 1`, `2 to the x plus 1`, `the sine of x plus 1`."""
    left, right = _spelled(_left(found, word)), _spelled(_right(found, sign))
    middle = found[word + 1 : sign]
    within = f"({_spelled(_bare(middle))} {found[sign].text} {right})"
    alone = _spelled(middle) if len(middle) == 1 or _is_bracket(middle) else f"({_spelled(middle)})"
    beside = f"{found[sign].text} {right}"
    if found[word].kind == NAME:
        return f"{found[word].text}{within}", f"{found[word].text}({_spelled(_bare(middle))}) {beside}"
    if found[word].kind == "√":
        degree = found[word].text
        return f"root({within[1:-1]}, {degree})", f"root({_spelled(_bare(middle))}, {degree}) {beside}"
    operator = found[word].kind
    return f"{left}{operator}{within}", f"{left}{operator}{alone} {beside}"


def _behind_sum(found: list[Token], sign: int, word: int) -> tuple[str, str]:
    """Return the forms of `x plus 1 over y` and `x plus 1 squared`."""
    left, middle = _spelled(_left(found, sign)), _spelled(found[sign + 1 : word])
    last = f"^{found[word].text}" if found[word].kind == POWER else f"/{_spelled(_right(found, word))}"
    total = f"{left} {found[sign].text} {middle}"
    return f"({total}){last}", f"{total}{last}"


def _of_exponent(found: list[Token], power: int, word: int) -> tuple[str, str]:
    """Return the forms of `e to the minus x squared`."""
    base, above = _spelled(_left(found, power)), _spelled(_bare(found[power + 1 : word]))
    return f"{base}^({above}^{found[word].text})", f"{base}^(({above})^{found[word].text})"


def _left(found: Sequence[Token], position: int) -> Sequence[Token]:
    """Return the factors before a position."""
    depth, start = 0, position
    while start and (depth or found[start - 1].kind not in (*_ENDS, *_SUMS, *PARENTHESES)):
        start -= 1
        depth += (found[start].kind in CLOSERS) - (found[start].kind in PARENTHESES)
    return found[start:position]


def _right(found: Sequence[Token], position: int) -> Sequence[Token]:
    """Return the factors behind a position."""
    depth, end = 0, position + 1
    while found[end].kind != END and (depth or found[end].kind not in (*_ENDS, *_SUMS, *CLOSERS)):
        depth += (found[end].kind in PARENTHESES) - (found[end].kind in CLOSERS)
        end += 1
    return found[position + 1 : end]


def _is_bracket(tokens: list[Token]) -> bool:
    return tokens[0].kind == "(" and closers(tokens).get(0) == len(tokens) - 1


def _bare(tokens: list[Token]) -> list[Token]:
    """Return what stands in the brackets around the whole."""
    return tokens[1:-1] if tokens and _is_bracket(tokens) else tokens


def _spelled(tokens: Sequence[Token]) -> str:
    """Return tokens as a text in signs; three dots for a long one, or for none."""
    said = ""
    for i, token in enumerate(tokens):
        before = tokens[i - 1] if i else None
        follows = before is not None and ends_operand(before)
        if token.kind in _SUMS and follows:
            said += f" {token.text} "
        else:
            apart = follows and token.kind in (NAME, NUMBER) and not (before and close(before, token))
            said += " " * apart + ("^" if token.kind == POWER else "") + token.text
    return said if 0 < len(said) <= _LONGEST else "..."
