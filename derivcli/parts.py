"""Libraries that others have made: loaded on use, and named where one is missing.

Whatever is missing is told in one way: which library it is, whether it is not installed or does not load, and how to
install it. Too little memory to load one is no missing part, but a limit.
"""

from __future__ import annotations

import errno
import mmap
import sys
import traceback
import warnings
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from derivcli.errors import DerivError, LimitError, MissingPartError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

# How each is installed. The extras are named as such: `pip install derivcli` brings all others.
_PIP = "pip install "
_INSTALL = {
    **{name: f"{_PIP}{name}" for name in ("torch", "sympy", "mpmath", "numpy", "scipy", "typer", "rich")},
    "pyarrow": "pip install 'derivcli[parquet]'",
    "backports.zstd": "pip install 'derivcli[zstd]'",
    "matplotlib": "pip install 'derivcli[plot]'",
    **dict.fromkeys(("dask", "distributed"), "pip install 'derivcli[dask]'"),
}
# Bytes of address space that loading takes. With less it may end in anything: an error, an exit, a crash.
_ROOM = {"torch": 608 * 2**20, "sympy": 128 * 2**20}
_OURS = __name__.partition(".")[0]
_MOST_SAID = 200  # characters of what a part says of itself
# What the loader of shared objects and torch say in the place of a MemoryError.
_SHORT = ("failed to map segment", "cannot allocate memory", "can't allocate memory", "not enough memory")
_MORE = "give it more: `ulimit -v` shows a limit of the shell"


def load(name: str) -> Any:
    """Return a module of a part. Raises `MissingPartError`, or `LimitError` where the memory is too small for it."""
    try:
        if name in sys.modules:  # or nearly, in another thread
            return import_module(name)
        _check_room(name)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Failed to initialize NumPy")  # torch works without it
            return import_module(name)
    except Exception as error:
        raise _unloaded(error, name.partition(".")[0]) from error


def is_missing(part: str) -> bool:
    """Tell whether a part is not installed. It may be there and still not load."""
    try:
        return find_spec(part) is None
    except (ImportError, ValueError):  # the latter: it is there and has no spec, or None in its place
        return sys.modules.get(part) is None


def missing(part: str, message: str | None = None) -> MissingPartError:
    """Return the error for a part that is not installed."""
    return MissingPartError(message or f"deriv needs {part}, which is not installed", hint=_INSTALL[part])


def again(*parts: str) -> str:
    """Return how parts that do not load are installed once more."""
    return f"pip install --force-reinstall {' '.join(_INSTALL[part].removeprefix(_PIP) for part in parts)}"


def is_limited() -> bool:
    """Tell whether this process and those it starts have a limit on their memory (`ulimit -v`)."""
    try:
        import resource
    except ImportError:  # not on Windows
        return False
    return resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY


def check_torch() -> None:
    """Raise `UsageError` inside a transform of `torch.func`, which would trace what torch does for us."""
    functorch: Any = getattr(getattr(sys.modules.get("torch"), "_C", None), "_functorch", None)
    current = getattr(functorch, "peek_interpreter_stack", None)  # torch has no public way to ask
    if current is not None and current() is not None:
        raise UsageError(
            "deriv cannot work inside a transform of torch.func",
            hint="call it outside of torch.func.grad, jvp, vmap and the like: its answers are plain numbers",
        )


@contextmanager
def told() -> Iterator[None]:
    """Raise in the place of an import that fails, or of memory that runs out, what `explained` makes of it."""
    try:
        yield
    except Exception as error:
        found = explained(error)
        if found is None:
            raise
        raise found from error


def explained(error: Exception) -> DerivError | None:
    """Return what an error means that is no defect of ours: memory that ran out, a part that cannot be imported."""
    if is_shortage(error):
        return LimitError("memory ran out", hint=_MORE)
    part = _culprit(error) if isinstance(error, ImportError) else None
    return None if part is None else _unloaded(error, part)


def is_shortage(error: BaseException) -> bool:
    """Tell whether an error says that there is no memory, or none for another thread."""
    said = str(error).lower()
    return (
        isinstance(error, MemoryError)
        or (isinstance(error, OSError) and error.errno == errno.ENOMEM)
        or (isinstance(error, RuntimeError) and "can't start new thread" in said)
        or (isinstance(error, (OSError, ImportError, RuntimeError)) and any(words in said for words in _SHORT))
    )


def _check_room(name: str) -> None:
    """Raise `MemoryError` where it can be told beforehand that there is too little memory for a part."""
    if name in _ROOM and is_limited():
        try:
            mmap.mmap(-1, _ROOM[name]).close()
        except OSError as error:
            raise MemoryError from error


def _unloaded(error: Exception, part: str) -> DerivError:
    """Return why a part cannot be used; the one to blame may be another that it imports."""
    if is_shortage(error):
        return LimitError(f"there is too little memory to load {part}", hint=_MORE)
    part = _culprit(error) or part
    if isinstance(error, ModuleNotFoundError) and error.name == part:
        return missing(part)
    said = f"{type(error).__name__}: {error}".strip().partition("\n")[0][:_MOST_SAID]
    return MissingPartError(f"deriv needs {part}, which does not load ({said})", hint=again(part))


def _culprit(error: Exception) -> str | None:
    """Return the part that is not there, or else the one that our code was in; None where it was in none."""
    if isinstance(error, ImportError) and _top(error.name) in _INSTALL:
        return _top(error.name)
    running = [_top(frame.f_globals.get("__name__")) for frame, _ in traceback.walk_tb(error.__traceback__)]
    last = next((name for name in reversed(running) if name in _INSTALL or name == _OURS), _OURS)
    return None if last == _OURS else last


def _top(name: str | None) -> str:
    return (name or "").partition(".")[0]
