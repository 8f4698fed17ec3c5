"""What is said of LaTeX that cannot be read, or that people read in two ways."""

from __future__ import annotations

import re

from derivcli.errors import ExpressionError, Span, UnknownNameError
from derivcli.language.complaints import doubtful, two_readings
from derivcli.language.names import misspelt
from derivcli.language.tex import commands


def unknown_command(name: str, span: Span) -> ExpressionError:
    """A command that the language does not know, or that stands for no function."""
    if name in commands.REFUSED:
        return UnknownNameError(f"`\\{name}` has no meaning here", span, hint=commands.REFUSED[name])
    near = [known for known in misspelt(name, commands.known()) if known != name][:1]
    hint = f"did you mean `\\{near[0]}`?" if near else "write a function as `\\sin` or `\\operatorname{...}`"
    return UnknownNameError(f"unknown command `\\{name}`", span, hint=hint, suggestions=tuple(f"\\{n}" for n in near))


def words(span: Span) -> ExpressionError:
    r"""`\text{find}` stands in the formula."""
    return ExpressionError("words are not supported", span, hint="give the formula alone")


def never_closed(bracket: str, span: Span) -> ExpressionError:
    """A bracket is open at the end, or where another one closes."""
    return ExpressionError(f"`{bracket}` is never closed", span)


def never_opened(bracket: str, span: Span) -> ExpressionError:
    """A bracket is closed that was never opened."""
    return ExpressionError(f"`{bracket}` was never opened", span)


def scientific(typed: str, span: Span, mantissa: str, exponent: str) -> ExpressionError:
    """`1e-3` is a number for some, and e - 3 in LaTeX."""
    sign = exponent[0] if exponent[0] in "+-" else "\\cdot "
    product = rf"{mantissa} \cdot e {sign} {exponent.lstrip('+-')}".replace("  ", " ")
    return two_meanings(typed, span, rf"{mantissa} \cdot 10^{{{exponent}}}", product)


def two_meanings(typed: str, span: Span, *forms: str) -> ExpressionError:
    """What was `typed` has two readings, or more."""
    return doubtful(typed, span, *forms, instead=r"write names as `\mathrm{...}`")


def script(typed: str, sign: str, digits: str, span: Span) -> ExpressionError:
    """`x^12` is x^1 2 in LaTeX, and x^{12} is meant."""
    return two_meanings(typed, span, f"{sign}{{{digits}}}", f"{sign}{{{digits[0]}}} \\cdot {digits[1:]}")


def subscript(span: Span) -> ExpressionError:
    """A subscript is no name."""
    return ExpressionError("a subscript can be letters and digits only", span, hint="write a name such as `x_{n1}`")


def mixed_number(text: str, whole: Span, fraction: Span) -> ExpressionError:
    r"""`2\frac{1}{3}` is 2 + 1/3 for some."""
    number, part = text[slice(*whole)], text[slice(*fraction)]
    return two_readings(text, whole.to(fraction), f"{number} + {part}", rf"{number} \cdot {part}")


def not_called(typed: str, span: Span) -> ExpressionError:
    """A function has no argument."""
    return UnknownNameError(f"`{typed}` is a function and has no argument", span, hint=f"write `{typed}(x)`")


def called(text: str, name: Span, inside: Span, end: Span) -> ExpressionError:
    """`u(x)` is a function that nobody knows, or a product."""
    letter, argument, whole = text[slice(*name)], text[slice(*inside)], text[name.start : end.end]
    hint = rf"write `{letter} \cdot {argument}` for the product; give the formula of `{letter}` for the function"
    forms = (rf"{letter} \cdot {argument}",)
    return ExpressionError(f"`{whole}` could mean two things", name.to(end), hint=hint, suggestions=forms)


def difference(text: str, delta: Span, name: Span) -> ExpressionError:
    r"""`\Delta x` is one quantity, or a product."""
    sign, letter = text[slice(*delta)], text[slice(*name)]
    return two_readings(text, delta.to(name), rf"{sign}_{{{letter}}}", rf"{sign} \cdot {letter}")


def no_function_script(typed: str, span: Span) -> ExpressionError:
    """A function with a subscript or a prime that means nothing."""
    return UnknownNameError(f"`{typed}` is not a function here", span, hint="write the function's name alone")


def misplaced(typed: str, span: Span) -> ExpressionError:
    """A word or a sign of cases stands elsewhere."""
    hint = r"cases are written `\begin{cases} a & x < 0 \\ b & \text{otherwise} \end{cases}`"
    return ExpressionError(f"`{typed}` has no meaning here", span, hint=hint)


def argument(text: str, head: Span, start: int, middle: int, end: int) -> ExpressionError:
    r"""`\sin x(x+1)`: what follows belongs to the argument for some."""
    name, inside, rest = text[slice(*head)].strip(), _trimmed(text[start:middle]), text[middle:end].strip()
    forms = (f"{name}({text[start:end].strip()})", f"{name}({inside}) {rest}")
    return two_readings(text, Span(head.start, end), *forms)


def _trimmed(typed: str) -> str:
    """Return a part of a formula without spaces at its end."""
    return re.sub(r"(?:\\[,;:! ]|\\q?quad|\s)+$", "", typed).strip()


def power_after(text: str, head: Span, start: int, middle: int, end: int) -> ExpressionError:
    r"""`\ln|x|^2`: the power is of the argument for some."""
    name, inside, power = text[slice(*head)].strip(), text[start:middle].strip(), text[middle:end].strip()
    bare = inside[1:-1] if inside[:1] == "(" and inside[-1:] == ")" else inside
    forms = (f"{name}({inside}{power})", f"({name}({bare})){power}")
    return two_readings(text, Span(head.start, end), *forms)


def slash(text: str, start: int, sign: Span, middle: int, end: int) -> ExpressionError:
    r"""`1/2\pi` divides by all that follows for some."""
    above, below, rest = text[start : sign.start].strip(), text[sign.end : middle].strip(), text[middle:end].strip()
    forms = (rf"\frac{{{above}}}{{{below} {rest}}}", rf"\frac{{{above}}}{{{below}}} {rest}")
    return two_readings(text, Span(start, end), *forms)


def sigmoid(text: str, name: Span, end: int) -> ExpressionError:
    r"""`\sigma(...)` is a function or a product."""
    typed, inside = text[slice(*name)], text[name.end : end].strip()
    return two_readings(text, Span(name.start, end), rf"\operatorname{{sigmoid}}{inside}", rf"{typed} \cdot {inside}")


def differential(typed: str, name: str, span: Span) -> ExpressionError:
    r"""`3x^2\,dx` is the end of an integral."""
    hint = rf"give the function alone; for a product write `d \cdot {name}`"
    return UnknownNameError(f"`{typed}` looks like the end of an integral, or like a derivative", span, hint=hint)


def index_above(base: str, index: str, span: Span) -> ExpressionError:
    """`x^{(i)}` is an example, a step or an order for most, and a power for some."""
    typed = f"{base}^{{({index})}}"
    name = re.sub(r"\W+", "", index)
    return two_meanings(typed, span, f"{base}^{{{index}}}", f"{base}_{{{name}}}")
