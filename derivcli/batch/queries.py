"""The fields of a line -> a query: the expressions, what is asked of them, and what `differentiate` takes with them.

A field is an option that says what is asked of one expression, by its name on the command line or in Python; its value
is what either of them takes. What a line leaves out is as the command line has it for all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from derivcli.coordinates import coordinate_text
from derivcli.errors import DataError, DerivError, LimitError, PointError, UsageError
from derivcli.hints import Asker
from derivcli.language.limits import MAX_LENGTH
from derivcli.language.names import misspelt
from derivcli.language.numbers import SIGNED
from derivcli.model.option import ValueKind, clash, why_not
from derivcli.model.options import OPTIONS
from derivcli.points.places import parse_at, parse_partials, parse_places, parse_wrt

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.model import Result, System
    from derivcli.model.option import Option

EXPRESSION, IDENTITY = "expression", "id"
# Beside what Python takes, these say what is asked of one expression.
_BESIDES = ("at", "check", "steps", "code", "stable")
# What is done about an expression besides: one of them, of which that of a line comes before that of all lines.
_DOINGS = ("check", "steps", "code")
FIELDS: dict[str, Option] = {
    name: option
    for option in OPTIONS
    if option.python or option.name in _BESIDES
    for name in (option.name, option.key, option.old_name)
    if name
}
_KNOWN = (EXPRESSION, IDENTITY, *FIELDS)
_WHOLE = re.compile(r"[+-]?[0-9]{1,30}")
_TRUTHS = {"true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}


@dataclass(frozen=True, slots=True)
class Query:
    """A question of a batch: the line it stands in, its expressions, and what `differentiate` takes with them.

    `check` are answers of a reader's, which are to be judged; `steps` is brief or full where they are asked for, `code`
    the language in which f and its derivatives are, in a `stable` form if one is known.
    `cells` are those of its row, where the questions are the rows of a table. Of an `unseen` one nobody looks at the
    formulas.
    """

    line: int
    expressions: tuple[str, ...] = ()
    wanted: Mapping[str, Any] = field(default_factory=dict)
    check: tuple[str, ...] = ()
    steps: str = ""
    code: str = ""
    stable: bool = False
    id: Any = None
    cells: tuple[str, ...] = ()
    unseen: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether one expression is asked about, and nothing besides that takes further questions."""
        return len(self.expressions) == 1 and not (self.check or self.steps or self.code)

    @property
    def common(self) -> dict[str, Any]:
        """Return what it asks as fields for all expressions."""
        return {name: value for name, value in self.fields.items() if name != EXPRESSION}

    @property
    def fields(self) -> dict[str, Any]:
        """Return the fields that make this query, as plain texts, numbers, lists and objects."""
        own = {
            "check": list(self.check),
            "steps": self.steps,
            "code": self.code,
            "stable": self.stable,
        }
        return {EXPRESSION: list(self.expressions), **self.wanted, **{k: v for k, v in own.items() if v}}


@dataclass(frozen=True, slots=True)
class Answered:
    """What there is to say of a query: the answer, or `code` with how the text was read, or else the error."""

    query: Query
    answer: Result | System | None = None
    error: DerivError | None = None
    code: str = ""
    readings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.error is not None:
            self.error.asker = Asker.LINE


def query_of(given: Mapping[str, Any], common: Mapping[str, Any], line: int = 0) -> Query:
    """Return the query that fields make; `common` are fields for all lines, which those of a line come before.

    Raises `UsageError` for a field that there is not and for a value that is none of its kind, `PointError` for a point
    that is not one.
    """
    for name in given:
        if name not in _KNOWN:
            raise UsageError(f"a question has no field `{name}`", hint=_meant(name))
    own = {FIELDS[name].key: (name, value) for name, value in given.items() if name in FIELDS and value is not None}
    read = {key: _value(FIELDS[name], name, value) for key, (name, value) in own.items()}
    displaced = _DOINGS if any(read.get(name) for name in _DOINGS) else ()
    values = {**{name: value for name, value in common.items() if name not in displaced}, **read}
    _check_together(values)
    return Query(
        line,
        _texts(EXPRESSION, given.get(EXPRESSION)),
        {name: value for name, value in values.items() if name not in (*_DOINGS, "stable")},
        tuple(values.get("check", ())),
        values.get("steps", ""),
        values.get("code", ""),
        values.get("stable", False),
        given.get(IDENTITY),
    )


def _check_together(values: Mapping[str, Any]) -> None:
    """Raise `UsageError` for fields that do not go together, as their options do not."""
    used = [FIELDS[name] for name, value in values.items() if FIELDS[name].is_given(value)]
    if values.get("stable") and not values.get("code"):
        raise UsageError("`stable` is for `code`", hint="add the language: code")
    for option in used:
        other = clash(option, used) if option.name in _DOINGS else None
        if other is not None:
            raise UsageError(f"`{option.name}` and `{other.name}` do not go together", hint=why_not(option))


