"""`_manifest.jsonl`, the memory of a folder of parts: what was asked, and for each part what came of it.

The first line is the question with its files. A line for each part follows as soon as it is done; at the end the lines
stand in the order of the parts, and a last one has the totals. A line that is not whole is none: its part is missing.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from derivcli.atomic import UNFINISHED, AtomicFile
from derivcli.engine.parts import FilePart, WrittenPart, writing
from derivcli.errors import DerivError, UsageError
from derivcli.language.diagnostics import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

NAME = "_manifest.jsonl"
_ANOTHER = "give another folder"

Outcome = WrittenPart | DerivError


@dataclass(frozen=True, slots=True)
class Manifest:
    """The memory of a folder of parts, about one question, which is what JSON can hold."""

    folder: Path
    question: Mapping[str, Any]
    parts: Sequence[FilePart]

    def remembered(self, *, resume: bool) -> dict[str, WrittenPart]:
        """Return the parts that the folder says it holds, by their names.

        Raises `UsageError` for a folder that holds something else, or parts that nobody wants to resume, and
        `OutputError` for what is no folder.
        """
        if not self.folder.exists():
            return {}
        with writing(self.folder):
            inside = {path.name for path in self.folder.iterdir() if not path.name.startswith(UNFINISHED)}
        lines = _read(self.folder / NAME) if NAME in inside else []
        self._check(lines, inside, resume=resume)
        return {line["part"]: _written(line) for line in lines[1:] if "sha256" in line}

    def _check(self, lines: Sequence[Any], inside: set[str], *, resume: bool) -> None:
        shown = f"`{visible(str(self.folder))}`"
        if inside and not lines:
            raise UsageError(f"{shown} is not empty: it holds `{visible(min(inside))}`", hint=_ANOTHER)
        if lines and not resume:
            raise UsageError(f"{shown} holds parts already", hint=f"add --resume to do what is missing, or {_ANOTHER}")
        before = lines[0].get("question", {}) if lines else self.question
        other = next((key for key in {**self.question, **before} if before.get(key) != self.question.get(key)), None)
        if other is not None:
            was = f": {other} was {json.dumps(before.get(other), ensure_ascii=False)}" if other != "files" else ""
            what = was or ": its files were others, or have been written to since"
            raise UsageError(f"{shown} holds the parts of another run{what}", hint=_ANOTHER)
        foreign = inside - {NAME} - {part.name for part in self.parts}
        if foreign:
            raise UsageError(f"{shown} holds `{visible(min(foreign))}`, which is no part of this run", hint=_ANOTHER)

    def begin(self, done: Mapping[str, WrittenPart]) -> None:
        """Make the folder, and write what is known before another part is answered."""
        with writing(self.folder):
            self.folder.mkdir(exist_ok=True)
            self._write([_line(part, done[part.name]) for part in self.parts if part.name in done])

    def add(self, part: FilePart, outcome: Outcome) -> None:
        """Add a line for a part."""
        with writing(self.folder), (self.folder / NAME).open("a", encoding="utf-8") as stream:
            stream.write(_text(_line(part, outcome)))

    def end(self, outcomes: Mapping[str, Outcome]) -> Mapping[str, int]:
        """Write all lines in order with the totals, which are returned, and remove what was left unfinished."""
        totals = Counter({"parts": len(self.parts), "failed": 0, "read": 0, "refused": 0})
        for outcome in outcomes.values():
            totals.update(outcome.counts if isinstance(outcome, WrittenPart) else {"failed": 1})
        with writing(self.folder):
            lines = [_line(part, outcomes[part.name]) for part in self.parts]
            self._write([*lines, {"total": dict(sorted(totals.items()))}])
            self.discard()
        return totals

    def discard(self) -> None:
        """Remove what was left unfinished, also where a signal has come in the middle of a part."""
        for path in self.folder.glob(f"{UNFINISHED}*"):
            path.unlink(missing_ok=True)

    def _write(self, lines: Iterable[Any]) -> None:
        with AtomicFile(self.folder / NAME) as file:
            file.stream.write("".join(map(_text, [{"question": self.question}, *lines])).encode("utf-8"))
            file.finish()


def _text(line: Any) -> str:
    return json.dumps(line, ensure_ascii=False) + "\n"


def _line(part: FilePart, outcome: Outcome) -> dict[str, Any]:
    """Return what is remembered of a part: where its rows come from, and what came of it."""
    section = {} if part.section is None else {"start": part.section.start, "stop": part.section.stop}
    line = {"part": part.name, "file": part.file, **section}
    if isinstance(outcome, DerivError):
        return {**line, "error": outcome.message}
    return {**line, **dict(sorted(outcome.counts.items())), "bytes": outcome.size, "sha256": outcome.checksum}


_NO_COUNTS = frozenset({"part", "file", "start", "stop", "bytes", "sha256"})


def _written(line: Mapping[str, Any]) -> WrittenPart:
    counts = {name: count for name, count in line.items() if name not in _NO_COUNTS}
    return WrittenPart(line["part"], line["bytes"], line["sha256"], counts)


def _read(path: Path) -> list[Any]:
    """Return the lines of a manifest that are whole; none where the first is not."""
    found = []
    with writing(path.parent):
        for text in path.read_text(encoding="utf-8", errors="replace").splitlines():
            with suppress(ValueError):
                found.append(json.loads(text))
    return found if found and isinstance(found[0], dict) and "question" in found[0] else []
