"""The autograd graph on the command line: below the answer, in its JSON, or in a file."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from derivcli.cli.arguments import suffixes
from derivcli.cli.report import exit_code, left_out, said_first
from derivcli.cli.streams import OutputFile
from derivcli.document import Format
from derivcli.errors import UsageError
from derivcli.language.diagnostics import visible
from derivcli.model.options import find

if TYPE_CHECKING:
    from derivcli.cli.call import CommandCall
    from derivcli.document import Canvas
    from derivcli.errors import ExitCode
    from derivcli.model import Result
    from derivcli.model.graph import Graph

_ROW = find("graph")
_ATTRIBUTES, _AS_JSON = _ROW.words
_ASCII = str.maketrans("├└│─…", "|`|-~")


def answer(call: CommandCall) -> ExitCode:
    """Answer one expression at one point, with its graph; raises a `DerivError` for what the user can mend."""
    options, chosen = call.options, call.format(rows=call.has_rows)
    call.check_one_point("a graph is drawn at one point")
    suffix = _checked(call, chosen)
    chosen = Format.JSON if options.graph == _AS_JSON and chosen is Format.TABLE else chosen
    with OutputFile(options.graph) if suffix else nullcontext() as file, call.target() as target:
        from derivcli.api import differentiate
        from derivcli.document import render
        from derivcli.graphs.asking import of

        result = differentiate(call.expressions(), **call.wanted)
        found = of(result, order=options.order, device=options.device)
        data = None if file is None else _in_file(result, found, suffix)
        call.environment.warn(*said_first(result, chosen))
        canvas = call.canvas
        target.write(render(result, chosen, canvas) if file else _shown(result, found, options.graph, chosen, canvas))
        if file is not None and data is not None:
            file.write_all([data])
            call.environment.warn(f"graph of {found.of} written to {visible(options.graph)}")
    call.environment.warn(*left_out(result, chosen))
    return exit_code(result)


def _checked(call: CommandCall, chosen: Format) -> str:
    """Return the suffix of the file to write, nothing where there is none; raises before anything is computed."""
    from derivcli.graphs import asking, diagrams

    options = call.options
    call.check_one_expression("--graph draws one expression")
    call.check_clash(_ROW)
    asking.check("", call.wanted["at"], options.order)
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
