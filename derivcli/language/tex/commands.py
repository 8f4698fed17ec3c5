"""The one table of LaTeX commands that the language knows, and the patterns of LaTeX text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.hints import ByAt, Hint
from derivcli.language import calls, catalogue, notation, symbols
from derivcli.language.symbols import SPELLED

if TYPE_CHECKING:
    from collections.abc import Iterable

# Spaces and what changes the look alone. A space that somebody has typed out parts more than a blank does.
SPACES = frozenset({",", ";", ":", ">", "quad", "qquad", "thinspace", "medspace", "thickspace", "enspace", "space"})
_SILENT = """
    ! displaystyle boxed ds textstyle scriptstyle limits nolimits nonumber notag qty mathop mathrel mathbin negthinspace
    mathstrut strut allowbreak bigstar centering hfill rm it bf cal sf tt normalsize small large Large
"""
SILENT = SPACES | {" ", "\n", "\t", *_SILENT.split()}
# Whose argument in braces means nothing.
IGNORED = frozenset({"label", "tag", "hspace", "vspace", "phantom", "hphantom", "color"})

SIGNS = {
    **dict.fromkeys(("cdot", "times", "ast", "cdotp", "bullet"), "*"),
    "div": "/",
    **dict.fromkeys(("le", "leq", "leqslant"), "<="),
    **dict.fromkeys(("ge", "geq", "geqslant"), ">="),
    **dict.fromkeys(("ne", "neq"), "!="),
    "lt": "<",
    "gt": ">",
    **dict.fromkeys(("wedge", "land"), "and"),
    **dict.fromkeys(("vee", "lor"), "or"),
    **dict.fromkeys(("neg", "lnot"), "not"),
    **dict.fromkeys(("bmod", "mod"), "%"),
    **dict.fromkeys(("equiv", "triangleq", "coloneqq", "coloneq", "colonequals"), "="),
    "colon": ":",
    **dict.fromkeys(("mapsto", "longmapsto"), "->"),
    "mid": ";",
    "partial": "∂",
    "factorial": "!",
}
# Letters that have a name of their own. One letter in two shapes is one name, unless a formula has both.
SHAPES = {f"var{name}": name for name in ("epsilon", "theta", "kappa", "rho", "sigma", "phi", "pi")}
LETTERS = {**{name: name for name in (*SPELLED.values(), "ell", "hbar")}, "infty": "inf", **SHAPES}
GREEK = {**notation.GREEK, "ο": "omicron", "µ": "mu"}
# Which characters stand for a letter with a name.
FOREIGN: dict[str, str] = {}
for _character, _name in GREEK.items():
    FOREIGN[SHAPES.get(_name, _name)] = FOREIGN.get(SHAPES.get(_name, _name), "") + _character

# Fonts: what stands in their braces is a name, a function or a word.
_WORDY = "text textrm textit textbf textnormal mathrm mathit mathsf mathtt mbox hbox operatorname rm"
WORDY = frozenset(_WORDY.split())
FONTS = WORDY | frozenset({"mathbf", "mathcal", "mathbb", "mathfrak", "mathscr", "boldsymbol", "bm", "textsf"})
ACCENTS = {
    **{name: name for name in ("bar", "hat", "tilde", "vec", "check", "breve")},
    "overline": "bar",
    "widehat": "hat",
    "widetilde": "tilde",
    "underline": "under",
}

FRACTIONS = frozenset({"frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac", "flatfrac"})
BINOMIALS = frozenset({"binom", "dbinom", "tbinom"})
# One argument in braces.
CALLS = {"abs": "abs", "ceil": "ceil", "floor": "floor", "absolutevalue": "abs", "norm": "abs"}
RATES = {"dv": "d", "pdv": r"\partial", "odv": "d", "derivative": "d"}

# Delimiters: the command -> the bracket, and what the brackets mean.
DELIMITERS = {
    "{": "{",
    "}": "}",
    "lbrace": "{",
    "rbrace": "}",
    "lbrack": "[",
    "rbrack": "]",
    "lvert": "l|",
    "rvert": "r|",
    "vert": "|",
    "lfloor": "⌊",
    "rfloor": "⌋",
    "lceil": "⌈",
    "rceil": "⌉",
    "lparen": "(",
    "rparen": ")",
}
OPENERS = {"(": ")", "[": "]", "{": "}", "l|": "r|", "⌊": "⌋", "⌈": "⌉"}
MEANINGS = {"l|": "abs", "⌊": "floor", "⌈": "ceil"}

CASES = frozenset({"cases", "dcases", "rcases", "cases*"})
ROWS = frozenset(
    {"array", "matrix", "aligned", "align", "align*", "split", "gather", "gather*", "gathered", "eqnarray"}
)
FORMULAS = frozenset({"equation", "equation*", "math", "displaymath", "eqnarray*", "multline", "multline*", "alignat"})

OTHERWISE = frozenset({"otherwise", "else", "elsewhere", "or else"})
IF = frozenset({"if", "for", "when", "where", "si", "falls", "provided", "while"})

# What is no expression that can be differentiated here, and what to do instead.
_UNKNOWN_BOUND = "sums and integrals are not supported: write the terms out, or the closed form"
REFUSED: dict[str, str | Hint] = {
    **dict.fromkeys(("sum", "prod", "int", "iint", "iiint", "oint", "bigcup", "intop"), _UNKNOWN_BOUND),
    "lim": Hint("limits are not computed: give the function itself, and the point ", ByAt()),
    **dict.fromkeys(("pm", "mp"), "write one formula with `+`, and another with `-`"),
    **dict.fromkeys(("nabla", "grad", "Delta "), "give the function alone: its gradient is the answer"),
    **dict.fromkeys(("in", "notin", "forall", "exists", "mathbb"), "write a condition with `<`, such as `0 < x < 1`"),
    **dict.fromkeys(("to", "rightarrow", "longrightarrow"), "write `f(x) = ...` before the formula"),
    **dict.fromkeys(("dots", "ldots", "cdots"), "write the terms out"),
    **dict.fromkeys(("dot", "ddot"), "a dot is a derivative: give the function itself"),
    **dict.fromkeys(("approx", "sim", "simeq", "propto", "Rightarrow", "implies", "iff"), "give one formula at a time"),
    **dict.fromkeys(("top", "intercal"), "vectors are not supported, scalars only: write w1*x1 + w2*x2"),
    "%": "`%` is not supported: write `/100`",
}

# Names of functions in LaTeX and in books beside those of the catalogue.
_ALIASES = """
    tg tan  ctg cot  cotg cot  cosec csc  arctg atan  arcctg acot  arccotg acot  arccosec acsc
    sh sinh  ch cosh  th tanh  cth coth  argsinh asinh  argcosh acosh  argtanh atanh  argcoth acoth
    arsh asinh  arch acosh  arth atanh  arccosech acsch  cosech csch
    sgn sign  sinhyp sinh  lb log2  ld log2  ReLU relu  SiLU silu  GELU gelu  ELU elu  SELU selu
