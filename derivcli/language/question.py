"""The texts of a request -> trees, checked against each other: what is asked, of which names, where."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivcli.errors import DerivError, PointError
from derivcli.hints import At, Hint
from derivcli.language import catalogue, products
from derivcli.language.assignments import parse_value
from derivcli.language.cuts import shown
from derivcli.language.limits import check_constants
from derivcli.language.names import misspelt
from derivcli.language.numbers import exact
from derivcli.language.parser import Parsed, parse, parse_equation
from derivcli.language.tree import NUMBER, Node, each, span_of, variables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from derivcli.language.derivatives import Asked
    from derivcli.language.parser import Definitions

Point = dict[str, Node]

_LONGEST_PRODUCT = 12  # letters of a name that may be a product without its signs: each cut is tried
_BY_DEFAULT = ("x",)  # what `(7)'` is differentiated by
_NAMES_IN = re.compile(r"[^\W\d]\w*")
_POWER = re.compile(r"([^\W\d]+)(\d+)")
_MOST_MISSING = 100  # names without a value that are looked at for products: only one is named


@dataclass(frozen=True, slots=True)
class Question:
    """A function, its variables in order of first appearance, and the point if there is one.

    `texts` are the coordinates as typed; `wrt` the variables to differentiate by. An equation `left = right` is read as
    the function `left - right`, and `sides` are the two. `notation` is what a notation such as `d/dx` asks for.
    A part that is held has its coordinate among the others, and its definition in the place of the text.
    """

    tree: Node
    variables: tuple[str, ...]
    wrt: tuple[str, ...]
    point: Point | None
    texts: dict[str, str] | None
    notes: tuple[str, ...]
    sides: tuple[Node, Node] | None = None
    notation: Asked | None = None
    definitions: Definitions | None = None

    @property
    def held(self) -> Mapping[str, Node]:
        """The parts of the expression that are variables of f, since a slope by them is asked for."""
        return {} if self.definitions is None else self.definitions.held


def read(
    expression: str,
    at: Mapping[str, str] | None,
    wrt: tuple[str, ...] | None,
    implicit: str | None = None,
    beside: tuple[str, ...] = (),
    partly: tuple[str, ...] = (),
) -> Question:
    """Read a request. `implicit` is the variable that an equation is solved for; `beside` are other functions' names.

    `partly` are the names in mixed derivatives: as those in `wrt` they may be parts of the expression.

    Raises `ExpressionError` or `LimitError` for an expression or a value that cannot be read, `PointError` for names
    that do not fit.
    """
    given = frozenset((*(at or ()), *(wrt or ()), *beside, *((implicit,) if implicit else ())))
    if implicit is None:
        parsed, sides = parse(expression, given, at_point=at is not None, wrt=(*(wrt or ()), *partly)), None
    else:
        parsed, sides = _equation(expression, given, at is not None)
    tree, notes, notation, definitions = parsed
    if definitions is not None:
        _check_defined(definitions, at or {})
    try:
        check_constants(tree)
    except DerivError as error:
        raise error.within(expression) from None
    names = tuple(dict.fromkeys((*beside, *variables(tree))))
    if implicit is not None:
        check_known((implicit,), names)
        if len(names) == 1:
            raise PointError(f"there is no variable but `{implicit}`", hint="a curve needs two: x^2 + y^2 = 25")
    asked = wrt if notation is None or wrt is not None else notation.wrt
    if not names:  # the derivative of a constant is 0, by whatever it is taken
        unnamed = _BY_DEFAULT if notation is not None and not asked else ()
        names = tuple(dict.fromkeys((*(asked or unnamed), *partly)))
    chosen = tuple(name for name in names if name != implicit) if asked is None else asked
    if definitions is not None:
        from derivcli.language.definitions import check_held, notes_on_held  # most texts have none

        check_held((*chosen, *partly), names, definitions)
        notes = (*notes, *notes_on_held(definitions.held, chosen))
    check_known(chosen, names)
    found = Question(tree, names, chosen, None, None, notes, sides, notation, definitions)
    return found if at is None and names else _at_point(found, at or {}, expression)


def _at_point(asked: Question, at: Mapping[str, str], expression: str) -> Question:
    """Return the question at a point, where the names inside what is held need their values too."""
    whole, names = asked.tree, asked.variables
    if asked.held:
        from derivcli.language.definitions import needing, placed

        whole, names = needing(asked)
    unused = _check_names(whole, names, at, expression)
    texts = {name: at[name] for name in names if name in at}
    notes = (*asked.notes, *unused, *_notes_on_values(texts))
    found = replace(asked, point=read_point(texts), texts=texts, notes=notes)
    return placed(found, expression) if asked.held else found


def _check_defined(definitions: Definitions, at: Mapping[str, str]) -> None:
    """Refuse a value for a name that is defined."""
    for name in definitions.texts:
        if name in at:
            raise PointError(f"`{name}` is defined in the expression and given a value", hint="leave one of them out")


def _function(expression: str, given: frozenset[str], at_point: bool) -> tuple[Parsed, None]:
    return parse(expression, given, at_point=at_point), None


def _equation(expression: str, given: frozenset[str], at_point: bool) -> tuple[Parsed, tuple[Node, Node]]:
    """Read `left = right` as `left - right`."""
    (left, notes, *_), (right, more, *_) = parse_equation(expression, given, at_point=at_point)
    zero = right.op == NUMBER and not exact(right.text)
    terms = (*(left.args if left.op == "add" else (left,)), Node("neg", (right,), span=right.span))
    tree = left if zero else Node("add", terms, span=left.span.to(right.span))
    return Parsed(tree, (*notes, *more)), (left, right)


def variables_of(
    expressions: Sequence[str], given: frozenset[str], *, equations: bool = False, at_point: bool = False
) -> tuple[str, ...]:
    """Return the variables of several expressions or equations in order of first appearance; raises as `parse` does."""
    read_one = _equation if equations else _function
    trees = (read_one(text, given, at_point)[0].tree for text in expressions)
    return tuple(dict.fromkeys(name for tree in trees for name in variables(tree)))


def read_point(texts: Mapping[str, str]) -> Point:
    """Return the trees of a point's coordinates; those that are typed alike share one."""
    trees: dict[str, Node] = {}
    for name, text in texts.items():
        if text not in trees:
            trees[text] = parse_value(name, text)
    return {name: trees[text] for name, text in texts.items()}


