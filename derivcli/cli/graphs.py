"""The autograd graph on the command line: below the answer, in its JSON, or in a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derivcli.cli.arguments import suffixes
from derivcli.cli.report import exit_code, left_out, said_first
from derivcli.cli.streams import OutputFile, target_of
from derivcli.document import Format
from derivcli.errors import ExitCode, UsageError
from derivcli.language.diagnostics import visible
from derivcli.model.options import clash, find, given, why_not

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.cli.options import Options
    from derivcli.cli.streams import Environment
    from derivcli.document import Canvas
    from derivcli.model import Result
    from derivcli.model.graph import Graph
    from derivcli.points.places import Places

_ROW = find("graph")
_ATTRIBUTES, _AS_JSON = _ROW.words
_ASCII = str.maketrans("├└│─…", "|`|-~")


def answer(
    texts: Sequence[str],
    options: Options,
    wanted: Mapping[str, Any],
    chosen: Format,
    canvas: Canvas,
    environment: Environment,
) -> ExitCode:
    """Answer one expression at one point, with its graph; raises a `DerivError` for what the user can mend."""
    into = options.graph
    suffix = _checked(texts, options, wanted, chosen)
    chosen = Format.JSON if into == _AS_JSON and chosen is Format.TABLE else chosen
    file, target = OutputFile(into) if suffix else None, target_of(options.output, environment)
    try:
        from derivcli.api import differentiate
        from derivcli.document import render
        from derivcli.graphs.asking import of

        result = differentiate(environment.read() if texts[0] == "-" else texts[0], **wanted)
        found = of(result, order=options.order, device=options.device)
        data = None if file is None else _in_file(result, found, suffix)
        environment.warn(*said_first(result, chosen))
        target.write(render(result, chosen, canvas) if file else _shown(result, found, into, chosen, canvas))
        if file is not None and data is not None:
            file.write_all([data])
            environment.warn(f"graph of {found.of} written to {visible(into)}")
    except BaseException:
        for one in (file, target):
            if one is not None:
                one.discard()
        raise
    environment.warn(*left_out(result, chosen))
    return exit_code(result)


def check_places(places: Places) -> None:
    """Raise `UsageError` for several points."""
    if places.axes:
        name = next(iter(places.axes))
        raise UsageError("a graph is drawn at one point", hint=f"give `{name}` one value: --at {name}=2")


def _checked(texts: Sequence[str], options: Options, wanted: Mapping[str, Any], chosen: Format) -> str:
    """Return the suffix of the file to write, nothing where there is none; raises before anything is computed."""
    from derivcli.graphs import asking, diagrams

    if len(texts) > 1:
        raise UsageError("--graph draws one expression", hint="ask for one expression at a time")
    other = clash(_ROW, given(options))
    if other is not None:
        raise UsageError(f"--graph and {other.flag} do not go together", hint=why_not(_ROW))
    asking.check("", wanted["at"], options.order)
    if options.graph in ("", *_ROW.words):
        if chosen not in (Format.TABLE, Format.JSON, Format.JSONL):
            hint = "the table and JSON show the graph; --graph FILE goes with every format"
            raise UsageError(f"--graph and --format {chosen} do not go together", hint=hint)
        return ""
    suffix = Path(options.graph).suffix.lower().removeprefix(".")
    if suffix not in (*_ROW.suffixes, "gv"):  # Graphviz's other name for .dot
        raise UsageError(f"a graph cannot be written as `.{suffix}`", hint=f"write {suffixes(_ROW)}")
    if suffix in diagrams.PICTURES:
        diagrams.needed(suffix)
    return suffix


def _shown(result: Result, found: Graph, into: str, chosen: Format, canvas: Canvas) -> str:
    """Return the answer with its graph."""
    from derivcli.document import render
    from derivcli.graphs import terminal

    if chosen is not Format.TABLE:
        return render(replace(result, graph=found), chosen, canvas)
    text = (terminal.attributes if into == _ATTRIBUTES else terminal.tree)(found, canvas.width)
    return f"{render(result, chosen, canvas)}\n{text if canvas.unicode else text.translate(_ASCII)}"


def _in_file(result: Result, found: Graph, suffix: str) -> str | bytes:
    from derivcli.document import render
    from derivcli.graphs import diagrams

    if suffix == "json":
        return render(replace(result, graph=found), Format.JSON)
    if suffix in diagrams.PICTURES:
        return diagrams.picture(found, suffix)
    return diagrams.mermaid(found) if suffix == "mmd" else diagrams.dot(found)
