"""The command line -> what it asks for: help, a list, a page, a picture, or an answer; and its exit code."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from derivcli import __version__
from derivcli.cli.arguments import arrange, takes_value
from derivcli.cli.greeting import NothingAskedError
from derivcli.cli.report import exit_code, left_out, said_first
from derivcli.cli.slips import HELP, expressions_among, option_meant
from derivcli.cli.streams import Environment, once, target_of
from derivcli.document import Canvas, Format
from derivcli.errors import ExitCode, UsageError
from derivcli.language.styles import Notation
from derivcli.model.choices import Verify
from derivcli.model.options import EXPLAINING, OPTIONS, ValueKind, clash, find, given

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from derivcli.cli.options import Options
    from derivcli.points.places import Places


def run(arguments: Sequence[str], environment: Environment) -> ExitCode:
    """Run the command; raises `DerivError` for what the user can mend."""
    arranged = arrange(arguments, takes_value())
    asked = set(arranged[: arranged.index("--")])
    for name, text in _TEXTS.items():
        if asked & set(find(name).flags):
            to_file = any(word.partition("=")[0] in find("output").flags for word in asked)
            target_of(_read(arranged).output if to_file else None, environment).write(text(environment))
            return ExitCode.AGREE
    options = _read(arranged)
    if options.completion:
        from derivcli.cli.completion import script

        target_of(options.output, environment).write(script(options.completion))
        return ExitCode.AGREE
    if options.manual is not None:
        from derivcli.cli.manual import show

        return show(options, environment)
    if options.batch is not None:
        from derivcli.cli import batch

        return batch.answer(options, _canvas(options, environment), environment)
    if options.code == "" and not options.words:
        from derivcli.cli.code import listing

        target_of(options.output, environment).write(listing())
        return ExitCode.AGREE
    return _list_functions(options, environment) if options.functions else _answer(options, environment)


def _read(arranged: Sequence[str]) -> Options:
    """Return the options; raises `UsageError` for what typer or the table does not know."""
    import typer

    from derivcli.cli.options import check, command

    usage_error: type[Exception] = typer.BadParameter.__mro__[1]  # typer keeps its name private
    try:
        options: Options = command().main(arranged, prog_name="deriv", complete_var="", standalone_mode=False)
    except usage_error as error:
        unknown = getattr(error, "option_name", None) if hasattr(error, "possibilities") else None
        if unknown is not None:
            raise UsageError(f"no such option: {unknown}", hint=option_meant(unknown)) from error
        message = getattr(error, "format_message", error.__str__)()
        raise UsageError(_ours(message), hint=HELP) from error
    check(options)
    return options


def _list_functions(options: Options, environment: Environment) -> ExitCode:
    """Print the functions of the language that match the words, or all."""
    from derivcli.cli.options import asked_format
    from derivcli.document.functions import render_functions
    from derivcli.language.catalogue.search import search

    if clash(find("functions"), given(options)):
        raise UsageError("--functions lists functions and takes no point", hint="try: deriv --functions bessel")
    chosen = asked_format(options) or Format.TABLE
    text = render_functions(search(" ".join(options.words)), chosen, _canvas(options, environment))
    target_of(options.output, environment).write(text)
    return ExitCode.AGREE


def _answer(options: Options, environment: Environment) -> ExitCode:
    texts = expressions_among(options.words, options.at or []) if options.words else [_piped(options, environment)]
    canvas = _canvas(options, environment)
    from derivcli.cli.options import format_of, of_no_form
    from derivcli.points.places import parse_places

    explains = given(options, EXPLAINING)
    if options.plot is not None and not explains and options.code is None:
        from derivcli.cli import pictures

        return pictures.draw(texts, options, canvas, environment)
    places = parse_places(options.at or [])
    from derivcli.cli import code

    language = code.told(options)
    if language is not None:
        return code.answer(language, texts, options, _wanted(options, places), places, environment)
    has_rows = options.points is not None or bool(places.axes)
    chosen = format_of(options, rows=has_rows)
    environment.warn(*of_no_form(options))
    wanted = _wanted(options, places)
    if explains:
        from derivcli.cli import explain

        return explain.answer(texts, options, wanted, places, chosen, canvas, environment)
    if options.graph is not None:
        from derivcli.cli import graphs

        graphs.check_places(places)
        return graphs.answer(texts, options, wanted, chosen, canvas, environment)
    if options.engine is not None:
        from derivcli.cli import engine

        return engine.answer(texts, options, wanted, places, canvas, environment)
    if has_rows:
        from derivcli.cli import many

        return many.answer(texts, options, wanted, places, chosen, canvas, environment)
    target = target_of(options.output, environment)
    try:
        from derivcli.api import answer_to, request_of
        from derivcli.document import render

        if "-" in texts:
            texts = [environment.read() if text == "-" else text for text in once(texts)]
        request = request_of("", wanted)
        unseen = chosen is Format.VALUE and request.at is not None  # formulas, and what is worked out for them
        verified = options.verify != Verify.OFF
        request = replace(request, unseen=unseen, verified=verified)
        answer = answer_to(texts if len(texts) > 1 else texts[0], request)
        environment.warn(*said_first(answer, chosen))
        target.write(render(answer, chosen, canvas))
    except BaseException:
        target.discard()
        raise
    environment.warn(*left_out(answer, chosen))
    return exit_code(answer, verified=verified)


def _piped(options: Options, environment: Environment) -> str:
    """Return the expression on standard input, where no word is one; raises `NothingAskedError` if nothing is there."""
    text = "" if options.points == "-" else environment.piped()
    if not text:
        raise NothingAskedError
    return text


def _wanted(options: Options, places: Places) -> dict[str, Any]:
    """Return what is asked of `differentiate`; raises a `DerivError` for names and values that cannot be read."""
    from derivcli.points.places import parse_at, parse_partials, parse_wrt

    read: dict[ValueKind, Any] = {
        ValueKind.NAMES: parse_wrt,
        ValueKind.MIXED: parse_partials,
        ValueKind.POINT: parse_at,
    }
    wanted = {option.key: getattr(options, option.key) for option in OPTIONS if option.python}
    texts = [option for option in OPTIONS if option.kind in read and wanted.get(option.key)]
    wanted |= {option.key: read[option.kind](wanted[option.key]) for option in texts}
    return {"at": places.constants if options.at else None, **wanted}


def _help(environment: Environment) -> str:
    """Return the help at the width of the terminal, in colour only where the answer would be."""
    from typer import rich_utils

    from derivcli.cli.options import command

    rich_utils.MAX_WIDTH = environment.width() or 80
    rich_utils.FORCE_TERMINAL = environment.wants_colour("auto")
    rich_utils.COLOR_SYSTEM = "auto" if rich_utils.FORCE_TERMINAL else None
    made = command()
    with redirect_stdout(io.StringIO()) as written:
        text = made.get_help(made.make_context("deriv", ["--"], resilient_parsing=True))
    return f"{(written.getvalue() + text).rstrip()}\n"


def _man(_: Environment) -> str:
    from derivcli.cli.manpage import page

    return page()


def _version(_: Environment) -> str:
    return f"deriv {__version__}\n"


# What is printed whatever else stands there, the first of them that is asked for.
_TEXTS: dict[str, Callable[[Environment], str]] = {"help": _help, "man": _man, "version": _version}


def _canvas(options: Options, environment: Environment) -> Canvas:
    if options.output:
        return Canvas(color=options.color == "always", prefix=options.prefix, notation=Notation(options.notation))
    return Canvas(
        width=environment.width(),
        height=environment.height(),
        color=environment.wants_colour(options.color),
        unicode=environment.unicode(),
        prefix=options.prefix,
        notation=Notation(options.notation),
    )


def _ours(message: str) -> str:
    """Return a message in the manner of ours: no capital, no full stop."""
    text = message.strip().rstrip(".")
    return text[:1].lower() + text[1:]
