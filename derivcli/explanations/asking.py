"""`explain` and `check`: an answer -> the same with the steps of each derivative, or with what a reader's is worth."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from derivcli import parts
from derivcli.errors import UsageError
from derivcli.explanations.answers import answered, judged
from derivcli.explanations.subject import AnsweredFunction, NoStepsError
from derivcli.explanations.way import NoRuleError
from derivcli.model import Derivative, Result, System
from derivcli.model.options import find
from derivcli.model.steps import AnswerVerdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_MOST_SHOWN = 300  # lines
_SECONDS = float(find("timeout").default)
_VARIABLE = "x"  # of which a constant is a function


@parts.told()
def explain(expression: str | Iterable[str], at: Mapping[str, Any] | None = None, **wanted: Any) -> Result | System:
    """Return what `differentiate` does, with the steps of each derivative.

    Each line is an equation that has been seen to hold at three points, by expansions with many digits. At a point it
    carries its number. `wanted` is as for `differentiate`, without `along`.

    Raises `InternalError` where a line could not be checked, `LimitError` for a derivative that is too long, else as
    `differentiate` does.
    """
    from derivcli.api import differentiate

    _check_direction(wanted)
    deadline = deadline_of(wanted)
    return with_steps(differentiate(expression, at, **wanted), deadline)


@parts.told()
def check(
    expression: str | Iterable[str], answer: str | Sequence[str], at: Mapping[str, Any] | None = None, **wanted: Any
) -> Result | System:
    """Return what `differentiate` does, with what there is to say of a reader's answer in `check`.

    The answer is an expression in the language, or several, one for each derivative of the highest order; at a point it
    may be a number, or `does not exist`. It is right if it has the value of the derivative wherever that has one.
    `wanted` is as for `differentiate`, without `along`.

    Raises `ExpressionError` for an answer that cannot be read, `PointError` for another number of answers than of
    derivatives, else as `differentiate` does.
    """
    from derivcli.api import differentiate

    _check_direction(wanted)
    deadline, texts = deadline_of(wanted), [answer] if isinstance(answer, str) else list(answer)
    return with_checks(differentiate(expression, at, **wanted), texts, deadline)


def _check_direction(wanted: Mapping[str, Any]) -> None:
    if wanted.get("along") is not None:
        raise UsageError("a derivative in a direction is not explained", hint="ask for the partial derivatives")


def deadline_of(wanted: Mapping[str, Any]) -> float:
    """Return when the time for an answer that is asked for now, and for all about it, is over."""
    return time.monotonic() + float(wanted.get("timeout") or _SECONDS)


def with_steps(answer: Result | System, deadline: float | None = None) -> Result | System:
    """Return an answer with the steps of each derivative, made until the deadline; raises as `explain` does."""
    deadline = deadline_of({}) if deadline is None else deadline
    return answer.with_each(partial(_explained, deadline))


def _explained(deadline: float, result: Result) -> Result:
    """Return the result of one function with steps; of a derivative that has none a note says why."""
    subject = AnsweredFunction(result, deadline)
    derivatives, notes = [], list(result.notes)
    for derivative in result.derivatives:
        try:
            derivatives.append(_with_lines(subject, derivative))
        except NoStepsError as error:
            derivatives.append(derivative)
            notes.append(f"there are no steps to {derivative.name}: {error}")
    return replace(result, derivatives=tuple(derivatives), notes=tuple(notes))


def _with_lines(subject: AnsweredFunction, derivative: Derivative) -> Derivative:
    """Return a derivative with its steps; raises `NoStepsError` where there are none to show."""
    try:
        groups = subject.lines(derivative.wrt) if derivative.wrt in subject.known else []
    except NoRuleError:
        groups = []
    if not groups:
        raise NoStepsError("no form of it is known, or it is too long")
    steps = [step for lines, name in groups for step in subject.checked(lines, name)]
    left_out = max(0, len(steps) - _MOST_SHOWN)
    shown = (*steps[: len(steps) - 1 - left_out], steps[-1])
    return replace(derivative, steps=shown, steps_left_out=left_out or None)


def of_a_variable(answer: Result | System) -> Result | System:
    """Return an answer in which a constant has a derivative, that by x, which is 0."""
    return answer.with_each(_of_x)


def _of_x(result: Result) -> Result:
    if result.variables or result.derivatives:
        return result
    slope = Derivative(wrt=(_VARIABLE,), name=f"df/d{_VARIABLE}", expression="0")
    return replace(result, variables=(_VARIABLE,), derivatives=(slope,), at=None, at_text=None)


def with_checks(answer: Result | System, texts: Sequence[str], deadline: float | None = None) -> Result | System:
    """Return an answer with a judgement of each of a reader's, made until the deadline; raises as `check` does."""
    deadline = deadline_of({}) if deadline is None else deadline
    found, left = of_a_variable(answer), iter(texts)
    _check_count(texts, [(result, derivative) for result in found.functions for derivative in answered(result)])
    return found.with_each(lambda result: _judged(result, left, deadline))


def _check_count(texts: Sequence[str], wanted: Sequence[tuple[Result, Derivative]]) -> None:
    """Raise `UsageError` for another number of answers than of derivatives."""
    if len(texts) != len(wanted):
        names = ", ".join(dict.fromkeys(derivative.name for _, derivative in wanted))
        said = f"{_counted(len(texts), 'answer')} for {_counted(len(wanted), 'derivative')}"
        raise UsageError(said, hint=f"give a --check for each of {names}, or name a variable: --wrt x")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' if count > 1 else ''}"


def _judged(result: Result, texts: Any, deadline: float) -> Result:
    subject = AnsweredFunction(result, deadline)
    asked = answered(result)
    checks = {derivative.wrt: judged(subject, derivative, next(texts)) for derivative in asked}
    derivatives = tuple(replace(d, check=checks.get(d.wrt)) for d in result.derivatives)
    found = list(checks.values())
    worst = next((one for one in found if one.verdict is not AnswerVerdict.RIGHT), found[0])
    return replace(result, derivatives=derivatives, check=worst)
