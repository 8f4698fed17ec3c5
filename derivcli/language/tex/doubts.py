r"""Places in LaTeX that people read in two ways: refused with both forms, or read with a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import Span
from derivcli.language import catalogue
from derivcli.language.notes import Mark
from derivcli.language.tex import complaints, functions
from derivcli.language.tex.items import BRACES, CALL, CLOSE, FRACTION, OPEN, POWER, ROOT, TYPED, Item
from derivcli.language.tex.patterns import FUNCTION, WIDE
from derivcli.language.tokens import END, NAME, NUMBER

if TYPE_CHECKING:
    from derivcli.errors import ExpressionError
    from derivcli.language.tex.arranging import Arranger, Frame

_ANGLES = frozenset(row.name for family in ("trigonometric", "hyperbolic") for row in catalogue.FAMILIES[family])
_LOGS = frozenset({"log", "log2", "log10"})
_WITH_POWER = frozenset({"Gamma", "zeta", "psi", "Phi"})  # sigma^2(...) is no square of a function
_SAID = {"sigma": "sigmoid", "psi": "digamma", "Phi": "ndtr, the normal distribution"}
_ENDS_TERM = frozenset({"+", "-", ",", CLOSE, END, "=", "==", "<", ">", "<=", ">=", "!=", "and", "or"})


def ends_argument(reader: Arranger, item: Item) -> bool:
    """Tell whether a factor belongs no more to the function without brackets before it."""
    frame = reader.top
    if frame.whole:
        return True
    if item.kind == NUMBER or (item.kind == OPEN and item.shape == BRACES):
        return False
    if item.kind == NAME and not _is_power_of_e(reader, item):
        if item.apart == WIDE:
            raise _argument(reader, frame)
        return False
    return _before_structure(reader, frame, item)


def _before_structure(reader: Arranger, frame: Frame, item: Item) -> bool:
    """Decide where a function, a power of e, a fraction, a root or a bracket follows the argument."""
    constant = not frame.names
    of_angle = frame.head is not None and frame.head.item.text in _ANGLES
    if item.kind in (NAME, FUNCTION):
        if constant and of_angle:
            raise _argument(reader, frame)
        if constant or item.kind == NAME:
            _mark(reader, frame, item)
        return True
    bare = item.shape == TYPED and reader.text[item.span.start] != "\\" and not item.apart
    shared = not constant and _holds(reader, frame.names, function=bare)
    if not shared and not (constant and of_angle):
        raise _argument(reader, frame)
    _mark(reader, frame, item)
    return shared


def _is_power_of_e(reader: Arranger, item: Item) -> bool:
    return item.text == "e" and "e" not in reader.given and reader.items[reader.position + 1].kind == "^"


def _holds(reader: Arranger, names: set[str], *, function: bool) -> bool:
    """Tell whether the bracket that opens here holds one of the names, in a function if one is asked for."""
    inside = reader.items[reader.position : reader.partners[reader.position]]
    if function and all(item.kind != FUNCTION for item in inside):
        return False
    return any(item.kind == NAME and item.text in names for item in inside)


def _mark(reader: Arranger, frame: Frame, item: Item) -> None:
    assert frame.head is not None  # noqa: S101 - an argument has a function
    reader.marks.append(Mark(frame.head.item.span.to(item.span)))


def _argument(reader: Arranger, frame: Frame) -> ExpressionError:
    assert frame.head is not None  # noqa: S101 - an argument has a function
    start = reader.items[frame.position].span.start
    head = Span(frame.head.item.span.start, start)
    middle = reader.items[reader.position].span.start
    return complaints.argument(reader.text, head, start, middle, term_end(reader))


def term_end(reader: Arranger) -> int:
    """Return where the term ends that goes on here."""
    position = reader.position
    while reader.items[position].kind not in _ENDS_TERM or position == reader.position:
        position = reader.partners.get(position, position) + 1
    return reader.items[position - 1].span.end


def check_product(reader: Arranger, item: Item) -> None:
    """Refuse or mark a product without a sign."""
    before, frame = reader.items[reader.position - 1], reader.top
    if reader.called is not None and reader.called[0] == reader.position - 1:
        _check_braces(reader, reader.called[1], item)
    if frame.slash is not None:
        _check_slash(reader, frame, item)
    if item.kind == OPEN and before.kind == NUMBER and item.shape == FRACTION:
        _check_mixed(reader, before)
    if before.text == "Delta" and item.kind == NAME and not reader.given & {"Delta"}:
        raise complaints.difference(reader.text, before.span, item.span)
    if item.kind == OPEN and item.shape == TYPED and before.kind == NAME:
        _check_called(reader, before, item)
    if item.kind == OPEN and item.shape == TYPED and before.shape == POWER:
        _check_power_of_name(reader, item)


def is_gap(reader: Arranger, item: Item) -> bool:
    r"""Tell whether a blank that no command needs parts two letters: `\sin 2x y`."""
    before = reader.items[reader.position - 1]
    is_letter = before.kind == NAME and before.span.end - before.span.start == 1
    return is_letter and item.kind == NAME and item.apart > 0


def _check_power_of_name(reader: Arranger, item: Item) -> None:
    r"""Say that `\sigma^2(x)` is a product."""
    position, depth = reader.position - 2, 1
    while depth:
        depth += (reader.items[position].kind == CLOSE) - (reader.items[position].kind == OPEN)
        position -= 1
    base = reader.items[position - 1]
    if base.kind == NAME and base.text in _SAID and base.text not in reader.given:
        reader.marks.append(Mark(base.span.to(item.span)))


def _check_braces(reader: Arranger, call: Frame, item: Item) -> None:
    r"""Refuse `\sin{2}x`, which is set as `\sin 2x`."""
    if call.shape != BRACES or item.kind != NAME or _is_power_of_e(reader, item):
        return
    raise _argument(reader, call)


def _check_slash(reader: Arranger, frame: Frame, item: Item) -> None:
    r"""Refuse `1/2\pi`; `1/2 x` with a blank is half of x."""
    assert frame.slash is not None  # noqa: S101 - asked before
    above, below = (reader.items[a:b] for a, b in ((frame.term, frame.slash), (frame.slash + 1, reader.position)))
    if [i.kind for i in above] == [i.kind for i in below] == [NUMBER] and item.apart:
        reader.marks.append(Mark(above[0].span.to(item.span)))
        return
    start = reader.items[frame.term].span.start
    sign = reader.items[frame.slash].span
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
        reader.marks.append(Mark(before.span.to(item.span)))


def check_sign(reader: Arranger, item: Item) -> None:
    r"""Refuse `\sin\pi/2` and `\cos\theta/2`; say that `\ln x/x` divides after the function."""
    frame, following = reader.top, reader.items[reader.position + 1]
    if frame.whole or following.kind == FUNCTION or (following.kind == OPEN and following.shape in (ROOT, CALL)):
        return
    known = following.kind == OPEN or (following.kind == NAME and following.text in frame.names)
    if not frame.names or (item.kind != "*" and not known):
        raise _argument(reader, frame)
    _mark(reader, frame, following)


def check_power(reader: Arranger) -> None:
    r"""Refuse `\ln|x|^2` and `\ln(x+1)^2`: the power is of the argument for some."""
    frame, here = reader.top, reader.position
    if reader.items[here - 1].kind != CLOSE:
        return
    if frame.whole not in ("", "e") and frame.count == 1:
        raise _power(reader, frame)
    if reader.called is None or reader.called[0] != here - 1:
        return
    call = reader.called[1]
    if (call.shape == BRACES and not _is_one_bracket(reader, call)) or (
        call.has_sum and call.head is not None and call.head.item.text in _ANGLES | _LOGS
    ):
        raise _power(reader, call)


def _is_one_bracket(reader: Arranger, call: Frame) -> bool:
    r"""Tell whether braces hold a bracket, as sympy writes them: `\log{\left(x \right)}^{2}`."""
    inside = reader.items[call.position + 1]
    is_typed = inside.kind == OPEN and inside.shape == TYPED
    return is_typed and reader.partners[call.position + 1] == reader.partners[call.position] - 1


def _power(reader: Arranger, frame: Frame) -> ExpressionError:
    assert frame.head is not None  # noqa: S101 - asked before
    start = reader.items[frame.position].span.start
    head = Span(frame.head.item.span.start, start)
    middle = reader.items[reader.position].span.start
    end = reader.items[reader.partners[reader.position + 1]].span.end
    return complaints.power_after(reader.text, head, start, middle, end)


def called(reader: Arranger, item: Item) -> str | None:
    r"""Return the function that a letter before a bracket means: `\Gamma(x)`, `\sigma(x)`."""
    if item.text in reader.given:
        return None
    position = bracket_after(reader, item)
    if position is None:
        return None
    function = functions.greek(item.text, position in reader.several)
    if function is None or (function == "sigmoid" and not _is_sigmoid(reader, item, position)):
        return None
    if item.text in _SAID:
        typed = reader.text[slice(*item.span)]
        reader.marks.append(Mark(item.span, f"`{typed}(...)` was read as the function {_SAID[item.text]}"))
    return function


def bracket_after(reader: Arranger, item: Item) -> int | None:
    r"""Return where the bracket opens behind a letter; a power or a prime may stand between: `\Gamma^2(x)`."""
    position = reader.position + 1
    while item.text in _WITH_POWER and reader.items[position].kind == "'":
        position += 1
    has_power = reader.items[position].kind == "^"
    if has_power:
        position = reader.partners[position + 1] + 1
    following = reader.items[position]
    is_call = item.text in _WITH_POWER or not has_power or position in reader.several
    return position if is_call and following.kind == OPEN and following.shape == TYPED else None


def _is_sigmoid(reader: Arranger, item: Item, position: int) -> bool:
    r"""Tell `\sigma(wx+b)` from `\sigma(T^4-S^4)`."""
    inside = reader.items[position : reader.partners[position]]
    if item.text in reader.letters:
        return False
    before = reader.items[reader.position - 1] if reader.position else item
    greek_before = reader.operand and before.kind == NAME and len(before.text) > 1
    if greek_before or any(i.shape == POWER for i in inside):
        raise complaints.sigmoid(reader.text, item.span, reader.items[reader.partners[position]].span.end)
    return True
