"""What becomes of the command line."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from functools import cache
from typing import TYPE_CHECKING, Any

import typer
from typer.main import get_command

from derivcli import __version__
from derivcli.cli.arguments import arrange
from derivcli.cli.greeting import NothingAskedError
from derivcli.cli.options import FORMATS, Options, app, format_of, in_utf_8
from derivcli.cli.report import exit_code, left_out, said_first
from derivcli.cli.slips import expressions_among
from derivcli.cli.streams import Environment, StandardOutput, target_of
from derivcli.errors import ExitCode, UsageError
from derivcli.render.canvas import Canvas, Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.points.axes import Places

_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]  # typer keeps its name private


def run(arguments: Sequence[str], environment: Environment) -> ExitCode:
    """Run the command; raises `DerivError` for what the user can mend."""
    command, takes_value = _command()
    arranged = arrange(arguments, takes_value)
    if {"-h", "--help"} & set(arranged[: arranged.index("--")]):
        StandardOutput(environment).write(_help(command, environment))
        return ExitCode.AGREE
    try:
        options = in_utf_8(command.main(arranged, prog_name="deriv", complete_var="", standalone_mode=False))
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
    target = target_of(options.output, environment)
    target.write(text)
    return ExitCode.AGREE


def _answer(options: Options, environment: Environment) -> ExitCode:
    texts = expressions_among(options.words, options.at or []) if options.words else [_piped(options, environment)]
    canvas = _canvas(options, environment)
    from derivcli.cli import many, pictures
    from derivcli.points.places import parse_places

    many.check_words(options)
    if options.plot is not None:
        return pictures.draw(texts, options, _format(options.formats), canvas, environment)
    places = parse_places(options.at or [])
    has_rows = options.points is not None or bool(places.axes)
    chosen = _format(options.formats_of_rows if has_rows else options.formats or [format_of(options.output)])
    wanted = _wanted(options, places)
    if options.graph is not None:
        from derivcli.cli import graphs

        graphs.check_places(places)
        return graphs.answer(texts, options, wanted, chosen, canvas, environment)
    if has_rows:
        return many.answer(texts, options, wanted, places, chosen, canvas, environment)
    target = target_of(options.output, environment)
    try:
        from derivcli.api import differentiate
        from derivcli.render import render

        if "-" in texts:
            texts = [environment.read() if text == "-" else text for text in _once(texts)]
        answer = differentiate(texts if len(texts) > 1 else texts[0], **wanted)
        environment.warn(*said_first(answer, chosen))
        target.write(render(answer, chosen, canvas))
    except BaseException:
        target.discard()
        raise
    environment.warn(*left_out(answer, chosen))
    return exit_code(answer)


def _piped(options: Options, environment: Environment) -> str:
    """Return the expression on standard input, where no word is one; raises `NothingAskedError` if nothing is there."""
    text = "" if options.points == "-" else environment.piped()
    if not text:
        raise NothingAskedError
    return text


def _once(texts: list[str]) -> list[str]:
    if texts.count("-") > 1:
        raise UsageError("- stands for standard input, which can be read once only")
    return texts


def _wanted(options: Options, places: Places) -> dict[str, Any]:
    """Return what is asked of `differentiate`; raises a `DerivError` for names and values that cannot be read."""
    from derivcli.points.flags import parse_partials, parse_wrt

    return {
        "at": places.constants if options.at else None,
        "wrt": parse_wrt(options.wrt or []),
        "order": options.order,
        "partials": parse_partials(options.partial or []),
        "hessian": options.hessian,
        "along": _values(options.along),
        "implicit": options.implicit,
        "tangent": options.tangent,
        "taylor": options.taylor,
        "near": _values(options.near),
        "total": options.total,
        "errors": _values(options.error),
        "rtol": options.rtol,
        "atol": options.atol,
        "dtype": options.dtype,
        "device": options.device,
        "timeout": options.timeout,
    }


def _values(texts: list[str] | None) -> dict[str, str] | None:
    from derivcli.points.flags import parse_at

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
        raise UsageError(f"no such format: {unknown[0]}", hint=f"the formats are {FORMATS}")
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
