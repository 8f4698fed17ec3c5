"""An answer for one point, or for none -> its document."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from derivcli import wording
from derivcli.document import views, words
from derivcli.document.headline import headlines, is_told
from derivcli.document.model import STRONG, Cell, Document, Entry, Figure, Formula, Remark, Section
from derivcli.document.names import parts, place, variable
from derivcli.errors import Span
from derivcli.language.styles import Notation
from derivcli.model import Derivative, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.document.model import Deduction, Headline, Symbol
    from derivcli.document.names import NamedResult
    from derivcli.model import Result, System, Value

_MOST = 500  # derivatives of a function that a reader is shown: some ten screens
_WITNESSES = ("autograd", "symbolic", "quotient")
_SAME = 1e-9  # the third number has far fewer digits than this where it is not the reference


def document(answer: Result | System, notation: Notation = Notation.AUTO, *, is_bounded: bool = False) -> Document:
    """Return all there is to show of an answer, or as many derivatives of it as a person reads."""
    functions = parts(answer, notation)
    shown = [bounded(part.values) if is_bounded else part.values for part in functions]
    results = [part.result for part in functions]
    several = len(functions) > 1
    numbers = [value for part in functions if part.result.has_numbers for value in part.values]
    spare = () if any(map(_third_decides, numbers)) else ("quotient",)
    said = headlines(functions)
    return Document(
        readings=tuple(words.readings(results)),
        functions=tuple(
            _function(part, values, f" of {part.letter}" if several else "", spare, said)
            for part, values in zip(functions, shown, strict=True)
        ),
        directions=views.directions(functions),
        headlines=said,
        where=words.point(*_point(results)),
        columns=(*_WITNESSES, "difference", "verdict") if numbers else (),
        spare=spare,
        jacobian=views.jacobian(answer, functions),
        alone=not any(result.variables for result in results),
        notes=(
            *map(functions[0].spelling.quoted, words.notes(results)),
            *dict.fromkeys(note for part, kept in zip(functions, shown, strict=True) for note in left_out(part, kept)),
        ),
        limits=tuple(dict.fromkeys(limit for result in results if (limit := result.limit_reached))),
    )


def _point(results: list[Result]) -> tuple[dict[str, float], dict[str, str]]:
    """Return the coordinates of all functions, and as they were typed."""
    at = {name: value for result in results for name, value in (result.at or {}).items()}
    return at, {name: text for result in results for name, text in (result.at_text or {}).items()}


def _third_decides(value: Value) -> bool:
    """Tell whether the third witness says what the symbolic number does not."""
    if value.quotient is None or math.isnan(value.quotient):
        return False
    return value.symbolic is None or not math.isclose(value.symbolic, value.quotient, rel_tol=_SAME)


def bounded(values: Sequence[Value]) -> Sequence[Value]:
    """Return f and the derivatives that a person reads, in their order: those that do not agree come before others."""
    own, *others = values
    if len(others) <= _MOST:
        return values
    telling = sorted(range(len(others)), key=lambda k: others[k].status in (None, Status.AGREE))[:_MOST]
    return [own, *(others[k] for k in sorted(telling))]


def left_out(part: NamedResult, shown: Sequence[Value]) -> list[str]:
    """Say how many derivatives are not shown, if any."""
    count = len(part.values) - len(shown)
    return [f"{count} more derivatives are not shown: JSON and CSV have all of them"] if count else []


def _function(
    part: NamedResult, values: Sequence[Value], of: str, spare: tuple[str, ...], told: tuple[Headline, ...]
) -> Section:
    has_numbers = part.result.has_numbers
    return Section(
        name=variable(part.letter),
        call=part.call,
        entries=tuple(entry(part, value, spare, told) for value in values),
        at=place(part.result.at or {}) if has_numbers else None,
        is_equation=part.is_equation,
        hessian=views.hessian(part, of),
        views=views.facts(part, of),
        shares=views.shares(part, of),
        checks=words.spot_checks(part.result),
    )


def entry(part: NamedResult, value: Value, spare: tuple[str, ...] = (), told: tuple[Headline, ...] = ()) -> Entry:
    """Return f or a derivative with what the witnesses say of it, but for what is told already."""
    verdict, name = words.verdict(value), part.name(value)
    found = value if isinstance(value, Derivative) and value.steps else None
    return Entry(
        name=name,
        formula=_formula(part, value),
        is_high=isinstance(value, Derivative) and words.is_high(value),
        cells=(*_numbers(value, spare), Cell(words.difference(value)), Cell(verdict, value.status or "")),
        answer=part.result.dtype.shortest(value.answer) if value.answer is not None else verdict or "no value",
        doubt="unverified" if value.status is Status.UNVERIFIED else "",
        is_odd=value.status not in (None, Status.AGREE),
        said=_remark(part, value, is_told=is_told(part, value, told)),
        steps=_steps(part, found, name) if found else (),
        left_out=(found.steps_left_out or 0) if found else 0,
    )


def _steps(part: NamedResult, derivative: Derivative, name: Symbol) -> tuple[Deduction, ...]:
    from derivcli.document.steps import deductions  # few ask for them

    return deductions(part, derivative, name)


def _formula(part: NamedResult, value: Value) -> Formula | str:
    if not isinstance(value, Derivative):
        return part.formula(part.result.read_as, part.result.latex)
    if value.expression is None:
        return words.no_form(part.result, value)
    return part.formula(value.expression, value.latex)


def _numbers(value: Value, spare: tuple[str, ...]) -> list[Cell]:
    """Return what each witness says, the one whose number is the answer in bold."""
    shown = [title for title in _WITNESSES if title not in spare]
    best = next((title for title in shown if getattr(value, title) == value.answer), shown[0])
    strong = "" if value.answer is None else best
    return [Cell(getattr(value, title), STRONG if title == strong else "") for title in _WITNESSES]


def _remark(part: NamedResult, value: Value, *, is_told: bool) -> Remark | None:
    """Return what there is to say beside a number; of one that is told already only how it came about."""
    spelling = part.spelling
    note = wording.beyond(value.note or "") if is_told else value.note
    sides = () if is_told else words.sides(value)
    exactly = f"exactly {spelling.text(value.exact)}" if value.exact and not is_told else ""
    if not (note or exactly or sides):
        return None
    span = None if value.cause is None else value.cause.span
    figure = None if span is None else Figure(*spelling.marked(part.result.read_as, Span(*span)))
    rewrite = None if value.rewrite is None else spelling.text(value.rewrite)
    said = tuple((text,) for text in (spelling.quoted(note or ""), exactly) if text)
    return Remark((), (*said, *((sides,) if sides else ())), figure, rewrite)
