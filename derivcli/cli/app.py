"""The options of `deriv`, and what becomes of them."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

from derivcli import __version__
from derivcli.cli.arguments import arrange
from derivcli.cli.report import exit_code, left_out
from derivcli.cli.slips import expressions_among
from derivcli.cli.streams import Environment, OutputFile, StandardOutput
from derivcli.errors import ExitCode, UsageError
from derivcli.points.flags import parse_at, parse_partials, parse_wrt
from derivcli.render.canvas import Canvas, Format

if TYPE_CHECKING:
    from collections.abc import Sequence

_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]  # typer keeps its name private

_HELP = """Differentiate an expression, and say how far the answer can be trusted.

\b
deriv "5*x**4+3*x**3" --at x=2
deriv "u^3 + v^2 + 4u*v" --at u=3,v=4
deriv "abs(x)" --at x=0
deriv "sin(x)^2/x"
deriv "x^2*y" --at x=2,y=3 --json
deriv "x^3*exp(x)" --at x=1 --order 4
deriv "x*y" "x+sin(y)" --at x=1,y=2
deriv "x^2+y^2=25" --at x=3,y=4 --implicit y
deriv --functions bessel

\b
Exit codes: 0 all agree, 1 a number differs or is unverified, 2 usage,
3 cannot be read, 4 no derivative there, 5 a limit was reached.
"""
_WHOLE = re.compile(r"[+-]?[0-9]{1,30}")
_FORMATS = ", ".join(Format)
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
# The formats that have no room for a remark on the whole answer.
_TERSE = frozenset({Format.VALUE, Format.CSV, Format.TSV, Format.LATEX})


@dataclass(frozen=True, slots=True)
class Options:
    """The command line, read."""

    words: list[str]
    at: list[str]
    wrt: list[str]
    order: int
    partials: list[str]
    hessian: bool
    along: list[str]
    implicit: str | None
    tangent: bool
    taylor: int | None
    near: list[str]
    total: bool
    errors: list[str]
    formats: list[str]
    output: str | None
    prefix: str
    color: str
    rtol: float
    atol: float
    timeout: float
    functions: bool
    version: bool


def _number(text: str) -> float:
    """Read a number as the language does: no `1_000`, no `nan`."""
    if not _NUMBER.fullmatch(str(text)):  # typer passes the default through as well
        raise typer.BadParameter(f"{text!r} is not a number")
    return float(text)


def _whole(text: str) -> int:
    """Read a whole number, which may be negative: what it means says whether that makes sense."""
    if not _WHOLE.fullmatch(str(text)):
        raise typer.BadParameter(f"{text!r} is not a whole number")
    return int(text)


def _option(*names: str, panel: str, text: str, metavar: str | None = None, parser: Any = None) -> Any:
    return typer.Option(*names, help=text, metavar=metavar, rich_help_panel=panel, parser=parser)


app = typer.Typer(add_completion=False, rich_markup_mode="rich")


@app.command(name="deriv", help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
def _collect(
    expression: Annotated[
        list[str] | None,
        typer.Argument(metavar="EXPRESSION...", help="What to differentiate; several make a Jacobian; - reads stdin."),
    ] = None,
    at: Annotated[
        list[str] | None,
        _option("--at", metavar="NAME=VALUE", panel="Where", text="The point: x=2, or x=2,y=pi/4. Else symbolic."),
    ] = None,
    wrt: Annotated[
        list[str] | None,
        _option("--wrt", metavar="NAMES", panel="What", text="Differentiate by these variables only: x,y."),
    ] = None,
    order: Annotated[
        int, _option("--order", metavar="N", panel="What", text="All derivatives up to this order.", parser=_whole)
    ] = 1,
    partial: Annotated[
        list[str] | None,
        _option("--partial", metavar="NAMES", panel="What", text="One mixed derivative: x,x,y. Repeatable."),
    ] = None,
    hessian: Annotated[
        bool, _option("--hessian", panel="What", text="The matrix of second derivatives, and what the point is.")
    ] = False,
    along: Annotated[
        list[str] | None,
        _option("--along", metavar="NAME=VALUE", panel="What", text="The derivative in a direction: x=1,y=2."),
    ] = None,
    implicit: Annotated[
        str | None,
        _option("--implicit", metavar="NAME", panel="What", text="dy/dx for an equation such as x^2+y^2=25: y."),
    ] = None,
    tangent: Annotated[
        bool, _option("--tangent", panel="What", text="The tangent line or plane, and the normal.")
    ] = False,
    taylor: Annotated[
        int | None,
        _option("--taylor", metavar="N", panel="What", text="The Taylor polynomial of this order.", parser=_whole),
    ] = None,
    near: Annotated[
        list[str] | None,
        _option("--near", metavar="NAME=VALUE", panel="What", text="Where to compare f with its polynomial: x=2.1."),
    ] = None,
    total: Annotated[bool, _option("--total", panel="What", text="The total differential df.")] = False,
    error: Annotated[
        list[str] | None,
        _option("--error", metavar="NAME=VALUE", panel="What", text="Standard uncertainties: x=0.01,y=0.02."),
    ] = None,
    format_: Annotated[str, _option("--format", metavar="FORMAT", panel="Output", text=f"{_FORMATS}.")] = "",
    json: Annotated[bool, _option("--json", panel="Output", text="Short for --format json.")] = False,
    csv: Annotated[bool, _option("--csv", panel="Output", text="Short for --format csv.")] = False,
    quiet: Annotated[bool, _option("--quiet", panel="Output", text="The derivatives alone (--format value).")] = False,
    output: Annotated[
        str | None, _option("--output", metavar="FILE", panel="Output", text="Write the answer to a file.")
    ] = None,
    prefix: Annotated[str, _option("--prefix", metavar="TEXT", panel="Output", text="Before computed columns.")] = "",
    color: Annotated[str, _option("--color", metavar="WHEN", panel="Output", text="auto, always or never.")] = "auto",
    rtol: Annotated[
        float,
        _option("--rtol", metavar="NUMBER", panel="Numerics", text="Relative difference allowed.", parser=_number),
    ] = 1e-9,
    atol: Annotated[
        float,
        _option("--atol", metavar="NUMBER", panel="Numerics", text="Difference allowed from 0.", parser=_number),
    ] = 1e-12,
    timeout: Annotated[
        float,
        _option("--timeout", metavar="SECONDS", panel="Numerics", text="Time for the answer.", parser=_number),
    ] = 30.0,
    functions: Annotated[
        bool, _option("--functions", panel="Others", text="List the functions; a word searches: --functions bessel.")
    ] = False,
    debug: Annotated[  # noqa: ARG001 - read where errors are drawn
        bool, _option("--debug", panel="Others", text="Show a traceback for an error.")
    ] = False,
    version: Annotated[bool, _option("--version", panel="Others", text="Show the version.")] = False,
) -> Options:
    flags = ((json, Format.JSON), (csv, Format.CSV), (quiet, Format.VALUE))
    formats = [*([format_] if format_ else []), *(name for flag, name in flags if flag)]
    return Options(
        words=expression or [],
        at=at or [],
        wrt=wrt or [],
        order=order,
        partials=partial or [],
        hessian=hessian,
        along=along or [],
        implicit=implicit,
        tangent=tangent,
        taylor=taylor,
        near=near or [],
        total=total,
        errors=error or [],
        formats=formats,
        output=output,
        prefix=prefix,
        color=color,
        rtol=rtol,
        atol=atol,
        timeout=timeout,
        functions=functions,
        version=version,
    )


def run(arguments: Sequence[str], environment: Environment) -> ExitCode:
    """Run the command; raises `DerivError` for what the user can mend."""
    command, takes_value = _command()
    arranged = arrange(arguments, takes_value)
    if {"-h", "--help"} & set(arranged[: arranged.index("--")]):
        StandardOutput(environment).write(_help(command, environment))
        return ExitCode.AGREE
    try:
        options: Options = command.main(arranged, prog_name="deriv", complete_var="", standalone_mode=False)
    except _USAGE_ERROR as error:
        message = getattr(error, "format_message", error.__str__)()
        raise UsageError(_ours(message), hint="deriv --help shows the options") from error
    if options.version:
        StandardOutput(environment).write(f"deriv {__version__}\n")
        return ExitCode.AGREE
    return _list_functions(options, environment) if options.functions else _answer(options, environment)


def _list_functions(options: Options, environment: Environment) -> ExitCode:
    """Print the functions of the language that match the words, or all."""
    from derivcli.language.catalogue.search import search
    from derivcli.render.functions import render_functions

    if options.at or options.wrt:
        raise UsageError("--functions lists functions and takes no point", hint="try: deriv --functions bessel")
    text = render_functions(search(" ".join(options.words)), _format(options.formats), _canvas(options, environment))
    target = _target(options, environment)
    target.write(text)
    return ExitCode.AGREE


def _answer(options: Options, environment: Environment) -> ExitCode:
    texts = expressions_among(options.words, options.at)
    chosen = _format(options.formats)
    canvas = _canvas(options, environment)
    wanted = _wanted(options)
    target = _target(options, environment)
    try:
        from derivcli.api import differentiate
        from derivcli.render import render

        if "-" in texts:
            texts = [environment.read() if text == "-" else text for text in _once(texts)]
        answer = differentiate(texts if len(texts) > 1 else texts[0], **wanted)
        target.write(render(answer, chosen, canvas))
    except BaseException:
        target.discard()
        raise
    for remark in left_out(answer, chosen) if chosen in _TERSE else ():
        environment.warn(remark)
    return exit_code(answer)


def _target(options: Options, environment: Environment) -> OutputFile | StandardOutput:
    """Return where the answer goes; `-` is standard output."""
    return OutputFile(options.output) if options.output not in (None, "", "-") else StandardOutput(environment)


def _once(texts: list[str]) -> list[str]:
    if texts.count("-") > 1:
        raise UsageError("- stands for standard input, which can be read once only")
    return texts


def _wanted(options: Options) -> dict[str, Any]:
    """Return what is asked of `differentiate`; raises a `DerivError` for names and values that cannot be read."""
    return {
        "at": _values(options.at),
        "wrt": parse_wrt(options.wrt),
        "order": options.order,
        "partials": parse_partials(options.partials),
        "hessian": options.hessian,
        "along": _values(options.along),
        "implicit": options.implicit,
        "tangent": options.tangent,
        "taylor": options.taylor,
        "near": _values(options.near),
        "total": options.total,
        "errors": _values(options.errors),
        "rtol": options.rtol,
        "atol": options.atol,
        "timeout": options.timeout,
    }


def _values(texts: list[str]) -> dict[str, str] | None:
    return parse_at(texts) if texts else None


def _help(command: Any, environment: Environment) -> str:
    """Return the help at the width of the terminal, in colour only where the answer would be."""
    from typer import rich_utils

    rich_utils.MAX_WIDTH = environment.width() or 80
    rich_utils.FORCE_TERMINAL = environment.wants_colour("auto")
    rich_utils.COLOR_SYSTEM = "auto" if rich_utils.FORCE_TERMINAL else None
    with redirect_stdout(io.StringIO()) as written:
        context = command.make_context("deriv", ["--"], resilient_parsing=True)
        text = command.get_help(context)
    return f"{(written.getvalue() + text).rstrip()}\n"


@cache
def _command() -> tuple[Any, dict[str, bool]]:
    """Return the command, and for each of its options whether a value follows it."""
    command = get_command(app)
    takes_value = {
        name: not getattr(parameter, "is_flag", False)
        for parameter in command.params
        for name in parameter.opts
        if name.startswith("-")
    }
    return command, {**takes_value, "-h": False, "--help": False}


def _format(names: Sequence[str]) -> Format:
    unknown = [name for name in names if name not in list(Format)]
    if unknown:
        raise UsageError(f"no such format: {unknown[0]}", hint=f"the formats are {_FORMATS}")
    wanted = sorted({Format(name) for name in names})
    if len(wanted) > 1:
        raise UsageError(f"more than one format: {', '.join(wanted)}", hint="choose one of them")
    return wanted[0] if wanted else Format.TABLE


def _canvas(options: Options, environment: Environment) -> Canvas:
    if options.color not in ("auto", "always", "never"):
        raise UsageError(f"--color is auto, always or never, not `{options.color}`")
    if not options.prefix.isprintable():
        raise UsageError("--prefix must be plain text")
    if options.output:
        return Canvas(color=options.color == "always", prefix=options.prefix)
    return Canvas(
        width=environment.width(),
        color=environment.wants_colour(options.color),
        unicode=environment.unicode(),
        prefix=options.prefix,
    )


def _ours(message: str) -> str:
    """Return a message in the manner of ours: no capital, no full stop."""
    text = message.strip().rstrip(".")
    return text[:1].lower() + text[1:]