def _notes_on_values(texts: Mapping[str, str]) -> Iterator[str]:
    """Yield how the values of a point were read, where that needs saying: `1/2pi`."""
    for name, text in texts.items():
        yield from (f"in the value of `{name}`: {note}" for note in parse(text).notes)


def check_known(wanted: Iterable[str], names: tuple[str, ...]) -> None:
    """Raise `PointError` for a name that is no variable of the expression."""
    known = frozenset(names)
    for name in wanted:
        if name not in known:
            raise PointError(
                f"`{name}` does not occur in the expression",
                hint=_variables_hint(name, names),
                suggestions=names,
            )


def _check_names(tree: Node, names: tuple[str, ...], at: Mapping[str, str], expression: str) -> list[str]:
    """Refuse names without a value and values without a name; return notes on values that are not used."""
    absent = [name for name in names if name not in at]
    own = frozenset(variables(tree)) if absent else frozenset()  # what other functions need, they ask for
    missing = [name for name in absent if name in own][:_MOST_MISSING]
    known = frozenset((*at, *names, *catalogue.CONSTANTS)) if missing else frozenset()
    for name in missing:
        product = _as_product(name, known)
        if product:
            raise _no_value(tree, name, expression, product)
    notes = _check_unused(tree, names, at)
    for name in missing:
        raise _no_value(tree, name, expression, _as_power(name, known))
    return notes


def _check_unused(tree: Node, names: tuple[str, ...], at: Mapping[str, str]) -> list[str]:
    """Refuse a value for a name that does not occur; say so where the name is called as a function."""
    unused = at.keys() - frozenset(names)
    called = {node.op for node in each(tree)} if unused else set()
    notes = []
    for name in (name for name in at if name in unused):
        row = catalogue.find(name)
        if row is not None and row.name in called:
            notes.append(f"the value of `{name}` is not used: `{name}(...)` is the function")
        else:
            raise PointError(
                f"`{name}` has a value, but does not occur in the expression",
                hint=_variables_hint(name, names),
                suggestions=misspelt(name, names),
            )
    return notes


def _as_power(name: str, known: frozenset[str]) -> str | None:
    """Return `x^2` for `x2` where x is known; x0 and x1 are names that people give."""
    found = _POWER.fullmatch(name)
    return f"{found[1]}^{found[2]}" if found and found[1] in known and found[2] not in ("0", "1") else None


def _no_value(tree: Node, name: str, expression: str, form: str | None) -> PointError:
    purpose = "for the power" if form and "^" in form else "to multiply"
    constant = name.lower() if name.lower() in catalogue.CONSTANTS else None
    also = f", or write {form} {purpose}" if form else f", or write {constant}" if constant else ""
    return PointError(
        f"no value for `{name}`",
        span_of(tree, name),
        source=expression,
        hint=Hint("add ", At(f"{name}=..."), also),
        suggestions=(form,) if form else (),
    )


def _variables_hint(name: str, names: tuple[str, ...]) -> str:
    if not names:
        return "the expression has no variables"
    close = misspelt(name, names)
    if close:
        return f"did you mean `{close[0]}`?"
    for whole in names[:_MOST_MISSING]:
        form = _with_letter(name, whole)
        if form:
            return f"`{whole}` was read as one name; write `{form}`"
    return f"its variables are {', '.join(names)}"


def _with_letter(letter: str, whole: str) -> str | None:
    """Return what a name may mean in which another one hides: `x*y` for the x of `xy`, `x^2` for that of `x2`."""
    power = whole.removeprefix(letter)
    if power.isdigit() and power != whole:
        return f"{letter}^{power}"
    after = (whole, products.NOTHING)
    name = products.read({after}, products.Setting()).get(after)
    form = name and (name.other or shown(name.factors))
    return form if form and letter in _NAMES_IN.findall(form) else None


def _as_product(name: str, known: frozenset[str]) -> str | None:
    """Split a name such as `xy` into known names, or None."""
    if len(name) > _LONGEST_PRODUCT:
        return None
    for cut in range(1, len(name)):
        head, tail = name[:cut], name[cut:]
        rest = tail if tail in known else _as_product(tail, known)
        if head in known and rest:
            return f"{head}*{rest}"
    return None