"""
ALIASES: dict[str, str] = dict(re.findall(r"(\w+) (\w+)", _ALIASES))
FUNCTION, OPEN, CLOSE, BAR, OPERATOR, COMMAND, WORD, END = (
    "function", "open", "close", "bar", "operator", "command", "word", "end",
)  # fmt: skip
OPERATOR_OF_BOOKS = "book"  # a letter in `\operatorname`: J, P, W
WRAPPER, BEGIN, FINISH, ROW = "wrapper", "begin", "finish", "row"
BLANK, WIDE = 1, 2


def function_named(name: str) -> str | None:
    """Return the function that a command or a name in upright letters means."""
    if name in ALIASES:
        return ALIASES[name]
    found = calls.name_called(name)
    if found is None and len(name) > 2 and catalogue.is_function(name.lower()):
        found = name.lower()
    return None if found in catalogue.PIECEWISE_NAMES else found


def known() -> tuple[str, ...]:
    """Return every command, for a hint to a near one."""
    sets = map(sorted, (FONTS, FRACTIONS, BINOMIALS, IGNORED))  # sorted: a hint is the same in every run
    tables: tuple[Iterable[str], ...] = (SIGNS, LETTERS, ACCENTS, ALIASES, DELIMITERS, REFUSED, *sets)
    words = (name for table in tables for name in table if name.isalpha())
    return (*words, *(name for name in catalogue.function_names() if name.isalpha()), "sqrt", "left", "right", "begin")


PATTERN = re.compile(
    rf"""(?P<blank>[ \t\r\n~]+)
    |(?P<letters>[A-Za-z]+)
    |(?P<wrapper>\$+|</?m(?:e|en|row|d)?>)
    |(?P<begin>\\begin\s*\{{(?P<opened>[a-z]+\*?)\}}(?:\s*\[[a-z]\])?)
    |(?P<finish>\\end\s*\{{(?P<ended>[a-z]+\*?)\}})
    |(?P<sized>\\(?:left|right|middle|[bB]igg?[lrm]?)(?![A-Za-z])\s*(?P<delimiter>\\[A-Za-z]+|\\[{{}}|]|[^\\\s]))
    |(?P<switch>\\(?:rm|bf|it|sf|tt|cal)\s+(?P<upright>[A-Za-z]+))
    |(?P<font>\\(?P<style>{"|".join(sorted(FONTS, key=len, reverse=True))})(?![A-Za-z])\*?\s*
        (?:\{{(?P<inside>(?:[^{{}}\\]|\\_|\\[ ]|\\math[a-z]+\{{[A-Za-z]+\}})*)\}}|(?P<one>[A-Za-z])))
    |(?P<ignored>\\(?:{"|".join(IGNORED)})\*?\s*\{{[^{{}}]*\}})
    |(?P<row>\\\\(?:\s*\[[0-9.]+\s*[a-z]+\])?)
    |(?P<command>\\(?:[A-Za-z]+|.))
    |(?P<scientific>[0-9.]+[eE][+-]?[0-9]+)
    |(?P<number>[0-9]+\.?[0-9]*|\.[0-9]+)
    |(?P<raised>[{"".join(symbols.SUPERSCRIPTS)}]+)
    |(?P<lowered>[{"".join(symbols.SUBSCRIPTS)}]+)
    |(?P<fraction>[{"".join(symbols.FRACTIONS)}])
    |(?P<root>[{"".join(symbols.ROOTS)}])
    |(?P<sign><=|>=|==|!=|.)""",
    re.VERBOSE | re.DOTALL,
)
COLUMNS = re.compile(r"\s*\{[^{}]*\}")
CHARACTERS = frozenset("+-*/^_{}&,!<>=':;|()[].%?")
BRACKETS = {**dict.fromkeys("([⌊⌈", OPEN), **dict.fromkeys(")]⌋⌉", CLOSE), "|": BAR}
IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
INNER_FONT = re.compile(r"\\math[a-z]+\{([A-Za-z]+)\}")
FORMULA = re.compile(rf" *(?P<word>{'|'.join(sorted(IF))})? *\$(?P<math>[^$]*)\$[ .,;]*")
PARTS = re.compile(r"[0-9]+|.")
BOLD = r"\mathbf"
OWN = CALLS.keys() | BINOMIALS | FRACTIONS | {"sqrt", "root"}  # they look like functions
