"""The name of a file, a folder or a pattern -> the files of points that it stands for, in the order of their names."""

from __future__ import annotations

import glob
from pathlib import Path
from typing import TYPE_CHECKING

from derivcli.errors import DataError, UsageError
from derivcli.hints import ByAt, Hint
from derivcli.language.diagnostics import visible
from derivcli.points.named import STANDARD_INPUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HIDDEN = ("_", ".")  # how names begin that hold no rows: `_SUCCESS`, `_metadata`, `.part-0.crc`


def files_of(name: str) -> list[str]:
    """Return the files, each with its full name: on another machine another folder is the current one.

    Of a folder it is all files in it and below it. Those whose names begin with `_` or a point are left out. Raises
    `UsageError` for standard input, `DataError` where there is no file, and for folders that have a column in their
    names.
    """
    if not name or name == STANDARD_INPUT:
        raise UsageError("--engine reads files, not standard input", hint="add --points FILE, FOLDER or 'part-*.csv'")
    path = Path(name)
    if path.is_dir():
        found = _below(path)
    elif path.exists() or not glob.has_magic(name):
        found = [path]
    else:
        found = [Path(each) for each in glob.glob(name, recursive=True)]  # noqa: PTH207 - as a shell does
        found = [each for each in found if each.is_file() and not each.name.startswith(_HIDDEN)]
    if not found:
        raise DataError(f"no file of points: `{visible(name)}`", hint="give a file, a folder or a pattern in quotes")
    return [str(each) for each in sorted(each.absolute() for each in found)]


def _below(folder: Path) -> list[Path]:
    """Return the files in a folder; raises `DataError` for one such as `year=2024`, whose name is a column."""
    inside = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    seen = [path for path in inside if not any(part.startswith(_HIDDEN) for part in path.parts)]
    column = next(_columns(seen), None)
    if column is not None:
        raise DataError(
            f"the folder `{visible(column)}` holds a column in its name, which is not read",
            hint=Hint("give one such folder at a time, and the value ", ByAt()),
        )
    return [folder / path for path in seen]


def _columns(paths: Iterable[Path]) -> Iterator[str]:
    return (part for path in paths for part in path.parts[:-1] if "=" in part)
