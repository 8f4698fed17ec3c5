"""Which functions of ours are called, and giving those that are loaded the code that they have with a fault."""

from __future__ import annotations

import gc
import sys
import threading
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.faults import Fault

Place = tuple[str, int, str]  # where a code is: its module, line and name


class Watch:
    """Notes which codes of ours are run, `with` it, in the copy of the project in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = f"{folder}/"
        self._codes: dict[int, CodeType] = {}

    def __enter__(self) -> None:
        self._codes.clear()
        threading.settrace(self._note)
        sys.settrace(self._note)

    def __exit__(self, *_error: object) -> None:
        sys.settrace(None)
        threading.settrace(None)

    def _note(self, frame: Any, _event: str, _arg: object) -> None:
        self._codes[id(frame.f_code)] = frame.f_code

    @property
    def called(self) -> frozenset[Place]:
        """Return the places of the codes that were run."""
        names = ((code.co_filename.removeprefix(self._folder), code) for code in self._codes.values())
        return frozenset(
            (name, code.co_firstlineno, code.co_qualname) for name, code in names if name.startswith("derivcli/")
        )


def _codes(code: CodeType) -> Iterator[CodeType]:
    """Yield a code, and all codes inside of it."""
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def _own(code: CodeType) -> tuple[Any, ...]:
    """Return what a code does by itself, without the codes inside of it, wherever it stands."""
    constants = tuple(repr(x) for x in code.co_consts if not isinstance(x, CodeType))
    return code.co_qualname, code.co_code, constants, code.co_names, code.co_varnames, code.co_freevars


def _pairs(fault: Fault, sound: bytes) -> list[tuple[CodeType, CodeType]]:
    """Return each code of a module without and with its fault; none where they do not go together."""
    old, new = (list(_codes(compile(text, fault.module, "exec"))) for text in (sound, fault.source))
    pairs = list(zip(old, new, strict=False))
    fit = all(a.co_qualname == b.co_qualname and a.co_freevars == b.co_freevars for a, b in pairs)
    return pairs if fit and len(old) == len(new) else []


def changed(fault: Fault, sound: bytes) -> set[Place]:
    """Return the places of the codes that a fault changes; none where more changes than what they do."""
    return {(fault.module, a.co_firstlineno, a.co_qualname) for a, b in _pairs(fault, sound) if _own(a) != _own(b)}


def loaded() -> list[FunctionType]:
    """Return all functions that are loaded."""
    gc.unfreeze()  # what the tests have frozen, to collect no garbage of it, is not listed
    return [function for function in gc.get_objects() if type(function) is FunctionType]


def plant(fault: Fault, sound: bytes, functions: Iterable[FunctionType]) -> None:
    """Give each function of a module the code that it has with a fault."""
    codes = {(a.co_firstlineno, _own(a)): b for a, b in _pairs(fault, sound)}
    for function in functions:
        code = function.__code__
        if code.co_filename.endswith(f"/{fault.module}"):
            function.__code__ = codes.get((code.co_firstlineno, _own(code)), code)
