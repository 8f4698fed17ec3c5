"""All sentences that a user may see, in one file for review: `python -m tests.make_messages` writes it.

A sentence is a text of two words or more in the source that is neither a docstring nor a pattern. What is filled in
stands in braces. So a change of wording is seen in a difference, and whoever reviews it reads the neighbours too.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from derivcli.hints import Asker, At, ByAt

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parents[1] / "derivcli"
FILE = Path(__file__).with_name("messages.txt")

_POINTS: dict[str, type[At | ByAt]] = {"At": At, "ByAt": ByAt}
_FILLED = re.compile(r"\{[^{}]*\}")
_TWO_WORDS = re.compile(r"[A-Za-z`]{2,}[,:;]? [`(A-Za-z]")
# A script for a shell, a list of words, a table of formulas, and what code is made of.
_FOR_PROGRAMS = ("cli/completion.py", "language/everyday.py", "language/catalogue/infinity.py", "exports/languages/")


def messages() -> str:
    """Return the sentences of all modules, each module under its path."""
    found = {path.relative_to(PACKAGE).as_posix(): list(_read(path)) for path in sorted(PACKAGE.rglob("*.py"))}
    parts = [f"{name}\n" + "".join(f"  {line}\n" for line in lines) for name, lines in found.items() if lines]
    return "\n".join(part for part in parts if not part.startswith(_FOR_PROGRAMS))


def _read(path: Path) -> Iterator[str]:
    return sentences(ast.parse(path.read_text(encoding="utf-8")))


def sentences(tree: ast.Module) -> Iterator[str]:
    """Yield the sentences of a module in their order."""
    nodes = list(ast.walk(tree))  # once: to walk through 300 modules takes longer than to read them
    passed = {id(inner) for node in nodes if _is_for_nobody(node) for inner in ast.walk(node)}
    passed |= {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    passed |= {id(inner) for node in nodes if _is_hint(node) for inner in ast.walk(node) if inner is not node}
    texts = [node for node in nodes if isinstance(node, (ast.Constant, ast.JoinedStr)) or _is_hint(node)]
    texts = [node for node in texts if id(node) not in passed]
    for node in sorted(texts, key=lambda node: (node.lineno, node.col_offset)):
        said = _text(node)
        if _TWO_WORDS.search(_FILLED.sub("", said)):
            yield said.replace("\n", "\n  ")


def _is_for_nobody(node: ast.AST) -> bool:
    """Tell whether a part of a module holds no message: a docstring, an annotation, a pattern."""
    match node:
        case ast.Expr(ast.Constant()) | ast.Call(ast.Attribute(ast.Name("re"), "compile")):
            return True
    return False


def _is_hint(node: ast.AST) -> TypeGuard[ast.Call]:
    """Tell whether a part of a module makes a hint of texts and points."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Hint"


def _text(node: ast.expr) -> str:
    """Return a text as a user of the command reads it, with the name of what is filled in in braces."""
    match node:
        case ast.Constant(value):
            return value if isinstance(value, str) else ""
        case ast.JoinedStr(parts) | ast.Call(ast.Name("Hint"), parts):
            return "".join(map(_text, parts))
        case ast.Call(ast.Name("At" | "ByAt" as way), points):
            return _POINTS[way](*map(_text, points)).said(Asker.COMMAND)
    return _name(node)


def _name(part: ast.expr) -> str:
    """Return the name of what is filled in, if it has one: how it is computed is nothing to review."""
    value = part.value if isinstance(part, ast.FormattedValue) else part
    return f"{{{ast.unparse(value) if isinstance(value, (ast.Name, ast.Attribute)) else '...'}}}"


if __name__ == "__main__":
    FILE.write_text(messages(), encoding="utf-8")
