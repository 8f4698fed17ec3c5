"""`code`: an expression -> f and its derivatives in a language, tested against the numbers of the witnesses."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any, cast

from derivcli import parts
from derivcli.cases import due, read
from derivcli.document import Format, render
from derivcli.errors import LimitError, UsageError
from derivcli.exports import languages
from derivcli.exports.chain import NoSlopeError
from derivcli.exports.comments import comment
from derivcli.exports.drafting import Wish, drafted
from derivcli.exports.samples import samples, witnessed
from derivcli.exports.spelling import LackingError, helpers
from derivcli.exports.stable import stable_form
from derivcli.language import catalogue
from derivcli.language.printer import to_text
from derivcli.language.tree import each, variables
from derivcli.model.choices import CODE
from derivcli.model.option import check_clash
from derivcli.model.options import find, given

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.cases import Case
    from derivcli.exports.language import Language
    from derivcli.language.tree import Node
    from derivcli.model import Request

MOST_ORDER = 2  # what optimizers take: a gradient and a Hessian
_LARGEST = 20_000  # parts of an expression
_MOST_SECOND = 400  # second derivatives: twenty variables, and a file that is still read


@parts.told()
def code(
    expression: str, language: str, at: Mapping[str, Any] | None = None, *, stable: bool = False, **wanted: Any
) -> str:
    """Return f and its gradient as a file in a language, such as "rust"; the keys of `CODE` are all there are.

    With `order=2` or `hessian` the second derivatives too. `wanted` may hold `wrt` and `timeout` besides, as for
    `differentiate`. `at` is a point that the file is tested at first, among others that are chosen. With `stable` f is
    written in a form that does not cancel, where one is known.

    Raises `UsageError` for a language that there is not, for a function that it lacks, and for several expressions;
    `LimitError` for what is too large; else as `differentiate` does.
    """
    from derivcli.api import check_names, request_of

    check_names("code", cast("Any", wanted))
    if not isinstance(expression, str):
        raise UsageError("code is written of one expression", hint="ask for one expression at a time")
    return written(request_of(expression, {**wanted, "at": at}), language, stable=stable)[0]


def written(request: Request, name: str, *, stable: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return the file for what is asked, and how the text was read, where that has to be said; raises as `code`."""
    if name.lower() not in CODE:
        raise UsageError(f"no such language: {name}", hint=f"the languages are {', '.join(CODE)}")
    check_clash(find("code"), given(request))
    language, case = languages.find(name.lower()), _read(request)
    _check(case)
    wish = Wish(case.asked.tree, case.asked.variables, case.asked.wrt, has_hessian=_has_hessian(case.request))
    try:
        draft = drafted(wish, language)
    except (LackingError, NoSlopeError) as error:
        raise _located(error, wish, language).within(request.expression) from None
    form = None
    if stable and (tree := stable_form(wish.tree, wish.variables, case.deadline)) != wish.tree:
        with suppress(LackingError, NoSlopeError):
            draft, form = drafted(replace(wish, tree=tree), language), to_text(tree)
    results = witnessed(case)
    wanted = [*((name,) for name in wish.wrt), *(product(wish.wrt, repeat=2) if wish.has_hessian else ())]
    found = samples(results, wanted)
    names = dict(zip(wish.variables, draft.parameters, strict=True))
    said = tuple(comment(results[0], wish, language, names, len(found), form, case.asked.texts or {}))
    equations = render(replace(results[0], at=None), Format.LATEX)
    sheet = replace(draft, comment=said, samples=found, equations=equations)
    return language.write(sheet), results[0].readings


def _read(request: Request) -> Case:
    """Read a request; what `d^2/dx^2` asks for alone comes with the lower orders here."""
    case = read(request, due(request))
    notation = case.asked.notation
    is_single = notation is not None and notation.order > 1 and len(set(notation.names)) <= 1
    return read(replace(request, order=notation.order), due(request)) if notation and is_single else case


def _has_hessian(request: Request) -> bool:
    return request.hessian or request.order > 1


def _check(case: Case) -> None:
    """Raise a `DerivError` for what no file can be made of."""
    if not case.asked.wrt:
        raise UsageError("there is no variable, so there is no gradient", hint="name one in the expression: x^2")
    if case.request.order > MOST_ORDER:
        raise UsageError(f"code has derivatives up to order {MOST_ORDER}, not {case.request.order}", hint="--order 2")
    if case.request.partial:
        raise UsageError("code has all derivatives of an order, not one mixed one", hint="--order 2")
    if case.asked.tree.size > _LARGEST:
        raise LimitError(f"code is written for up to {_LARGEST:,} parts, not {case.asked.tree.size:,}")
    if len(case.asked.wrt) ** 2 > _MOST_SECOND and _has_hessian(case.request):
        raise LimitError(f"the Hessian of {len(case.asked.wrt)} variables is too large", hint="choose some: --wrt x,y")


def _located(error: LackingError | NoSlopeError, wish: Wish, language: Language) -> UsageError:
    """Return the error with its place: of the innermost function that cannot be said, or whose derivative cannot."""
    faults = ((node, _fault(node, wish, language)) for node in each(wish.tree))
    node, error = next(((node, fault) for node, fault in faults if fault), (wish.tree, error))
    if isinstance(error, NoSlopeError):
        return UsageError(str(error), node.span, hint="differentiate by other variables: --wrt")
    what = f"{language.name} has no {error.function}"
    if node.op != error.function:
        what += f", which {node.op} or its derivative needs"
    return UsageError(what, node.span, hint=_who_has(error.function))


def _fault(node: Node, wish: Wish, language: Language) -> LackingError | NoSlopeError | None:
    """Return what is wrong with a function: that it is lacking itself rather than that its derivative is."""
    if node.op not in catalogue.FUNCTIONS:
        return None
    names = variables(node)
    try:
        helpers({node.op}, language)
        drafted(replace(wish, tree=node, variables=names, wrt=tuple(n for n in wish.wrt if n in names)), language)
    except (LackingError, NoSlopeError) as error:
        return error
    return None


def _who_has(function: str) -> str:
    found = [name for name in CODE if name != "latex" and not _lacks(function, languages.find(name))]
    return f"{', '.join(found)} {'has' if len(found) == 1 else 'have'} it" if found else "only latex can say it"


def _lacks(function: str, language: Language) -> bool:
    """Tell whether a language cannot say a function."""
    try:
        helpers({function}, language)
    except LackingError:
        return True
    return False
