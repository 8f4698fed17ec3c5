"""What an option is, and which others it goes with; the options there are stand in `options`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any

from derivcli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.hints import Hint


class ValueKind(Enum):
    """What the value of an option is."""

    FLAG = "none: it is given or not"
    WHOLE = "a whole number"
    NUMBER = "a number"
    WORD = "one of some words"
    TEXT = "any text"
    TEXTS = "any text, for each time that it is given"
    NAME = "a variable"
    NAMES = "variables"
    MIXED = "variables, one after the other, for each time that it is given"
    POINT = "a value for each of some variables"
    FILE = "the name of a file"

    @property
    def is_list(self) -> bool:
        """Whether the option may be given more than once."""
        return self in (ValueKind.NAMES, ValueKind.MIXED, ValueKind.POINT, ValueKind.TEXTS)


class Panel(StrEnum):
    """What options are about, in the order in which they are shown."""

    WHAT = "What"
    WHERE = "Where"
    OUTPUT = "Output"
    EXPLAIN = "Explain"
    NUMERICS = "Numerics"
    OTHERS = "Others"


@dataclass(frozen=True, slots=True)
class Need:
    """An option that another one is nothing without; what is said where it is missing, and the way out."""

    name: str
    said: str
    hint: str | Hint


@dataclass(frozen=True, slots=True)
class Option:
    """One option.

    - `name`: as on the command line, without `--`; with `_` for `-` it is the name in Python (`key`).
    - `help`: what it does (`line` for `--help`); `more`: what the man page and the manual say besides.
    - `metavar`: what stands for the value, which `may_stand_alone` says may be left out; `example`: a value; `words`:
      all values there are, or for a file those that name none; `suffixes`: those of the files that it writes.
    - `python`: it is an argument of `differentiate`; `old_name`: what that was called before, and still may be.
    - `stands_alone`: no expression stands beside it, so that any word behind it is its value.
    - `json`: the field of the JSON contract that holds what it adds to the derivatives.
    - `one_point`: it takes a single point, not many.
    - `goes_with`: the only options about what is asked (`Panel.WHAT`) that it goes with, None for all; `not_with`:
      other options that it does not go with; `is_for`: why. `needs`: an option that it is nothing without.
    - `anywhere`: it says how a text looks or where it goes, whatever is printed.
    - `without_views`: it has no place for what is asked besides at one point, such as a tangent.
    """

    name: str
    kind: ValueKind
    panel: Panel
    help: str
    more: str = ""
    short: str = ""
    metavar: str = ""
    may_stand_alone: bool = False
    example: str = ""
    default: Any = None
    words: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    python: bool = False
    old_name: str = ""
    stands_alone: bool = False
    json: str = ""
    one_point: bool = False
    goes_with: tuple[str, ...] | None = None
    not_with: tuple[str, ...] = ()
    is_for: str = ""
    needs: Need | None = None
    without_views: bool = False
    anywhere: bool = False
    key: str = field(init=False)  # looked at for every option in every question

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", self.name.replace("-", "_"))

    @property
    def flag(self) -> str:
        """Its name on the command line."""
        return f"--{self.name}"

    @property
    def flags(self) -> tuple[str, ...]:
        """Its names on the command line, the short one last."""
        return (self.flag, self.short) if self.short else (self.flag,)

    @property
    def line(self) -> str:
        """Its help with the example at the end of the first sentence, where its value is made of names."""
        first, stop, rest = self.help.partition(".")
        has_names = (
            self.kind in (ValueKind.NAME, ValueKind.NAMES, ValueKind.MIXED, ValueKind.POINT) and ":" not in self.help
        )
        return f"{first}: {self.example}{stop}{rest}" if has_names else self.help

    @property
    def takes_value(self) -> bool:
        """Whether a value follows it, or may follow it."""
        return self.kind is not ValueKind.FLAG

    @property
    def shown_value(self) -> str:
        """What stands for the value, in brackets where it may be left out."""
        return f"[{self.metavar}]" if self.may_stand_alone else self.metavar

    def is_given(self, value: Any) -> bool:
        """Tell whether it has been used: 0 is a value, unlike None, False and nothing in a row."""
        return not (value is None or value is False or value in ((), [], self.default))


def clash(option: Option, others: Sequence[Option]) -> Option | None:
    """Return the first of other options that an option does not go with."""
    return next((other for other in others if other is not option and not _goes(option, other)), None)


def check_clash(option: Option, others: Sequence[Option], value: str = "") -> None:
    """Raise `UsageError` where an option, or a value of it, does not go with one of the others."""
    other = clash(option, others)
    if other is not None:
        raise UsageError(f"{option.flag} and {other.flag} do not go together", hint=why_not(option, value))


def _goes(option: Option, other: Option) -> bool:
    if other.name in option.not_with:
        return False
    is_what = other.panel is Panel.WHAT
    is_view = is_what and other.one_point and option.without_views
    return not is_view and not (is_what and option.goes_with is not None and other.name not in option.goes_with)


def why_not(option: Option, value: str = "") -> str:
    """Return why an option, or a value of it, does not go with another one."""
    if option.is_for:
        return " ".join(filter(None, (option.flag, value, option.is_for)))
    # --wrt says by which variables, but asks for no derivative that could be had by itself.
    others = " or ".join(f"--{name}" for name in option.goes_with or () if name != "wrt")
    return f"{option.flag} goes with {others}; ask for the other by itself"


def partners(option: Option, options: Sequence[Option]) -> str:
    """Return in words which options about what is asked an option goes with."""
    asking = [other for other in options if other.panel is Panel.WHAT and other is not option]
    if option.goes_with is not None:
        return ", ".join(other.flag for other in asking if other.name in option.goes_with)
    but = ", ".join(other.flag for other in asking if not _goes(other, option))
    return f"all but {but}" if but else "all"
