"""The options of `deriv`: what the command line may say."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from derivcli.model import Device, Dtype
from derivcli.model.rows import Verify
from derivcli.render.canvas import Format

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
deriv "x^2" --at x=0:1:11
deriv "sin(x)*t" --points data.csv --at t=2 --csv
deriv "x^3-3x" --plot
deriv --functions bessel

\b
A text is read as on paper, and a note says what could surprise:
5x^4, x(x+1), (x+1)2    products
1/2x                    (1/2)*x
sin 2x cos 3x           sin(2*x)*cos(3*x)
sin x^2, sin^2 x        sin(x^2), sin(x)^2
ln x/x                  ln(x)/x
xsinx, 2xe^(3x)         x*sin(x), 2*x*e^(3*x)
ax^2+bx                 a*x^2 + b*x
cost, mass, x_1, RT     one name each
d/dx x^2, (x^2)'        x^2, and what is asked: as --wrt x
e^2x, sin 2*x           refused, with both forms

\b
Exit codes: 0 all agree, 1 a number differs or is unverified, 2 usage,
3 cannot be read, 4 no derivative there, 5 a limit was reached.
"""
_WHOLE = re.compile(r"[+-]?[0-9]{1,30}")
FORMATS = ", ".join(Format)
_BYTE = re.compile("[\udc80-\udcff]")  # one that the locale has no character for
_FILES = frozenset({"points", "output", "plot", "graph"})  # options that name one
_OF_SUFFIX = {
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".parquet": Format.PARQUET,
    ".md": Format.MARKDOWN,
}
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Options:
    """The command line, read: a field for each parameter of the command."""

    expression: list[str] | None
    at: list[str] | None
    points: str | None
    points_format: str | None
    on_error: str
    wrt: list[str] | None
    order: int
    partial: list[str] | None
    hessian: bool
    along: list[str] | None
    implicit: str | None
    tangent: bool
    taylor: int | None
    near: list[str] | None
    total: bool
    error: list[str] | None
    format_: str
    json: bool
    csv: bool
    quiet: bool
    output: str | None
    plot: str | None
    graph: str | None
    prefix: str
    color: str
    verify: str
    rtol: float | None
    atol: float | None
    dtype: str
    device: str
    timeout: float
    functions: bool
    debug: bool
    version: bool

    @property
    def words(self) -> list[str]:
        """What is no option."""
        return self.expression or []

    @property
    def formats(self) -> list[str]:
        """All formats that are asked for."""
        flags = ((self.json, Format.JSON), (self.csv, Format.CSV), (self.quiet, Format.VALUE))
        return [*([self.format_] if self.format_ else []), *(name for flag, name in flags if flag)]

    @property
    def formats_of_rows(self) -> list[str]:
        """The same for many points: beside another format `--quiet` only keeps the progress bar from being shown."""
        told = format_of(self.output)
        others = replace(self, quiet=False).formats or ([told] if told is not Format.TABLE else [])
        return others or [Format.VALUE if self.quiet else Format.TABLE]


def in_utf_8(options: Options) -> Options:
    """Return the options with texts in UTF-8 that the locale could not read.

    Python has kept their bytes as lone surrogates. The names of files stay so: that is how the system knows them.
    """
    found = {field.name: getattr(options, field.name) for field in fields(options) if field.name not in _FILES}
    return replace(
        options, **{name: _in_utf_8(value) for name, value in found.items() if isinstance(value, str | list)}
    )


def _in_utf_8(value: Any) -> Any:
    if isinstance(value, list):
        return list(map(_in_utf_8, value))
    try:
        return os.fsencode(value).decode("utf-8") if _BYTE.search(value) else value
    except UnicodeError:  # of bytes that are no UTF-8, the parser says which
        return value


def format_of(output: str | None) -> Format:
    """Return the format that the name of an output file tells; the table where it tells none."""
    return _OF_SUFFIX.get(Path(output or "").suffix.lower(), Format.TABLE)


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
def collect(
    expression: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="EXPRESSION...", help="What to differentiate; several make a Jacobian; - or none reads stdin."
        ),
    ] = None,
    at: Annotated[
        list[str] | None,
        _option("--at", metavar="NAME=VALUE", panel="Where", text="The point: x=2,y=pi/4. Several: x=0:1:11, x=1,2,3."),
    ] = None,
    points: Annotated[
        str | None,
        _option(
            "--points", metavar="FILE", panel="Where", text="Points from CSV, TSV, JSON Lines or Parquet; - is stdin."
        ),
    ] = None,
    points_format: Annotated[
        str | None,
        _option(
            "--points-format", metavar="FORMAT", panel="Where", text="csv, tsv, jsonl or parquet, if not by extension."
        ),
    ] = None,
    on_error: Annotated[
        str,
        _option("--on-error", metavar="WHAT", panel="Where", text="At a row that cannot be read: record it, or stop."),
    ] = "record",
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
    format_: Annotated[str, _option("--format", metavar="FORMAT", panel="Output", text=f"{FORMATS}.")] = "",
    json: Annotated[bool, _option("--json", "-j", panel="Output", text="Short for --format json.")] = False,
    csv: Annotated[bool, _option("--csv", panel="Output", text="Short for --format csv.")] = False,
    quiet: Annotated[
        bool, _option("--quiet", "-q", panel="Output", text="The derivatives alone (--format value), no progress bar.")
    ] = False,
    output: Annotated[
        str | None, _option("--output", "-o", metavar="FILE", panel="Output", text="Write the answer to a file.")
    ] = None,
    plot: Annotated[
        str | None,
        _option("--plot", metavar="[FILE]", panel="Output", text="Draw f and its slopes; FILE is png, svg or pdf."),
    ] = None,
    graph: Annotated[
        str | None,
        _option(
            "--graph",
            metavar="[FILE]",
            panel="Output",
            text="torch's autograd graph; FILE is dot, mmd, json, svg, png or pdf; --graph=attributes is a table.",
        ),
    ] = None,
    prefix: Annotated[str, _option("--prefix", metavar="TEXT", panel="Output", text="Before computed columns.")] = "",
    color: Annotated[str, _option("--color", metavar="WHEN", panel="Output", text="auto, always or never.")] = "auto",
    verify: Annotated[
        str,
        _option("--verify", metavar="ROWS", panel="Numerics", text="Rows all witnesses look at: all, sample, off."),
    ] = Verify.SAMPLE,
    rtol: Annotated[
        float | None,
        _option("--rtol", metavar="NUMBER", panel="Numerics", text="Relative difference allowed.", parser=_number),
    ] = None,
    atol: Annotated[
        float | None,
        _option("--atol", metavar="NUMBER", panel="Numerics", text="Difference allowed from 0.", parser=_number),
    ] = None,
    dtype: Annotated[
        str,
        _option("--dtype", metavar="TYPE", panel="Numerics", text="float64 or float32."),
    ] = Dtype.FLOAT64,
    device: Annotated[
        str, _option("--device", metavar="DEVICE", panel="Numerics", text="Where torch computes: cpu, cuda or mps.")
    ] = Device.CPU,
    timeout: Annotated[
        float,
        _option("--timeout", metavar="SECONDS", panel="Numerics", text="Time for the answer.", parser=_number),
    ] = 30.0,
    functions: Annotated[
        bool, _option("--functions", panel="Others", text="List the functions; a word searches: --functions bessel.")
    ] = False,
    debug: Annotated[bool, _option("--debug", panel="Others", text="Show a traceback for an error.")] = False,
    version: Annotated[bool, _option("--version", "-V", panel="Others", text="Show the version.")] = False,
) -> Options:
    """Return the options as they are."""
    return Options(**locals())
