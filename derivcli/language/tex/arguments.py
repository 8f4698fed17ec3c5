r"""Items -> tokens for the grammar: arguments without brackets get theirs, products their sign.

::

    call     = FUNCTION { script } argument
    argument = bracket | fraction | root | power of e | call | [ sign ] factor { factor }

A factor is a letter or a number with its power here. What has a structure of its own is the whole argument where it
follows directly: `\ln\tan\frac x2`. After a letter it is one of the places that people read in two ways, see `doubts`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from derivcli.language import catalogue
from derivcli.language.operators import KEYWORDS
from derivcli.language.tex import calculus, complaints, doubts, heads
from derivcli.language.tex.arranging import ARGUMENT, HEAD, Arranger
from derivcli.language.tex.items import CLOSE, FRACTION, OPEN, POWER, TYPED, Item, partners
from derivcli.language.tex.patterns import FUNCTION
from derivcli.language.tokens import NAME, NUMBER, Token

if TYPE_CHECKING:
    from collections.abc import Callable


def arrange(reader: Arranger) -> list[Token]:
    """Return the tokens of all items."""
    reader.items = calculus.lifted(reader.items, reader.partners, reader.given)
    reader.partners, reader.several = partners(reader.items)
    reader.letters = _uncalled(reader.items)
    reader.tokens, reader.position = calculus.front(reader.items, reader.partners, reader.given)
    first, reader.top.term = len(reader.tokens), reader.position
    while reader.position < len(reader.items):
        item = reader.items[reader.position]
        if reader.top.kind == HEAD and not heads.is_script(item):
            heads.begin_argument(reader, item)
        _STEPS.get(item.kind, loose)(reader, item)
        reader.position += 1
    if calculus.is_operator(reader.tokens[:first]) and not reader.top.has_sum:
        reader.enclose(first)  # one term is the whole of what is differentiated
    return reader.tokens


def number(reader: Arranger, item: Item) -> None:
    """Read a number."""
    before = reader.items[reader.position - 1]
    apart = item.apart or reader.items[reader.position + 1].kind == "^"
    if reader.operand and not (before.kind == CLOSE and (before.shape == TYPED or (apart and before.shape == POWER))):
        raise complaints.number_follows(item.span)
    reader.factor(item)
    reader.emit(NUMBER, item.text, item.span)
    reader.operand = True


def name(reader: Arranger, item: Item) -> None:
    """Read a letter or a longer name; a few letters are functions before a bracket."""
    function = doubts.called(reader, item)
    if function is not None:
        heads.function(reader, item._replace(text=function))
        return
    reader.factor(item)
    if item.text not in catalogue.CONSTANTS or item.text in reader.given:
        reader.top.names.add(item.text)
    reader.emit(NAME, item.text, item.span)
    reader.operand = True


def add(reader: Arranger, item: Item) -> None:
    """Read a sign."""
    if reader.operand:
        reader.end_arguments()
        reader.top.has_sum, reader.top.slash = True, None
        reader.top.term = reader.position + 1
    reader.emit(item.kind, item.kind, item.span)
    reader.operand = False


def product(reader: Arranger, item: Item) -> None:
    """Read a written sign of multiplication or division."""
    if reader.operand and reader.top.kind == ARGUMENT:
        doubts.check_sign(reader, item)
    reader.end_arguments()
    if item.shape != FRACTION:
        reader.top.slash = reader.position if item.kind in ("/", "%") else None
    reader.emit(item.kind, item.kind, item.span)
    reader.operand = False


def power(reader: Arranger, item: Item) -> None:
    """Read a power; behind the argument of a function it may be meant of the argument."""
    if reader.top.kind == HEAD:
        return
    doubts.check_power(reader)
    reader.top.has_power = True
    reader.emit("^", "^", item.span)


def postfix(reader: Arranger, item: Item) -> None:
    """Read `!` or a prime."""
    if reader.top.kind == HEAD and reader.top.head is not None:
        reader.top.head.primes += 1
        return
    reader.emit(item.kind, item.kind, item.span)


def loose(reader: Arranger, item: Item) -> None:
    """Read a comma, a comparison, a word between conditions, or the end."""
    reader.end_arguments()
    kind = NAME if item.kind in KEYWORDS else item.kind
    reader.emit(kind, item.text, item.span)
    reader.operand = item.kind in ("True", "False")
    reader.top.slash, reader.top.term = None, reader.position + 1


def _uncalled(items: list[Item]) -> set[str]:
    """Return the names that stand somewhere without a bracket behind."""
    pairs = pairwise(items)
    return {a.text for a, b in pairs if a.kind == NAME and not (b.kind == OPEN and b.shape == TYPED)}


_STEPS: dict[str, Callable[[Arranger, Item], None]] = {
    NUMBER: number,
    NAME: name,
    FUNCTION: heads.function,
    OPEN: heads.open_bracket,
    CLOSE: heads.close_bracket,
    **dict.fromkeys(("+", "-"), add),
    **dict.fromkeys(("*", "/", "%"), product),
    **dict.fromkeys(("^", "_"), power),
    **dict.fromkeys(("!", "'"), postfix),
}
