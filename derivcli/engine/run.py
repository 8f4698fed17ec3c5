"""A question about files from beginning to end: planned, cut into parts, held against what is done, answered."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derivcli import many
from derivcli.document import FORMATS, Format, exporter
from derivcli.engine.manifest import Manifest
from derivcli.engine.parts import Answering, FilePart, Holding, Survey, WrittenPart
from derivcli.engine.versions import versions
from derivcli.errors import DataError, DerivError, NoRowsError, OutputError, UsageError
from derivcli.hints import Hint
from derivcli.language.diagnostics import visible
from derivcli.points import sections
from derivcli.points.files import open_points

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from derivcli.document import Canvas
    from derivcli.engine.manifest import Outcome
    from derivcli.engine.parts import Cut
    from derivcli.engine.runner import Runner
    from derivcli.many import Plan
    from derivcli.model import Request
    from derivcli.model.choices import Verify
    from derivcli.points.told import Told

# The formats of which one file can follow another, each with a header of its own where it has one.
PARTS_IN = (Format.CSV, Format.TSV, Format.JSONL, Format.PARQUET)
_OTHERS_WRITTEN = "all other parts are written; --resume tries these again"
_DIGITS = 5  # of the number of a part, at least: the names sort as the parts do


@dataclass(frozen=True, slots=True)
class FilesQuestion:
    """What is asked about the points in some files; `like` is the first of them that has rows.

    `folder` is where the parts go, `format` and `canvas` say how they are written.
    """

    files: Sequence[str]
    like: str
    plan: Plan
    told: Told
    format: Format
    canvas: Canvas
    folder: Path

    def said(self, cuts: Sequence[Cut]) -> dict[str, Any]:
        """Return as JSON has it all on which the bytes of the parts depend: a run is another one if this is other."""
        request = self.plan.request
        asked = {field.name: getattr(request, field.name) for field in fields(request)}
        usual = {field.name: field.default for field in fields(request)}
        said: dict[str, Any] = _plain(
            {
                **{name: value for name, value in asked.items() if value != usual[name]},
                "verify": self.plan.verify,
                "told": asdict(self.told),
                "format": self.format,
                "prefix": self.canvas.prefix,
                "notation": self.canvas.notation,
                "block": sections.BLOCK,
                "versions": versions(),
                "files": [[cut.file, cut.size, cut.modified] for cut in cuts],
            }
        )
        return said


def ask(
    files: Sequence[str],
    request: Request,
    told: Told,
    verify: Verify,
    folder: Path,
    chosen: Format | None,
    canvas: Canvas,
) -> FilesQuestion:
    """Return the question, planned for the first file that has rows; without a format the parts are as the files are.

    Raises as `many.plan` and `open_points` do, `UsageError` for a format that is not written in parts and for a folder
    that holds the files.
    """
    for file in files:
        if Path(file).resolve().is_relative_to(folder.resolve()):
            raise UsageError(f"--output would write among the files that are read: {visible(file)}")
    for file in files:
        try:
            source = open_points(file, told)
        except NoRowsError:
            continue
        with closing(source):
            plan = many.plan(request, source, verify)
            form = chosen or Format(source.form)
        if form not in PARTS_IN:
            raise UsageError(f"{form} is not written in parts", hint=f"the formats are {', '.join(PARTS_IN)}")
        list(exporter(form, to_file=True)(plan.outline, iter(()), canvas))  # which raises where names clash
        return FilesQuestion(files, file, plan, told, form, canvas, folder)
    raise DataError("no file has a row", hint="each has the names of its columns alone")


@dataclass(frozen=True, slots=True)
class Run:
    """The parts of a question, and those of them that are done already."""

    question: FilesQuestion
    manifest: Manifest
    done: Mapping[str, WrittenPart]

    def __len__(self) -> int:
        return len(self.manifest.parts)

    def outcomes(self, runner: Runner) -> Iterator[Outcome]:
        """Answer the parts that are left; yield what comes of each part, and at last raise if one has failed.

        Raises the kind of error with which the first of them has failed, after all others are written.
        """
        outcomes: dict[str, Outcome] = dict(self.done)
        self.manifest.begin(self.done)
        yield from self.done.values()
        left = [part for part in self.manifest.parts if part.name not in outcomes]
        for part, found in runner.each(self._answering(), left):
            outcomes[part.name] = self._seen(found)
            self.manifest.add(part, outcomes[part.name])
            yield outcomes[part.name]
        self.manifest.end(outcomes)
        self._check(outcomes)

    def _answering(self) -> Answering:
        asked = self.question
        return Answering(asked.plan, asked.told, asked.format, asked.canvas, str(asked.folder), versions())

    def _seen(self, found: Outcome) -> Outcome:
        """Return the error for a part that was written where this machine does not see it."""
        if isinstance(found, DerivError):
            return found
        path = self.question.folder / found.part
        try:
            if path.stat().st_size == found.size:
                return found
        except OSError:
            pass
        return OutputError(f"a worker has written {visible(str(path))}, and it is not here", hint="share the folder")

    def _check(self, outcomes: Mapping[str, Outcome]) -> None:
        failed = [(part, found) for part in self.manifest.parts if isinstance(found := outcomes[part.name], DerivError)]
        if failed:
            part, first = failed[0]
            others = f"{len(failed)} of {len(self)} parts have failed, the first is" if len(failed) > 1 else "failed:"
            raise type(first)(
                f"{others} {part.name}, of {part.where}: {first.message}",
                hint=_OTHERS_WRITTEN if first.advice is None else Hint(first.advice, "; ", _OTHERS_WRITTEN),
            )


def prepare(question: FilesQuestion, runner: Runner, *, resume: bool) -> Run:
    """Cut the files into parts and look at what is done; nothing is written.

    Raises `DataError` for a file that cannot be read or is not as the first, and as `Manifest.remembered`.
    """
    found = dict(runner.each(Survey(question.plan, question.told, question.like), question.files))
    cuts = [_good(found[file]) for file in question.files]
    parts = _parts(cuts, FORMATS[question.format].suffix)
    manifest = Manifest(question.folder, question.said(cuts), parts)
    known = manifest.remembered(resume=resume)
    held = runner.each(Holding(str(question.folder)), known.values())
    return Run(question, manifest, {written.part: written for written, is_there in held if is_there is True})


def _good(found: Cut | DerivError) -> Cut:
    if isinstance(found, DerivError):
        raise found
    return found


def _parts(cuts: Sequence[Cut], suffix: str) -> list[FilePart]:
    """Return the parts, numbered in the order of their rows."""
    pieces = [(cut.file, section) for cut in cuts for section in cut.sections]
    digits = max(_DIGITS, len(str(len(pieces))))
    return [FilePart(f"part-{n:0{digits}}{suffix}", file, section) for n, (file, section) in enumerate(pieces)]


def _plain(what: Any) -> Any:
    """Return what JSON makes of something."""
    return json.loads(json.dumps(what))
