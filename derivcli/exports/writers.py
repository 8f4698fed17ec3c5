"""How each operation is written, of operands that are written already, by the table of the language."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from derivcli.exports.language import ATOM, CHOICE, COMPARE, LOGIC, POWER, PRODUCT, SUM
from derivcli.exports.spelling import LackingError
from derivcli.exports.templates import DIGITS, PLAIN, Phrase, filled
from derivcli.language.numbers import exact, nearest_float
from derivcli.language.program import FLOAT
from derivcli.language.tree import COMPARISONS, NUMBER, PIECEWISE, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from derivcli.exports.emitter import Emitter
    from derivcli.exports.language import Language

_UNTYPED = ("if ", "-", *"0123456789")  # how what may be a literal begins
_MOST_FACTORS = 3  # of a power that is written as a product: more are no longer read
_LARGEST = 64  # exponent of a power that languages make of products: beyond, these would lose digits


def write(emitter: Emitter, op: str, args: Sequence[int], text: str) -> Phrase:
    """Return an instruction as the language has it."""
    if op == VARIABLE:
        return Phrase(emitter.names[text])
    if op in (NUMBER, FLOAT):
        return _number(float(text) if op == FLOAT else nearest_float(exact(text)), emitter.language)
    if not args:
        return Phrase(emitter.language.leaves[op])
    return _WRITERS.get(op, _call)(emitter, op, args)


def _number(value: float, language: Language) -> Phrase:
    """Return a float64 as a literal, or the name of what is none."""
    if math.isnan(value):
        return Phrase(language.leaves["undefined"])
    digits = language.leaves["inf"] if math.isinf(value) else language.number(abs(value))
    return Phrase(f"-{digits}", SUM) if value < 0 else Phrase(digits)


def _sum(emitter: Emitter, _op: str, args: Sequence[int]) -> Phrase:
    text = emitter.at(args[0], SUM)
    for arg in args[1:]:
        term = emitter.at(arg, SUM)
        if term.startswith("-") and emitter.build.at(arg).op in ("neg", FLOAT):
            text = f"{emitter.cut(text, term)} - {term[1:]}"
        else:
            text = f"{emitter.cut(text, term)} + {emitter.at(arg, PRODUCT)}"
    return Phrase(text, SUM)


def _product(emitter: Emitter, _op: str, args: Sequence[int]) -> Phrase:
    text = emitter.at(args[0], PRODUCT)
    for arg in args[1:]:
        factor = emitter.at(arg, POWER)
        text = f"{emitter.cut(text, factor)} * {factor}"
    return Phrase(text, PRODUCT)


def _quotient(emitter: Emitter, _op: str, args: Sequence[int]) -> Phrase:
    return Phrase(f"{emitter.at(args[0], PRODUCT)} / {emitter.at(args[1], POWER)}", PRODUCT)


def _negation(emitter: Emitter, _op: str, args: Sequence[int]) -> Phrase:
    """Write a sign; a power behind it gets brackets, as Python's formatters have it."""
    text, first = emitter.at(args[0], PRODUCT), args[0]
    while emitter.build.at(first).op in ("mul", "div"):
        first = emitter.build.at(first).args[0]
    left = emitter.done[first]
    if left.binds == POWER and "**" in left.text and text.startswith(left.text):
        return Phrase(f"-({left.text}){text[len(left.text) :]}", SUM)
    return Phrase(f"-{text}", SUM)


def _power(emitter: Emitter, _op: str, args: Sequence[int]) -> Phrase:
    op, _, text = emitter.build.at(args[1])
    language, base = emitter.language, emitter.done[args[0]]
    whole = op == NUMBER and text.isdigit() and 2 <= int(text) <= _LARGEST
    if whole and language.squares and int(text) <= _MOST_FACTORS and PLAIN.fullmatch(base.text):
        return Phrase(" * ".join([base.text] * int(text)), PRODUCT)
    if whole:
        return filled(language.whole, [base, Phrase(text)], language.receiver)
    is_call = language.power.endswith(")")
    found = [emitter.argument(arg) if is_call else emitter.done[arg] for arg in args]
    return filled(language.power, found, language.receiver)


def _call(emitter: Emitter, op: str, args: Sequence[int]) -> Phrase:
    template = emitter.calls[op]
    if "{" not in template:
        template += f"({', '.join(f'{{{k}}}' for k in range(len(args)))})"
    found = [emitter.argument(arg) for arg in args]
    if op == "polygamma":  # whose order is a whole number, and no tensor
        if emitter.moving[args[0]]:
            raise LackingError(op)
        found[0] = emitter.done[args[0]]
    return filled(template, found, emitter.language.receiver)


def _comparison(emitter: Emitter, op: str, args: Sequence[int]) -> Phrase:
    sign = emitter.language.comparisons.get(op, COMPARISONS[op])
    return Phrase(f" {sign} ".join(emitter.at(arg, SUM) for arg in args), COMPARE)


def _logic(emitter: Emitter, op: str, args: Sequence[int]) -> Phrase:
    word = emitter.language.logic[op]
    if op == "not":
        return Phrase(f"{word}({emitter.done[args[0]].text})", COMPARE)
    if not word.startswith(" "):
        return Phrase(f"{word}({', '.join(emitter.done[arg].text for arg in args)})")
    least = ATOM if word.strip() in ("&", "|") else COMPARE
    return Phrase(word.join(emitter.at(arg, least) for arg in args), LOGIC)


def _choice(emitter: Emitter, _op: str, args: Sequence[int]) -> Phrase:
    language = emitter.language
    least = CHOICE if language.choice_binds == ATOM else LOGIC
    found = emitter.done[args[-1]].text
    for value, condition in zip(args[-3::-2], args[-2::-2], strict=True):
        taken = emitter.argument(value).text if language.is_strict else emitter.at(value, least)
        if language.receiver and DIGITS.fullmatch(taken.lstrip("-")) and found.startswith(_UNTYPED):
            taken += language.receiver  # a choice among literals has no type of its own
        found = emitter.cut(found, "")
        template = language.chained if language.chained and found.startswith("if ") else language.choice
        found = template.format(taken, emitter.at(condition, least), found)
    return Phrase(found, language.choice_binds)


_WRITERS: dict[str, Callable[[Emitter, str, Sequence[int]], Phrase]] = {
    "add": _sum,
    "mul": _product,
    "div": _quotient,
    "neg": _negation,
    "pow": _power,
    PIECEWISE: _choice,
    **dict.fromkeys(COMPARISONS, _comparison),
    **dict.fromkeys(("and", "or", "not"), _logic),
}
