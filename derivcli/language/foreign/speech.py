"""Where speech does not tell what belongs together: a text is refused, with both forms of what was typed.

`1 over x plus 1` may be 1/(x + 1), `1 over 2x` is 1/(2x) to most, `x plus 1 squared` may be (x + 1)^2, and
`x to the 1/2` is x^(1/2) to who speaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import ExpressionError
from derivcli.language import calls
from derivcli.language.brackets import CLOSERS, close, closers, depths, ends_operand
from derivcli.language.complaints import DOUBTFUL, PROSE
from derivcli.language.derivatives import OF
from derivcli.language.operators import PARENTHESES
from derivcli.language.tokens import END, NAME, NUMBER, POWER, Token

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from collections.abc import Set as AbstractSet

_BY = "by"  # may be two letters elsewhere: `ax + by`
_ENDS = frozenset({",", "=", ";"})
_SUMS = frozenset({"+", "-"})
_PRODUCTS = frozenset({"*", "/"})
_RUN = frozenset({NAME, NUMBER, POWER})
_LONGEST = 24  # characters of a part that a form repeats: two forms of three parts fill two lines


def check(found: list[Token], spoken: Collection[Token]) -> None:
    """Refuse `1 over x plus 1`, `1 over 2x`, `the sine of x times y`, `x plus 1 squared`; `spoken` were words."""
    told = set(spoken)
    words: dict[int, int] = {}  # by depth: a quotient, a power or a function in words, which may take what follows
    sums: dict[int, int] = {}  # by depth: the last sign
    bare: set[int] = set()  # words behind which a function without brackets takes what follows
    ends = closers(found)
    later: ExpressionError | None = None  # a sum behind the same word tells more
    has_bars = any(token.kind == "|" for token in found)  # which do not say what they open
    for i, (token, depth) in enumerate(zip(found, depths(found), strict=True)):
        around = depth - (token.kind in PARENTHESES)
        place = _Place(found, i, told, words.get(around), sums.get(around), ends)
        for rule in (_sum_behind, _square_of_exponent, _sum_before, _product_behind):
            rule(place)
        later = later or (None if has_bars else _factor_behind(place, bare))
        if place.is_sum:
            sums[depth] = i
        if token.kind in _ENDS or token.kind in PARENTHESES or ends_formula(found, i):
            words.pop(depth, None)
            sums.pop(depth, None)
        elif token in told and (token.kind in ("/", "^", "√", NAME) or token.text == OF):
            words[depth] = i
        elif place.word is not None and place.is_bare_function:
            bare.add(place.word)
    if later is not None:
        raise later


class _Place(NamedTuple):
    """A token, and what was said before it in the same brackets: a word that may take it, and the sign of a sum."""

    found: list[Token]
    i: int
    told: AbstractSet[Token]
    word: int | None
    sign: int | None
    ends: Mapping[int, int]

    @property
    def token(self) -> Token:
        return self.found[self.i]

    @property
    def before(self) -> Token | None:
        return self.found[self.i - 1] if self.i else None

    @property
    def follows(self) -> bool:
        """Whether an operand may end before: `sine of -x` is no difference."""
        before = self.before
        is_head = before is not None and self.word is not None and _argument(self.found, self.word) == self.i
        is_function = is_head and self.word is not None and self.found[self.word].kind == NAME
        return before is not None and ends_operand(before) and not is_function

    @property
    def is_sum(self) -> bool:
        return self.token.kind in _SUMS and self.follows

    @property
    def is_closed(self) -> bool:
        """Whether the word took a bracket that was typed: `sine of (x plus 1) plus 2` says where its part ends."""
        start = _argument(self.found, self.word) if self.word is not None else 0
        if self.word is None or self.ends.get(start) != self.i - 1:
            return False
        opener, inside = self.found[start : start + 2]
        return opener.span.start < inside.span.start

    @property
    def is_bare_function(self) -> bool:
        return _is_function(self.token) and self.found[self.i + 1].kind not in PARENTHESES


def _argument(found: Sequence[Token], word: int) -> int:
    """Return where that begins which a word takes: behind the power of a function in `sine squared of x`."""
    return word + 1 + (found[word].kind == NAME and found[word + 1].kind == POWER)


def _is_function(token: Token) -> bool:
    return token.kind == "√" or (token.kind == NAME and calls.name_called(token.text) is not None)


def _sum_behind(place: _Place) -> None:
    """Refuse `1 over x plus 1` and `the sine of x plus 1`."""
    if place.is_sum and place.word is not None and not place.is_closed:
        raise _doubt(place.found[place.word], _before_sum(place.found, place.word, place.i))


def _square_of_exponent(place: _Place) -> None:
    """Refuse `e to the minus x squared`."""
    is_square = place.token.kind == POWER and place.token in place.told
    behind_bracket = place.before is not None and place.before.kind == ")"
    if is_square and behind_bracket and place.word is not None and place.found[place.word].kind == "^":
        raise _doubt(place.token, _of_exponent(place.found, place.word, place.i))


def _sum_before(place: _Place) -> None:
    """Refuse `x plus 1 over y` and `x plus 1 squared`."""
    if place.sign is None or place.token not in place.told:
        return
    of_number = place.token.kind == POWER and place.before is not None and place.before.kind == NUMBER
    if place.token.kind == "/" or of_number:
        raise _doubt(place.token, _behind_sum(place.found, place.sign, place.i))


def _product_behind(place: _Place) -> None:
    """Refuse `the square root of x times y`; behind another function it is a product of both."""
    if place.token.kind not in _PRODUCTS or place.word is None or place.is_closed:
        return
    word = place.found[place.word]
    if word.kind in ("√", NAME) and not _is_function(place.found[place.i + 1]):
        raise _doubt(word, _before_product(place.found, place.word, place.i))


def _factor_behind(place: _Place, bare: AbstractSet[int]) -> ExpressionError | None:
    """Return the error for `1 over 2x`, in which x stands below the line to most who speak."""
    token, before, word = place.token, place.before, place.word
    if word is None or place.found[word].kind != "/" or before is None or not place.follows or place.i == word + 1:
        return None
    is_factor = token.kind in (NAME, NUMBER, "√", *PARENTHESES) and not ends_formula(place.found, place.i)
    if not is_factor or _takes(place.found, place.i) or (word in bare and not _is_function(token)):
        return None
    return _doubt(place.found[word], _before_factor(place.found, word, place.i))


def ends_formula(found: Sequence[Token], position: int) -> bool:
    """Tell whether a word ends the formula: `1 over x with respect to x`, `1 over x by x`."""
    token = found[position]
    is_by = token.text == _BY and [t.kind for t in found[position + 1 : position + 3]] == [NAME, END]
    return token.kind == NAME and (is_by or token.text in PROSE)


def _takes(found: list[Token], position: int) -> bool:
    """Tell whether a function waits for its argument here: `sin x`, `sin squared x`, `sin^2 x`, `max(x, y)`."""
    last = position - 1
    if found[last].kind == POWER:
        last -= 1
    elif found[last].kind == NUMBER and found[last - 1].kind == "^":
        last -= 2
    return _is_function(found[last])


def exponent_goes_on(found: list[Token], exponent: list[Token], operator: str, behind: list[Token]) -> ExpressionError:
    """Return the error for `x to the 1/2` and `e to the 2 x`: `found` ends with `^`, `behind` may go above."""
    base, above = _spelled(_left(found, len(found) - 1)), _spelled(exponent)
    rest = _spelled(behind[: _end_of_factor(behind)])
    inside = f"{_spelled(_bare(exponent))}{operator}{rest}"
    return _doubt(found[-1], (f"{base}^({inside})", f"({base}^{above}){operator}{rest}"))


def _end_of_factor(behind: list[Token]) -> int:
    """Return where the first factor ends: a bracket, what is written together, or a function with its argument."""
    start = int(calls.name_called(behind[0].text) is not None)
    start += bool(start) and behind[start].text == OF
    if behind[start].kind in PARENTHESES:
        return start + closers(behind[start:]).get(0, 0) + 1
    ends = (i for i in range(start + 1, len(behind)) if behind[i].kind not in _RUN or not close(*behind[i - 1 : i + 1]))
    return next(ends, start + 1) if behind[start].kind in _RUN else max(start, 1)


def _doubt(token: Token, forms: tuple[str, str]) -> ExpressionError:
    """Return the error for a word that may take more than it seems."""
    hint = f"write signs and brackets: `{forms[0]}` or `{forms[1]}`"
    return ExpressionError(DOUBTFUL, token.span, hint=hint, suggestions=forms)


# Forms: what each of the two readings is in signs.


def _before_sum(found: list[Token], word: int, sign: int) -> tuple[str, str]:
    """Return the forms of `1 over x plus 1`, `2 to the x plus 1`, `the sine of x plus 1`."""
    left, right = _spelled(_left(found, word)), _spelled(_right(found, sign))
    start = _argument(found, word)
    middle = found[start:sign]
    within = f"({_spelled(_bare(middle))} {found[sign].text} {right})"
    alone = _spelled(middle) if len(middle) == 1 or _is_bracket(middle) else f"({_spelled(middle)})"
    beside = f"{found[sign].text} {right}"
    if found[word].kind == NAME:
        head = _spelled(found[word:start])
        return f"{head}{within}", f"{head}({_spelled(_bare(middle))}) {beside}"
    if found[word].kind == "√":
        degree = found[word].text
        return f"root({within[1:-1]}, {degree})", f"root({_spelled(_bare(middle))}, {degree}) {beside}"
    operator = found[word].kind
    return f"{left}{operator}{within}", f"{left}{operator}{alone} {beside}"


def _before_product(found: list[Token], word: int, sign: int) -> tuple[str, str]:
    """Return the forms of `the square root of x times y`."""
    start = _argument(found, word)
    middle, behind = _spelled(_bare(found[start:sign])), _right(found, sign, _PRODUCTS)
    right = _spelled(behind)
    right = f"({right})" if found[sign].kind == "/" and len(behind) > 1 and not _is_bracket(list(behind)) else right
    head, degree = ("root", f", {found[word].text}") if found[word].kind == "√" else (_spelled(found[word:start]), "")
    operator = found[sign].kind
    return f"{head}({middle}{operator}{right}{degree})", f"{head}({middle}{degree}){operator}{right}"


def _before_factor(found: list[Token], word: int, factor: int) -> tuple[str, str]:
    """Return the forms of `1 over 2x`."""
    left, middle = _spelled(_left(found, word)), found[word + 1 : factor]
    rest = _right(found, factor - 1, _PRODUCTS)
    below = _spelled([*middle, *rest])
    return f"{left}/({below})", f"({left}/{_spelled(middle)})*{_spelled(rest)}"


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
    while start and (depth or not _stops(found, start - 1, (*_ENDS, *_SUMS, *PARENTHESES))):
        start -= 1
        depth += (found[start].kind in CLOSERS) - (found[start].kind in PARENTHESES)
    return found[start:position]


def _right(found: Sequence[Token], position: int, signs: AbstractSet[str] = frozenset()) -> Sequence[Token]:
    """Return the factors behind a position; those up to one of the signs too."""
    depth, end = 0, position + 1
    while found[end].kind != END and (depth or not _stops(found, end, (*_ENDS, *_SUMS, *CLOSERS, *signs))):
        depth += (found[end].kind in PARENTHESES) - (found[end].kind in CLOSERS)
        end += 1
    return found[position + 1 : end]


def _stops(found: Sequence[Token], position: int, kinds: Collection[str]) -> bool:
    return found[position].kind in kinds or ends_formula(found, position)


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
