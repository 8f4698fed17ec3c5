"""The command line -> what it asks for: help, a list, a page, a picture, or an answer; and its exit code."""

from __future__ import annotations

import io
from contextlib import redirect_stdout, suppress
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from derivcli import __version__
from derivcli.cli.arguments import arrange, takes_value
from derivcli.cli.helptext import NothingAskedError
from derivcli.cli.slips import HELP, expressions_among, option_meant
from derivcli.cli.streams import Environment, StandardOutput
from derivcli.errors import DerivError, ExitCode, UsageError
from derivcli.model.options import find

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from derivcli.cli.call import CommandCall
    from derivcli.cli.options import Options


def run(arguments: Sequence[str], environment: Environment) -> ExitCode:
    """Run the command; raises `DerivError` for what the user can mend."""
    arranged = arrange(arguments, takes_value())
    asked = set(arranged[: arranged.index("--")])
    for name, text in _TEXTS.items():
        if asked & set(find(name).flags):
            to_file = any(word.partition("=")[0] in find("output").flags for word in asked)
            target = _call(arranged, environment).target() if to_file else StandardOutput(environment)
            target.write(text(environment))
            return ExitCode.AGREE
    if arranged[-1] != "--" and not asked & {find(name).flag for name in _ALONE}:
        _start_worker(arranged[-1])
    call = _call(arranged, environment)
    alone = next((name for name, is_asked in _ALONE.items() if is_asked(call.options)), None)
    if alone is not None:
        return _answer(alone, call)
    call = replace(call, texts=_expressions(call.options, environment))
    return _answer(next(name for name, is_asked in _ANSWERS.items() if is_asked(call)), call)


def _start_worker(text: str) -> None:
    """Start the worker, whose imports take longest, if a text is an expression; the options are read meanwhile.

    Only a short text is, which is soon read: what its point says of its names may make another reading of it, which is
    kept apart. What is wrong with it is said in its turn.
    """
    from derivcli.language.parser import LONGEST_KEPT, parse
    from derivcli.witnesses import client

    with suppress(DerivError):
        if len(text) <= LONGEST_KEPT and parse(text):
            client.start()


def _answer(name: str, call: CommandCall) -> ExitCode:
    answer: Callable[[CommandCall], ExitCode] = import_module(f"derivcli.cli.{name}").answer
    return answer(call)


def _call(arranged: Sequence[str], environment: Environment) -> CommandCall:
    """Return the call with its options; raises `UsageError` for what typer or the table does not know."""
    import typer

    from derivcli.cli.call import CommandCall
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
    return CommandCall(options, environment)


def _expressions(options: Options, environment: Environment) -> list[str]:
    """Return the expressions among the words, or the one that is piped in; raises `NothingAskedError` without any."""
    if options.words:
        return expressions_among(options.words, options.at or [])
    text = "" if options.points == "-" else environment.piped()
    if not text:
        raise NothingAskedError
    return [text]


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


# Who answers what needs no expression, and who answers expressions: the first that is asked. Each is a module of this
# room, loaded on use, which has `answer`.
_ALONE: dict[str, Callable[[Options], bool]] = {
    "completion": lambda options: bool(options.completion),
    "manual": lambda options: options.manual is not None,
    "batch": lambda options: options.batch is not None,
    "code": lambda options: options.code == "" and not options.words,
    "functions": lambda options: options.functions,
}
_ANSWERS: dict[str, Callable[[CommandCall], bool]] = {
    "pictures": lambda call: call.options.plot is not None and call.options.code is None and not call.explains,
    "code": lambda call: call.language is not None,
    "explain": lambda call: call.explains,
    "graphs": lambda call: call.options.graph is not None,
    "engine": lambda call: call.options.engine is not None,
    "many": lambda call: call.has_rows,
    "single": lambda _: True,
}


def _ours(message: str) -> str:
    """Return a message in the manner of ours: no capital, no full stop."""
    text = message.strip().rstrip(".")
    return text[:1].lower() + text[1:]