def plain(text: str) -> dict[str, Any]:
    """Return the fields of an expression, and of the point behind an @; raises `DataError`, `LimitError`."""
    if len(text) > MAX_LENGTH:
        raise LimitError(f"the line has {len(text)} characters: the limit is {MAX_LENGTH}")
    expression, at, point = text.partition("@")
    if not at:
        return {EXPRESSION: expression}
    if not point.strip():
        raise DataError("there is no point behind the @", hint="write x^2 @ x=2")
    return {EXPRESSION: expression.strip(), "at": point.strip()}


def _meant(name: str) -> str:
    """Return the hint for a field that there is not: a near one, or why an option is none."""
    if name.replace("_", "-") in {option.name for option in OPTIONS}:
        return "it is an option for the whole command, not for one question"
    near = misspelt(name, _KNOWN)
    return f"did you mean `{near[0]}`?" if near else f"the fields are {', '.join(sorted(set(_KNOWN)))}"


def _value(option: Option, name: str, value: Any) -> Any:
    try:
        return _READ[option.kind](name, value) if option.name != "at" else _point(name, value, _places)
    except DerivError as error:
        raise error.within(value) if isinstance(value, str) else error from None


def _texts(name: str, value: Any) -> tuple[str, ...]:
    """Return a text or several, none of them empty."""
    texts = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, (list, tuple)) else ()
    if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
        raise UsageError(f"a question needs its `{name}`", hint=f'write {{"{name}": "x^2"}}, or the text alone')
    return texts


def _places(texts: list[str]) -> Mapping[str, str]:
    places = parse_places(texts)
    if places.axes:
        name = next(iter(places.axes))
        raise PointError(f"a question takes one point, and `{name}` has several values", hint="write a line for each")
    return places.constants


def _point(name: str, value: Any, read: Callable[[list[str]], Mapping[str, str]]) -> dict[str, str]:
    """Return a point as texts, which are the values as they were typed."""
    if isinstance(value, Mapping):
        return {variable: coordinate_text(variable, number) for variable, number in value.items()}
    return dict(read([_text(name, value)]))


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{name} must be a text, not {_shown(value)}")
    return value


def _list(name: str, value: Any) -> list[str]:
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, (list, tuple)) or not all(isinstance(text, str) for text in found):
        raise UsageError(f"{name} must be a text or a list of texts, not {_shown(value)}")
    return list(found)


def _answers(name: str, value: Any) -> list[str]:
    """Return texts; a number stands for its text."""
    found = value if isinstance(value, (list, tuple)) else [value]
    is_number = [isinstance(answer, (int, float, Decimal)) and not isinstance(answer, bool) for answer in found]
    return _list(name, [str(answer) if plain else answer for answer, plain in zip(found, is_number, strict=True)])


def _mixed(name: str, value: Any) -> list[list[str]]:
    """Return lists of names: `"x,x,y"`, `["x,x,y", "x,y"]` or `[["x", "x", "y"]]`."""
    if isinstance(value, (list, tuple)) and value and all(isinstance(names, (list, tuple)) for names in value):
        return [_list(name, names) for names in value]
    return [list(names) for names in parse_partials(_list(name, value))]


def _whole(name: str, value: Any) -> int:
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise UsageError(f"{name} must be a whole number, not {_shown(value)}")
    return value


def _number(name: str, value: Any) -> float:
    if isinstance(value, bool) or (isinstance(value, str) and not SIGNED.fullmatch(value.strip())):
        raise UsageError(f"{name} must be a number, not {_shown(value)}")
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        raise UsageError(f"{name} must be a number, not {_shown(value)}") from None


def _flag(name: str, value: Any) -> bool:
    found = _TRUTHS.get(value.strip().lower()) if isinstance(value, str) else value
    if not isinstance(found, bool):
        raise UsageError(f"{name} must be true or false, not {_shown(value)}")
    return found


def _word(name: str, value: Any) -> str:
    """Return one of an option's words; of steps, which need none, true is the first, and false is none."""
    option = FIELDS[name]
    if option.name == "steps" and isinstance(value, bool):
        return option.words[0] if value else ""
    if value not in option.words:
        near = misspelt(value, option.words) if isinstance(value, str) else ()
        hint = f"did you mean `{near[0]}`?" if near else None
        raise UsageError(f"{name} is {', '.join(option.words)}, not {_shown(value)}", hint=hint)
    return str(value)


def _shown(value: Any) -> str:
    """Return what stands in a field, as JSON has it."""
    import json

    return f"`{json.dumps(value, default=float)}`"


_READ: dict[ValueKind, Callable[[str, Any], Any]] = {
    ValueKind.FLAG: _flag,
    ValueKind.WHOLE: _whole,
    ValueKind.NUMBER: _number,
    ValueKind.WORD: _word,
    ValueKind.NAME: _text,
    ValueKind.NAMES: lambda name, value: list(parse_wrt(_list(name, value)) or ()),
    ValueKind.MIXED: _mixed,
    ValueKind.POINT: lambda name, value: _point(name, value, parse_at),
    ValueKind.TEXTS: _answers,
}
