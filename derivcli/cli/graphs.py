"""The autograd graph on the command line: below the answer, in its JSON, or in a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derivcli.cli.report import exit_code, left_out, said_first
from derivcli.cli.streams import OutputFile, target_of
from derivcli.errors import ExitCode, UsageError
from derivcli.language.diagnostics import visible
from derivcli.render.canvas import Format
from derivcli.targets import is_given

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.cli.options import Options
    from derivcli.cli.streams import Environment
    from derivcli.graphs.model import AutogradGraph
    from derivcli.model import Result
    from derivcli.points.axes import Places
    from derivcli.render.canvas import Canvas

_ATTRIBUTES, _AS_JSON = "attributes", "-"
_TEXTS = ("dot", "gv", "mmd", "json")
_SUFFIXES = "write a file with the suffix .dot, .mmd, .json, .svg, .png or .pdf"
# What has no graph, and the option that asks for it.
_OTHERS = ("points", "partial", "along", "implicit")
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
    into = options.graph or ""
    suffix = _checked(texts, options, wanted, chosen)
    chosen = Format.JSON if into == _AS_JSON and chosen is Format.TABLE else chosen
    file, target = OutputFile(into) if suffix else None, target_of(options.output, environment)
    try:
        from derivcli.api import differentiate
        from derivcli.graphs.asking import of

        result = differentiate(environment.read() if texts[0] == "-" else texts[0], **wanted)
        found = of(result, order=options.order, device=options.device)
        data = None if file is None else _in_file(result, found, suffix)
        environment.warn(*said_first(result, chosen))
        target.write(_shown(result, found, into if file is None else None, chosen, canvas))
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
    from derivcli.graphs import asking, graphviz

    if len(texts) > 1:
        raise UsageError("--graph draws one expression", hint="ask for one expression at a time")
    for name in _OTHERS:
        if is_given(getattr(options, name)):
            raise UsageError(f"--graph and --{name} do not go together", hint="--graph draws f at one point")
    asking.check("", wanted["at"], options.order)
    if options.graph in ("", _ATTRIBUTES, _AS_JSON):
        if chosen not in (Format.TABLE, Format.JSON, Format.JSONL):
            hint = "it stands in the table and in JSON; --graph FILE goes with every format"
            raise UsageError(f"--graph and --format {chosen} do not go together", hint=hint)
        return ""
    suffix = Path(options.graph or "").suffix.lower().removeprefix(".")
    if suffix not in (*_TEXTS, *graphviz.SUFFIXES):
        raise UsageError(f"a graph cannot be written as `{Path(options.graph or '').suffix}`", hint=_SUFFIXES)
    if suffix in graphviz.SUFFIXES:
        graphviz.needed(suffix)
    return suffix


def _shown(result: Result, found: AutogradGraph, into: str | None, chosen: Format, canvas: Canvas) -> str:
    """Return the answer, and the graph with it unless that has gone to a file."""
    from derivcli.render import render

    if into is None:
        return render(result, chosen, canvas)
    if chosen is not Format.TABLE:
        return _contract(result, found, indent=2 if chosen is Format.JSON else None)
    text = found.attributes(canvas.width) if into == _ATTRIBUTES else found.text(canvas.width)
    return f"{render(result, chosen, canvas)}\n{text if canvas.unicode else text.translate(_ASCII)}"


def _contract(result: Result, found: AutogradGraph, indent: int | None = 2) -> str:
    return json.dumps({**result.to_dict(), "graph": found.to_dict()}, indent=indent, allow_nan=False) + "\n"


def _in_file(result: Result, found: AutogradGraph, suffix: str) -> str | bytes:
    if suffix == "json":
        return _contract(result, found)
    if suffix in _TEXTS:
        return found.mermaid() if suffix == "mmd" else found.dot()
    return found.picture(suffix)
