"""The options of `deriv`, and what becomes of them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

from derivcli.cli.arguments import arrange
from derivcli.cli.streams import Environment, OutputFile, StandardOutput
from derivcli.errors import DerivError, ExitCode, UsageError
from derivcli.language.diagnostics import draw
from derivcli.model import SCHEMA_VERSION, Status
from derivcli.render.canvas import Canvas, Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.model import Result

_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]  # typer keeps its name private

app = typer.Typer(add_completion=False, rich_markup_mode="rich")


@app.command(name="deriv", context_settings={"help_option_names": ["-h", "--help"]})
def deriv(
    ctx: typer.Context,
    expression: Annotated[
        list[str] | None,
        typer.Argument(metavar="EXPRESSION", help="What to differentiate; - reads it from stdin."),
    ] = None,
    at: Annotated[
        list[str] | None,
        typer.Option(
            "--at",
            metavar="NAME=VALUE",
            help="The point: x=2, or x=2,y=pi/4. Without it the answer is symbolic.",
            rich_help_panel="Where",
        ),
    ] = None,
    wrt: Annotated[
        list[str] | None,
        typer.Option(
            "--wrt",
            metavar="NAMES",
            help="Differentiate by these variables only: x,y.",
            rich_help_panel="What",
        ),
    ] = None,
    format_: Annotated[
        Format | None, typer.Option("--format", help="How to write the answer.", rich_help_panel="Output")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Short for --format json.", rich_help_panel="Output")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Short for --format csv.", rich_help_panel="Output")] = False,
    quiet: Annotated[
        bool,
        typer.Option("--quiet", help="The derivatives alone, one a line (--format value).", rich_help_panel="Output"),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help="Write the answer to a file.", rich_help_panel="Output"),
    ] = None,
    prefix: Annotated[
        str,
        typer.Option("--prefix", metavar="TEXT", help="Put before computed CSV columns.", rich_help_panel="Output"),
    ] = "",
    color: Annotated[
        str, typer.Option("--color", metavar="WHEN", help="auto, always or never.", rich_help_panel="Output")
    ] = "auto",
    rtol: Annotated[
        float,
        typer.Option("--rtol", help="Relative difference that still agrees.", rich_help_panel="Numerics"),
    ] = 1e-9,
    atol: Annotated[
        float,
        typer.Option("--atol", help="Absolute difference that still agrees with 0.", rich_help_panel="Numerics"),
    ] = 1e-12,
    timeout: Annotated[
        float,
        typer.Option("--timeout", metavar="SECONDS", help="Time for the answer.", rich_help_panel="Numerics"),
    ] = 30.0,
    debug: Annotated[  # noqa: ARG001 - read where errors are drawn
        bool, typer.Option("--debug", help="Show a traceback for an error.", rich_help_panel="Others")
    ] = False,
    version: Annotated[  # noqa: ARG001 - answered before any option is read
        bool, typer.Option("--version", help="Show the version.", rich_help_panel="Others")
    ] = False,
) -> ExitCode:
    r"""Differentiate an expression, and say how far the answer can be trusted.

    \b
    deriv "5*x**4+3*x**3" --at x=2
    deriv "u^3 + v^2 + 4u*v" --at u=3,v=4
    deriv "abs(x)" --at x=0
    deriv "sin(x)^2/x"
    deriv "x^2*y" --at x=2,y=3 --json

    Exit codes: 0 all agree, 1 a number differs or is unverified, 2 usage, 3 cannot be read, 4 no derivative there,
    5 a limit was reached.
    """
    environment: Environment = ctx.obj
    from derivcli.points.flags import parse_at, parse_wrt

    text = _expression(expression or [], environment)
    chosen = _format(format_, json=json_, csv=csv, quiet=quiet)
    canvas = _canvas(environment, color, prefix, to_file=output is not None)
    point = parse_at(at) if at else None
    target = OutputFile(output) if output else StandardOutput(environment)
    try:
        from derivcli.api import differentiate
        from derivcli.render import render

        names = parse_wrt(wrt or [])
        result = differentiate(text, point, wrt=names, rtol=rtol, atol=atol, timeout=timeout)
        target.write(render(result, chosen, canvas))
    except BaseException:
        target.discard()
        raise
    return exit_code(result)


def run(arguments: Sequence[str], environment: Environment) -> ExitCode:
    """Run the command; raises `DerivError` for what the user can mend."""
    command, takes_value = _command()
    try:
        code = command.main(arrange(arguments, takes_value), prog_name="deriv", standalone_mode=False, obj=environment)
    except _USAGE_ERROR as error:
        message = getattr(error, "format_message", error.__str__)()
        raise UsageError(_first_down(message), hint="deriv --help shows the options") from error
    return ExitCode(code or 0)


def exit_code(result: Result) -> ExitCode:
    """Return the exit status that an answer stands for."""
    if result.status is Status.AGREE:
        return ExitCode.AGREE
    if result.status is Status.UNVERIFIED and result.limit_reached:
        return ExitCode.LIMIT
    nowhere = result.status in (Status.UNDEFINED, Status.NOT_DIFFERENTIABLE)
    return ExitCode.NO_DERIVATIVE if nowhere and result.at is not None else ExitCode.DIFFER


def describe(error: DerivError, *, as_json: bool) -> str:
    """Lay an error out for standard error."""
    if not as_json:
        return draw(error)
    details = {
        "kind": error.kind,
        "message": error.message,
        "span": list(error.span) if error.span else None,
        "source": error.source,
        "hint": error.hint,
        "suggestions": list(error.suggestions),
    }
    return json.dumps({"schema_version": SCHEMA_VERSION, "error": details})


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


def _expression(words: list[str], environment: Environment) -> str:
    if not words:
        raise UsageError("there is no expression", hint='give one in quotes: deriv "x^2" --at x=3')
    first, *others = words
    if others:
        raise _too_many(others, words)
    return environment.read() if first == "-" else first


def _too_many(others: list[str], words: list[str]) -> UsageError:
    if all("=" in word and "==" not in word for word in others):
        return UsageError(f"`{others[0]}` stands by itself", hint=f"write values as one: --at x=...,{','.join(others)}")
    return UsageError(
        f"one expression at a time, not {len(words)}", hint=f'put it in quotes: deriv "{" ".join(words)}"'
    )


def _format(chosen: Format | None, *, json: bool, csv: bool, quiet: bool) -> Format:
    flags = ((json, Format.JSON), (csv, Format.CSV), (quiet, Format.VALUE))
    wanted = {*([chosen] if chosen else []), *(format_ for flag, format_ in flags if flag)}
    if len(wanted) > 1:
        raise UsageError(f"more than one format: {', '.join(sorted(wanted))}", hint="choose one of them")
    return wanted.pop() if wanted else Format.TABLE


def _canvas(environment: Environment, color: str, prefix: str, *, to_file: bool) -> Canvas:
    if color not in ("auto", "always", "never"):
        raise UsageError(f"--color is auto, always or never, not `{color}`")
    if to_file:
        return Canvas(color=color == "always", prefix=prefix)
    return Canvas(
        width=environment.width(),
        color=environment.wants_colour(color),
        unicode=environment.unicode(),
        prefix=prefix,
    )


def _first_down(message: str) -> str:
    """Return a message in the manner of ours: no capital, no full stop."""
    text = message.strip().rstrip(".")
    return text[:1].lower() + text[1:]
