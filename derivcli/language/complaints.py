"""What the parser says when it cannot go on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.errors import EquationError, ExpressionError, Span, UnknownNameError
from derivcli.hints import At, ByAt, Hint
from derivcli.language import tokens
from derivcli.language.foreign.vocabulary import NUMERALS

if TYPE_CHECKING:
    from derivcli.language.tokens import Token

Bars = tuple[Span, Span]  # where an absolute value opens and where it closes
CLOSING = frozenset({tokens.END, ")", "]", "}", "|", "⌋", "⌉", ","})
_LONGEST_QUOTE = 60  # characters of a text that a message repeats: a form fits a line
DOUBTFUL = "this could mean two things"
_THOUSANDS = re.compile(r"[0-9]{3}")
_ALONE = "give the formula alone, or `d/dx` before it"
_CHOOSE = "write `where(condition, a, b)`"
_SLIPS = {
    ":": "a colon is used only in `condition ? a : b`",
    "~": "write `not` before a condition",
    "'": "write a prime only behind a whole expression in brackets: `(x^2)'`",
    ";": "give one expression at a time",
    "∂": "write `∂/∂x` before the whole expression",
    "@": tokens.SCALARS,
}
# Words of speech that are good names too: variables where signs stand around them, as in `x*double + all`.
SPEECH = {
    **dict.fromkeys(("double", "doubled"), "write `2*`"),
    **dict.fromkeys(("thrice", "triple", "tripled"), "write `3*`"),
    **dict.fromkeys(("more", "less", "than"), "write `+` or `-`"),
    **dict.fromkeys(("increased", "decreased"), "write `+` or `-`"),
    "common": "write `log10(x)`",
    "inverse": "write `asin(x)` for the inverse sine, or `1/x`",
    "modulo": "write `mod`",
    **dict.fromkeys(("all", "paren"), "write brackets: `(x + y)^2`"),
    **dict.fromkeys(("per", "slash"), "write `/`"),
    **dict.fromkeys(("for", "in", "with", "wrt", "please", "derivate", "differentiated"), _ALONE),
    **dict.fromkeys(("find", "give", "show", "compute", "calculate", "evaluate", "solve"), _ALONE),
    **dict.fromkeys(("plot", "graph"), "give the formula alone, and --plot for a picture"),
    **dict.fromkeys(("simplify", "factorise", "factorize", "expand"), "only derivatives are computed"),
}
# English words that stand between factors in prose: they are never variables, unless they are given a value.
PROSE: dict[str, str | Hint] = {
    **dict.fromkeys(("if", "else", "then", "otherwise", "when"), _CHOOSE),
    "xor": "write `(a and not b) or (b and not a)`",
    "at": Hint("give the point ", ByAt("x=2"), ", or write `a*t` to multiply"),
    "natural": "write `log(x)`",
    **dict.fromkeys(("int", "integral", "integrate"), "only derivatives are computed"),
    "where": _CHOOSE,
    "sine": "write `sin(x)`",
    "cosine": "write `cos(x)`",
    "twice": "write `2*`",
    **{word: f"write `{number}`" for word, number in NUMERALS.items()},
    **{
        word: f"write `{number}`"
        for number, word in (("1/2", "half"), ("1/3", "third"), ("1/4", "quarter"), ("100", "hundred"))
    },
    "squared": "write `x^2`",
    "cubed": "write `x^3`",
    "plus": "write `+`",
    "minus": "write `-`",
    **dict.fromkeys(("divided", "over"), "write `/`"),
    "times": "write `*`",
    "div": "write `//`",
    "equals": "write `=`, or `==` in a condition",
    **dict.fromkeys(
        ("derivative", "differentiate", "implicit", "of", "respect", "the", "to", "is", "return"),
        _ALONE,
    ),
    **SPEECH,
}


def nothing_inside(span: Span) -> ExpressionError:
    """A bracket is closed at once."""
    return ExpressionError("there is nothing inside", span)


def missing_after(typed: str, span: Span) -> ExpressionError:
    """An operator has no right side, or a command no argument."""
    return ExpressionError(f"something is missing after `{typed}`", span)


def missing_before(token: Token, before: Token | None) -> ExpressionError:
    """An operator has no left side."""
    doubled = token.kind in ("*", "^") and before is not None and before.kind in ("*", "^")
    hint = "write `^` or `**` for a power" if doubled else _SLIPS.get(token.kind)
    if token.kind == "'" and before is None:
        hint = "leave the quotation marks out"
    span = token.span if token.span.start < token.span.end else Span(token.span.start, token.span.start + 1)  # `⁽²⁾`
    return ExpressionError(f"something is missing before `{token.text}`", span, hint=hint)


def number_follows(before: Token, number: Token, product: str | None = None) -> ExpressionError:
    """A number stands directly after another operand; `product` is what both are with a sign, where one is a power."""
    if product is not None:
        span, hint = before.span.to(number.span), f"write `{product}` to multiply"
        return ExpressionError("a number cannot follow directly", span, hint=hint, suggestions=(product,))
    if before.kind == tokens.NUMBER:
        hint = f"write `{before.text}*{number.text}` to multiply"
        if _THOUSANDS.fullmatch(number.text) and before.text.isdigit():
            hint = f"write `{before.text}{number.text}` for one number, or `{before.text}*{number.text}` to multiply"
        return ExpressionError("two numbers side by side", before.span.to(number.span), hint=hint)
    return ExpressionError(
        "a number cannot follow directly", number.span, hint="write `*` to multiply or `^` for a power"
    )


def mixed_number(before: Token, above: Token, below: Token) -> ExpressionError:
    """`2 1/2` is two and a half for some."""
    if before.kind != tokens.NUMBER:
        return number_follows(before, above)
    forms = (f"({before.text} + {above.text}/{below.text})", f"{before.text}*({above.text}/{below.text})")
    hint = f"write `{forms[0]}` or `{forms[1]}`"
    return ExpressionError("two numbers side by side", before.span.to(below.span), hint=hint, suggestions=forms)


def never_closed(bracket: Token, token: Token) -> ExpressionError:
    """A bracket is open at the end, or where another one closes."""
    crossed = bracket.kind == "|" and token.kind != tokens.END
    hint = "`|` is only the absolute value; write `or` between conditions" if crossed else None
    hint = "write `condition ? a : b`" if bracket.kind == "?" else hint
    return ExpressionError(f"`{bracket.kind}` is never closed", bracket.span, hint=hint)


def never_opened(token: Token) -> ExpressionError:
    """A bracket is closed that was never opened, or a token stands where none of its kind can."""
    if token.kind in CLOSING:
        return ExpressionError(f"`{token.text}` was never opened", token.span)
    return UnknownNameError(f"`{token.text}` has no meaning here", token.span, hint=_SLIPS.get(token.kind))


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


def condition_not_number(span: Span) -> ExpressionError:
    """A condition stands where a number should."""
    return ExpressionError("this is a condition, not a number", span, hint="use it in `where(condition, a, b)`")


def several_meanings(token: Token, forms: tuple[str, ...]) -> ExpressionError:
    """A name could be more than one product, or a product and a name."""
    shown = " or ".join(f"`{form}`" for form in forms)
    others = tuple(form.removesuffix("(...)") for form in forms)  # what can stand in the place of the name
    hint: str | Hint = f"write {shown}"
    if len(forms) > 1:
        message = f"`{token.text}` could mean more than one thing"
    else:
        message = f"`{token.text}` could be a product or one name"
        hint = Hint(f"write {shown}, or give `{token.text}` a value: ", At(f"{token.text}=..."))
    return ExpressionError(message, token.span, hint=hint, suggestions=others)


def two_readings(text: str, span: Span, *forms: str) -> ExpressionError:
    """A place means one thing to some people and another to others; `forms` say each."""
    return doubtful(text[slice(*span)], span, *forms, instead="write the product with `*` and with brackets")


def bars(text: str, first: Bars, second: Bars) -> ExpressionError:
    """`|x|y|z|` holds two absolute values, or one inside another."""
    between = text[first[1].end : second[0].start].strip()
    outer = first[0].to(second[1])
    forms = (
        f"{text[first[0].start : first[1].end]}*{between}*{text[second[0].start : outer.end]}",
        f"{text[outer.start : first[1].start]}*|{between}|*{text[second[0].end : outer.end]}",
    )
    return two_readings(text, outer, *forms)


def doubtful(typed: str, span: Span, *forms: str, instead: str) -> ExpressionError:
    """What was `typed` has two readings; `instead` says how to write a long one."""
    if len(typed) > _LONGEST_QUOTE:
        return ExpressionError(DOUBTFUL, span, hint=instead)
    hint = f"write {' or '.join(f'`{form}`' for form in forms)}"
    return ExpressionError(f"`{typed}` could mean two things", span, hint=hint, suggestions=forms)


def word(token: Token) -> ExpressionError:
    """An English word stands where a name should."""
    return UnknownNameError(f"`{token.text}` is a word here, not a variable", token.span, hint=PROSE[token.text])


def derivative_inside(span: Span) -> ExpressionError:
    """A derivative stands inside an expression."""
    return UnknownNameError(
        "a derivative stands inside an expression", span, hint="ask for it alone: `d/dx` before the whole expression"
    )


def left_is_derivative(text: str, span: Span) -> EquationError:
    """`f'(x) = ...` or `y' = ...`."""
    typed = text[slice(*span)]
    name = typed.partition("'")[0]
    return EquationError(
        f"`{typed} = ...` gives the derivative, not the function",
        span,
        hint=f"give {name} itself, such as `{name} = x^3`; or the right side alone, to differentiate it once more",
    )


def slope_beside(typed: str, span: Span, name: str, asked: Hint) -> EquationError:
    """`f(x) = x^2; f'(3)`: the value of a derivative is asked for in the text."""
    hint = Hint(f"give {name} alone, and the point ", asked)
    return EquationError(f"`{typed}` asks for a value of the derivative", span, hint=hint)


def value_of_part(typed: str, span: Span, name: str, variables: tuple[str, ...]) -> UnknownNameError:
    """`f(x) = x^2; f(2x)`: another argument than the one that f is given for."""
    return UnknownNameError(
        f"`{typed}` is a value of `{name}`",
        span,
        hint=f"only `{name}({', '.join(variables)})` can be used here: write the formula out with the other argument",
    )


def power_of_part(text: str, span: Span, power: str) -> ExpressionError:
    """`f(x) = x^2; f^-1(x)`: 1/f(x), or the inverse of f."""
    hint = f"write `{power}` for the power; an inverse and f of f are to be written out"
    message = f"`{text[slice(*span)]}` could mean two things"
    return ExpressionError(message, span, hint=hint, suggestions=(power,))


def call_in_name(typed: str, span: Span, name: str, function: str) -> ExpressionError:
    """`f(x) = x^2; xf(x)`: a name that ends with the one of a part before its variables."""
    form = f"{name.removesuffix(function)}*{typed.removeprefix(name.removesuffix(function))}"
    message = f"`{typed}` could be a product or one name"
    return ExpressionError(message, span, hint=f"write `{form}` to multiply", suggestions=(form,))


def derivative_of_part(text: str, operator: Span, part: Span, rest: Span) -> ExpressionError:
    """A derivative stands before the first of several terms."""
    head = text[operator.start : part.start].strip()
    whole = text[part.start : rest.start].strip()
    first = text[slice(*part)]
    forms = (f"{head} ({whole})", f"{head} {first}")
    return two_readings(text, Span(operator.start, rest.start), *forms)


def differential(token: Token) -> ExpressionError:
    """`x^2 dx`, or `dy/dx`."""
    return UnknownNameError(
        f"`{token.text}` looks like the end of an integral, or like a derivative",
        token.span,
        hint=Hint("give the function alone; if it is a variable, give it a value: ", At(f"{token.text}=...")),
    )
