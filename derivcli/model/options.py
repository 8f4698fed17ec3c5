"""What can be asked: a row for each option of the command, most of which are arguments in Python too.

From these rows are made the command's signature and its `--help`, the arguments of `differentiate`, the checks of what
goes with what, the completion, the man page and the tables of the manual. To add an option, add a row, and the code
that does it; what Python takes is also spelled out in `Request` and in `Wanted`, for type checkers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.hints import At, Hint
from derivcli.model.choices import CODE, Device, Dtype, Form, Format, Verify
from derivcli.model.option import Need, Option, Panel, ValueKind

if TYPE_CHECKING:
    from collections.abc import Iterable

_POINT = Need("at", "needs a point", Hint("add ", At("x=...")))
_POINTS = Need("points", "is for --points", "add --points FILE, or - for standard input")
_FILES = Need("points", "is for --points", "add --points FILE, FOLDER or 'part-*.csv'")
_FIRST = "is for first derivatives"
_ONE_QUESTION = (
    "points",
    "points-format",
    "delimiter",
    "decimal",
    "encoding",
    "rename",
    "on-error",
    "plot",
    "graph",
    "hint",
    "verify",
    "functions",
)
_NO_STEPS = ("along", "points", "plot", "graph", "verify", "functions")
_ONE_ANSWER = "explains the derivatives of an expression, at one point or at none"
_SHELLS = ("bash", "zsh", "fish")
# The pages of the manual, in the order in which a newcomer reads them.
TOPICS = ("tour", "verdicts", "derivatives", "explain", "language", "pasting", "functions", "files", "batch", "plots",
          "graph", "code", "formats", "json", "scripts", "options", "python", "limits", "changes")  # fmt: skip

OPTIONS: tuple[Option, ...] = (
    Option("wrt", ValueKind.NAMES, Panel.WHAT, "Differentiate by these variables only.", "The others are held.",
           metavar="NAMES", example="x,y", python=True),
    Option("order", ValueKind.WHOLE, Panel.WHAT, "All derivatives up to this order.", "64 at most, with --implicit 12.",
           metavar="N", example="2", default=1, python=True),
    Option("partial", ValueKind.MIXED, Panel.WHAT, "One mixed derivative. Repeatable.",
           metavar="NAMES", example="x,x,y", default=(), python=True, old_name="partials"),
    Option("hessian", ValueKind.FLAG, Panel.WHAT, "The matrix of second derivatives, and what the point is.",
           "Its eigenvalues say whether a stationary point is a minimum, a maximum or a saddle.",
           default=False, python=True, json="hessian"),
    Option("along", ValueKind.POINT, Panel.WHAT, "The derivative in a direction.",
           "D_v f is the one in this direction, D_u f the one in the unit direction.",
           metavar="NAME=VALUE", example="x=1,y=2", python=True, goes_with=("order",)),
    Option("implicit", ValueKind.NAME, Panel.WHAT, "dy/dx for an equation such as x^2+y^2=25.",
           "The slope by every other variable.",
           metavar="NAME", example="y", python=True, json="implicit", goes_with=("order", "tangent", "wrt")),
    Option("tangent", ValueKind.FLAG, Panel.WHAT, "The tangent line or plane, and the normal.",
           default=False, python=True, json="tangent", one_point=True, needs=_POINT),
    Option("taylor", ValueKind.WHOLE, Panel.WHAT, "The Taylor polynomial of this order.",
           metavar="N", example="3", python=True, json="taylor", one_point=True,
           needs=Need("at", "needs a point", Hint("add ", At("x=0")))),
    Option("near", ValueKind.POINT, Panel.WHAT, "Where to compare f with its polynomial.",
           "The error is f there minus the polynomial. A variable without a value here keeps that of --at.",
           metavar="NAME=VALUE", example="x=2.1", python=True, json="taylor", one_point=True,
           needs=Need("taylor", "is the second point of --taylor", "add --taylor 2")),
    Option("total", ValueKind.FLAG, Panel.WHAT, "The total differential df.",
           default=False, python=True, json="total", one_point=True),
    Option("error", ValueKind.POINT, Panel.WHAT, "Standard uncertainties.",
           "That of f follows to first order, for independent errors.",
           metavar="NAME=VALUE", example="x=0.01,y=0.02", python=True, old_name="errors", json="total", one_point=True,
           needs=_POINT),

    Option("at", ValueKind.POINT, Panel.WHERE, "The point: x=2,y=pi/4. Several: x=0:1:11, x=1,2,3.",
           "A value is any constant, taken exactly as typed. A range has both ends and a count, a list has commas;"
           " several of them make a grid. It may be repeated.", metavar="NAME=VALUE", example="x=2,y=pi/4"),
    Option("points", ValueKind.FILE, Panel.WHERE, "Points from CSV, TSV, JSON Lines or Parquet; - is stdin.",
           "Columns are named as the variables; all others are carried through. It may be compressed.",
           metavar="FILE", example="data.csv"),
    Option("points-format", ValueKind.WORD, Panel.WHERE, "csv, tsv, jsonl or parquet, if not by extension.",
           "jsonl is an array of objects, too.",
           metavar="FORMAT", example="csv", words=tuple(form for form in Form if form is not Form.GRID),
           needs=_POINTS),
    Option("delimiter", ValueKind.TEXT, Panel.WHERE, "What separates the columns, if not as it looks.",
           "A character, or comma, semicolon, tab, blanks (any number of blanks and tabs).",
           metavar="CHARACTER", example="semicolon", needs=_POINTS),
    Option("decimal", ValueKind.TEXT, Panel.WHERE, "The decimal mark of the file: a point or a comma.",
           "It is never guessed.", metavar="MARK", example=",", default=".", needs=_POINTS),
    Option("encoding", ValueKind.TEXT, Panel.WHERE, "The encoding of the file, if not UTF-8.",
           "UTF-16 and UTF-32 with a byte order mark need no telling.",
           metavar="NAME", example="latin-1", needs=_POINTS),
    Option("rename", ValueKind.TEXTS, Panel.WHERE, "A new name for a column. Repeatable.",
           "For one whose name no variable can have. The answer calls it so, too.",
           metavar="OLD=NEW", example='"x (m)=x"', needs=_POINTS),
    Option("batch", ValueKind.FILE, Panel.WHERE, "Questions from a file, one a line; - is stdin.",
           "A line is an expression, perhaps with a point (x^2*y @ x=2,y=3), or a JSON object with the names of options"
           " as fields. CSV has a column named expression. Options apply to all lines.",
           metavar="FILE", example="questions.txt",
           not_with=_ONE_QUESTION, is_for="answers the questions of a file, one by one"),
    Option("jobs", ValueKind.WHOLE, Panel.WHERE, "Questions of --batch answered at once.",
           "Each has processes of its own. Two cores are busy with two.", metavar="N", example="2", default=1,
           needs=Need("batch", "is for --batch", "add --batch FILE, or - for standard input")),
    Option("on-error", ValueKind.WORD, Panel.WHERE, "At an unreadable row: record it, or stop.",
           "A row that is recorded makes the exit code 1. One that stops it makes it 3.",
           metavar="WHAT", example="stop", default="record", words=("record", "stop"), needs=_POINTS),
    Option("engine", ValueKind.TEXT, Panel.WHERE, "Dask that answers --points in parts.",
           "dask://HOST:PORT is its scheduler; dask://local starts a process for each core here, dask://local:4 four;"
           " serial is this process. --points is a file, a folder or a pattern; a part is a row group of Parquet, or"
           " a block of a table of text. --output is a folder.",
           metavar="ENGINE", example="dask://local:4", not_with=("on-error",),
           is_for="records rows that cannot be read", needs=_FILES),

    Option("format", ValueKind.WORD, Panel.OUTPUT, f"{', '.join(Format)}.",
           "Without it the name of the --output file tells the format. Parquet is for many points.",
           metavar="FORMAT", example="latex", default="", words=tuple(Format), anywhere=True),
    Option("json", ValueKind.FLAG, Panel.OUTPUT, "Short for --format json.", "Errors are JSON then, too.", short="-j",
           default=False, anywhere=True),
    Option("csv", ValueKind.FLAG, Panel.OUTPUT, "Short for --format csv.", default=False, anywhere=True),
    Option("quiet", ValueKind.FLAG, Panel.OUTPUT, "The derivatives alone (--format value), no progress bar.",
           short="-q", default=False, anywhere=True),
    Option("output", ValueKind.FILE, Panel.OUTPUT, "A file for the answer; with --engine a FOLDER/.",
           "All of it, or nothing. The folder gets a file for each part, whose names sort as the rows, and"
           " _manifest.jsonl.", short="-o", metavar="FILE", example="answer.json", anywhere=True),
    Option("resume", ValueKind.FLAG, Panel.OUTPUT, "With --engine: only the parts that are missing.",
           "A part whose checksum does not hold is missing, too.", default=False,
           needs=Need("engine", "is for --engine", "add --engine dask://local")),
    Option("plot", ValueKind.FILE, Panel.OUTPUT, "Draw f and its slopes; FILE is png, svg or pdf.",
           "Without FILE the picture is made of characters. Without a range in --at it chooses one, and marks a point.",
           metavar="FILE", may_stand_alone=True, example="hill.png", suffixes=("png", "svg", "pdf"),
           goes_with=("order", "tangent"), not_with=("points", "graph"),
           is_for="draws f and its derivatives over a range"),
    Option("graph", ValueKind.FILE, Panel.OUTPUT, "The graph of autograd, as a tree or in a FILE.",
           "FILE is dot, mmd, json, svg, png or pdf; the last three need Graphviz. In its place attributes is the table"
           " of tensors that tutorials print, and - a part of the JSON.",
           metavar="FILE", may_stand_alone=True, example="graph.dot", words=("attributes", "-"),
           suffixes=("dot", "mmd", "json", "svg", "png", "pdf"), json="graph", one_point=True,
           not_with=("points", "partial", "along", "implicit"), is_for="draws f at one point"),
    Option("code", ValueKind.WORD, Panel.OUTPUT, "f and its gradient as code; alone, the languages.",
           f"The languages are {', '.join(CODE)}. The name of the --output file tells some of them, too. The code tests"
           " itself at three points against the numbers of the witnesses. With --order 2 or --hessian it has the second"
           " derivatives.",
           metavar="LANG", may_stand_alone=True, example="rust", words=tuple(CODE), one_point=True,
           goes_with=("wrt", "order", "hessian"),
           not_with=("points", "plot", "graph", "dtype", "steps", "hint", "check"),
           is_for="writes f and its first or second derivatives"),
    Option("stable", ValueKind.FLAG, Panel.OUTPUT, "With --code: in a form that does not cancel.",
           "If one is known, and is seen to be the same function.", default=False,
           needs=Need("code", "is for --code", "add --code python")),
    Option("prefix", ValueKind.TEXT, Panel.OUTPUT, "A prefix for the computed columns.",
           "For a variable with the name of one of them.", metavar="TEXT", example="out_", default=""),
    Option("notation", ValueKind.WORD, Panel.OUTPUT, "Formulas: auto, math or python.",
           "auto: as in maths (2x^2, e^x, |x|), but as in Python where the expression has ** or what only code has."
           " JSON and CSV are as in Python.", metavar="HOW", example="python", default="auto",
           words=("auto", "math", "python")),
    Option("color", ValueKind.WORD, Panel.OUTPUT, "Colours: auto, always or never.", metavar="WHEN", example="never",
           default="auto", words=("auto", "always", "never"), anywhere=True),

    Option("steps", ValueKind.WORD, Panel.EXPLAIN, "How it is found, line by line: brief or full.",
           "Each line is held against numbers of another witness at three points before it is shown. full: with the"
           " reason of each rule and, at a point, the number of each line.",
           metavar="HOW", may_stand_alone=True, example="full",
           words=("brief", "full"), one_point=True, not_with=_NO_STEPS, is_for=_ONE_ANSWER),
    Option("hint", ValueKind.FLAG, Panel.EXPLAIN, "Only the next rule, not the answer.", default=False, one_point=True,
           not_with=(*_NO_STEPS, "steps"), is_for="keeps the answer back", without_views=True),
    Option("check", ValueKind.TEXTS, Panel.EXPLAIN, "Is ANSWER the derivative? If not, the mistake.",
           "Any form is right that has the value of the derivative wherever that has one. With --at it may be a number,"
           " or: does not exist. - is standard input; for several derivatives it is repeated. A right answer makes"
           " the exit code 0.",
           metavar="ANSWER", may_stand_alone=True, example="2x*cos(x)", one_point=True,
           not_with=(*_NO_STEPS, "steps", "hint"), is_for="judges an answer", without_views=True),

    Option("verify", ValueKind.WORD, Panel.NUMERICS, "Rows all witnesses look at: auto, all, sample, off.",
           "auto: every row that bounds on rounding leave in doubt. all: every row, some thousand a second. sample: the"
           " first 2,048 rows in doubt; the others are unverified. off: no row is checked, and each is unverified."
           " At one point off leaves the numbers to torch alone; without a point formulas are not checked, and torch is"
           " not loaded.",
           metavar="ROWS", example="all", default=Verify.AUTO, words=tuple(Verify), goes_with=("wrt",),
           is_for=_FIRST),
    Option("rtol", ValueKind.NUMBER, Panel.NUMERICS, "Relative difference allowed.", "Default: 1e-9, for float32 1e-4.",
           metavar="NUMBER", example="1e-6", python=True),
    Option("atol", ValueKind.NUMBER, Panel.NUMERICS, "Difference allowed from 0.", "Default: 1e-12, for float32 1e-6.",
           metavar="NUMBER", example="1e-9", python=True),
    Option("dtype", ValueKind.WORD, Panel.NUMERICS, "float64 or float32.", "The type that torch computes in.",
           metavar="TYPE", example="float32", default=Dtype.FLOAT64, words=tuple(Dtype), python=True,
           goes_with=("wrt",), is_for=_FIRST),
    Option("device", ValueKind.WORD, Panel.NUMERICS, "Where torch computes: cpu, cuda or mps.",
           "mps, on a Mac, has float32 only.", metavar="DEVICE", example="cuda", default=Device.CPU,
           words=tuple(Device), python=True, goes_with=("wrt",), is_for=_FIRST),
    Option("raw", ValueKind.FLAG, Panel.NUMERICS, "Leave formulas as sympy made them: faster.",
           "The form of a textbook, and exact numbers such as sqrt(2)/2, are not looked for. --quiet needs neither.",
           default=False, python=True),
    Option("timeout", ValueKind.NUMBER, Panel.NUMERICS, "Seconds for the answer.",
           "When they run out, every number that is not checked yet is unverified.",
           metavar="SECONDS", example="60", default=30.0, python=True),

    Option("functions", ValueKind.FLAG, Panel.OTHERS, "List the functions; a word searches: bessel.",
           default=False),
    Option("manual", ValueKind.WORD, Panel.OTHERS, "Show the manual: its topics, or one page.",
           f"The topics are {', '.join(TOPICS)}.",
           metavar="TOPIC", may_stand_alone=True, stands_alone=True, example="files", words=TOPICS),
    Option("completion", ValueKind.WORD, Panel.OTHERS, "Print a completion script: bash, zsh or fish.",
           metavar="SHELL", example="bash", words=_SHELLS),
    Option("man", ValueKind.FLAG, Panel.OTHERS, "Print the man page: deriv --man | man -l -", default=False),
    Option("debug", ValueKind.FLAG, Panel.OTHERS, "Show a traceback for an error.", default=False, anywhere=True),
    Option("version", ValueKind.FLAG, Panel.OTHERS, "Show the version.", short="-V", default=False),
    Option("help", ValueKind.FLAG, Panel.OTHERS, "Show this message and exit.", short="-h", default=False),
)  # fmt: skip

EXPLAINING = tuple(option for option in OPTIONS if option.panel is Panel.EXPLAIN)


def find(name: str) -> Option:
    """Return the option of a name, as on the command line."""
    return next(option for option in OPTIONS if option.name == name)


def given(place: object, options: Iterable[Option] = OPTIONS) -> list[Option]:
    """Return the options that have been used; `place` has an attribute for each that it knows."""
    return [option for option in options if option.is_given(getattr(place, option.key, None))]
