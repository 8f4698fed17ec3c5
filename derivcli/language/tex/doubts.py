r"""Places in LaTeX that people read in two ways, refused with both forms or read with a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError, Span
from derivcli.language import catalogue
from derivcli.language.notes import Notice
from derivcli.language.tex import complaints, greek
from derivcli.language.tex.commands import FUNCTION, WIDE
from derivcli.language.tex.items import BRACES, CALL, CLOSE, FRACTION, OPEN, POWER, ROOT, TYPED, Item
from derivcli.language.tokens import END, NAME, NUMBER

if TYPE_CHECKING:
    from derivcli.language.tex.arguments import Arranger
    from derivcli.language.tex.functions import Scope

_ANGLES = frozenset(row.name for family in ("trigonometric", "hyperbolic") for row in catalogue.FAMILIES[family])
_LOGS = frozenset({"log", "log2", "log10"})
_ENDS_TERM = frozenset({"+", "-", ",", CLOSE, END, "=", "==", "<", ">", "<=", ">=", "!=", "and", "or"})


def ends_argument(reader: Arranger, item: Item) -> bool:
    """Tell whether a factor belongs no more to the function without brackets before it."""
    scope = reader.top
    if scope.whole:
        return True
    if item.kind == NUMBER or (item.kind == OPEN and item.shape == BRACES):
        return False
    if item.kind == NAME and not _is_power_of_e(reader, item):
        if item.apart == WIDE:
            raise _argument(reader, scope)
        return False
    return _before_structure(reader, scope, item)


def _before_structure(reader: Arranger, scope: Scope, item: Item) -> bool:
    """Decide where a function, a power of e, a fraction, a root or a bracket follows the argument."""
    constant = not scope.names
    of_angle = scope.head is not None and scope.head.item.text in _ANGLES
    if item.kind in (NAME, FUNCTION):
        if constant and of_angle:
            raise _argument(reader, scope)
        if constant or item.kind == NAME:
            _mark(reader, scope, item)
        return True
    bare = item.shape == TYPED and reader.text[item.span.start] != "\\" and not item.apart
    shared = not constant and _holds(reader, scope.names, function=bare)
    if not shared and not (constant and of_angle):
        raise _argument(reader, scope)
    _mark(reader, scope, item)
    return shared


def _is_power_of_e(reader: Arranger, item: Item) -> bool:
    return item.text == "e" and "e" not in reader.given and reader.items[reader.position + 1].kind == "^"


def _holds(reader: Arranger, names: set[str], *, function: bool) -> bool:
    """Tell whether the bracket that opens here holds one of the names, in a function if one is asked for."""
    inside = reader.items[reader.position : reader.partners[reader.position]]
    if function and all(item.kind != FUNCTION for item in inside):
        return False
    return any(item.kind == NAME and item.text in names for item in inside)


def _mark(reader: Arranger, scope: Scope, item: Item) -> None:
    assert scope.head is not None  # noqa: S101 - an argument has a function
    reader.notices.append(Notice(scope.head.item.span.to(item.span)))


def _argument(reader: Arranger, scope: Scope) -> ExpressionError:
    assert scope.head is not None  # noqa: S101 - an argument has a function
    start = reader.items[scope.position].span.start
    head = Span(scope.head.item.span.start, start)
    middle = reader.items[reader.position].span.start
    return complaints.argument(reader.text, head, start, middle, term_end(reader))


def term_end(reader: Arranger) -> int:
    """Return where the term ends that goes on here."""
    position = reader.position
    while reader.items[position].kind not in _ENDS_TERM or position == reader.position:
        position = reader.partners.get(position, position) + 1
    return reader.items[position - 1].span.end


def check_product(reader: Arranger, item: Item) -> None:
    """Refuse or notice a product without a sign."""
    before, scope = reader.items[reader.position - 1], reader.top
    if reader.called is not None and reader.called[0] == reader.position - 1:
        _check_braces(reader, reader.called[1], item)
    if scope.slash is not None:
        _check_slash(reader, scope, item)
    if item.kind == OPEN and before.kind == NUMBER and item.shape == FRACTION:
        _check_mixed(reader, before)
    if before.text == "Delta" and item.kind == NAME and not reader.given & {"Delta"}:
        raise complaints.difference(reader.text, before.span, item.span)
    if item.kind == OPEN and item.shape == TYPED and before.kind == NAME:
        _check_called(reader, before, item)
    if item.kind == OPEN and item.shape == TYPED and before.shape == POWER:
        greek.note_power(reader, item)


def is_gap(reader: Arranger, item: Item) -> bool:
    r"""Tell whether a blank that no command needs parts two letters: `\sin 2x y`."""
    before = reader.items[reader.position - 1]
    is_letter = before.kind == NAME and before.span.end - before.span.start == 1
    return is_letter and item.kind == NAME and item.apart > 0


def _check_braces(reader: Arranger, call: Scope, item: Item) -> None:
    r"""Refuse `\sin{2}x`, which is set as `\sin 2x`."""
    if call.shape != BRACES or item.kind != NAME or _is_power_of_e(reader, item):
        return
    raise _argument(reader, call)


def _check_slash(reader: Arranger, scope: Scope, item: Item) -> None:
    r"""Refuse `1/2\pi`; `1/2 x` with a blank is half of x."""
    assert scope.slash is not None  # noqa: S101 - asked before
    above, below = (reader.items[a:b] for a, b in ((scope.term, scope.slash), (scope.slash + 1, reader.position)))
    if [i.kind for i in above] == [i.kind for i in below] == [NUMBER] and item.apart:
        reader.notices.append(Notice(above[0].span.to(item.span)))
        return
    start = reader.items[scope.term].span.start
    sign = reader.items[scope.slash].span
    raise complaints.slash(reader.text, start, sign, item.span.start, term_end(reader))


def _check_mixed(reader: Arranger, number: Item) -> None:
    r"""Refuse `2\frac{1}{3}`."""
    end = reader.partners[reader.position]
    inside = [item.kind for item in reader.items[reader.position + 1 : min(end, reader.position + 9)]]
    if inside == [OPEN, NUMBER, CLOSE, "/", OPEN, NUMBER, CLOSE]:
        raise complaints.mixed_number(
            reader.text, number.span, reader.items[reader.position].span.to(reader.items[end].span)
        )


def _check_called(reader: Arranger, before: Item, item: Item) -> None:
    """Refuse `x(2)`; say that `V_0(x+1)` is a product."""
    inside = reader.items[reader.position + 1 : reader.position + 3]
    known = reader.given | catalogue.CONSTANTS.keys()
    if inside[1].kind == CLOSE and inside[0].kind in (NUMBER, NAME) and before.text not in known:
        raise complaints.called(reader.text, before.span, inside[0].span, inside[1].span)
    if before.text not in known:
        reader.notices.append(Notice(before.span.to(item.span)))


def check_sign(reader: Arranger, item: Item) -> None:
    r"""Refuse `\sin\pi/2` and `\cos\theta/2`; say that `\ln x/x` divides after the function."""
    scope, following = reader.top, reader.items[reader.position + 1]
    if scope.whole or following.kind == FUNCTION or (following.kind == OPEN and following.shape in (ROOT, CALL)):
        return
    known = following.kind == OPEN or (following.kind == NAME and following.text in scope.names)
    if not scope.names or (item.kind != "*" and not known):
        raise _argument(reader, scope)
    _mark(reader, scope, following)


def check_power(reader: Arranger) -> None:
    r"""Refuse `\ln|x|^2` and `\ln(x+1)^2`: the power is of the argument for some."""
    scope, here = reader.top, reader.position
    if reader.items[here - 1].kind != CLOSE:
        return
    if scope.whole not in ("", "e") and scope.count == 1:
        raise _power(reader, scope)
    if reader.called is None or reader.called[0] != here - 1:
        return
    call = reader.called[1]
    if (call.shape == BRACES and not _is_one_bracket(reader, call)) or (
        call.has_sum and call.head is not None and call.head.item.text in _ANGLES | _LOGS
    ):
        raise _power(reader, call)


def _is_one_bracket(reader: Arranger, call: Scope) -> bool:
    r"""Tell whether braces hold a bracket, as sympy writes them: `\log{\left(x \right)}^{2}`."""
    inside = reader.items[call.position + 1]
    is_typed = inside.kind == OPEN and inside.shape == TYPED
    return is_typed and reader.partners[call.position + 1] == reader.partners[call.position] - 1


def _power(reader: Arranger, scope: Scope) -> ExpressionError:
    assert scope.head is not None  # noqa: S101 - asked before
    start = reader.items[scope.position].span.start
    head = Span(scope.head.item.span.start, start)
    middle = reader.items[reader.position].span.start
    end = reader.items[reader.partners[reader.position + 1]].span.end
    return complaints.power_after(reader.text, head, start, middle, end)
