"""Functions at infinity: each limit of the catalogue is held against mpmath's function far out."""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, Any

from mpmath import inf, mp, mpf

from derivcli.language.catalogue.infinity import limits
from derivcli.witnesses.evidence import Outcome
from tests.every import for_all, is_nightly
from tests.references import REFERENCES
from tests.witnesses.proof.germs.asking import sides

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Values of the arguments that stay finite: at each border of a condition in the table, and on both sides of it.
_TRIED = {
    **dict.fromkeys("abcxy", ("-1", "-0.6", "0", "0.5", "1", "2")),
    **dict.fromkeys("nks", ("-1", "-0.5", "0", "0.5", "1", "2", "3")),
    "m": ("-2", "0.3", "1"),
    "phi": ("-0.5", "0", "1.2", "2"),
}
_NEAR, _FAR = ((100, 113, 137), (10_000, 11_300, 13_700))  # several of each: some functions turn while they fall
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    **REFERENCES,
    "pow": lambda x, y: x**y,
    "betainc": lambda a, b, x: mp.betainc(a, b, 0, x, regularized=True),  # whose series holds for large parameters too
}
_ROUNDING = 1e-10
_INFINITE = {1: "inf", -1: "-inf"}


def _known(name: str, signs: tuple[int, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield values of the other arguments of a row of the table at which a limit is known, with that.

    The largest ones come first: at small ones many limits are a plain 0 or 1.
    """
    for values in product(*(_TRIED[parameter][::-1] for parameter in limits()[name, signs].parameters)):
        limit = _limit(_text(name, signs, values))
        if limit is not None:
            yield values, limit


def _placed(signs: tuple[int, ...], values: tuple[Any, ...], far: Callable[[int], Any]) -> list[Any]:
    """Return all arguments of a call, the infinite ones from their signs."""
    finite = iter(values)
    return [far(sign) if sign else next(finite) for sign in signs]


def _far(name: str, signs: tuple[int, ...], values: tuple[str, ...], sizes: tuple[int, ...]) -> list[Any]:
    """Return mpmath's values of a call far out; nan where it is not real."""
    found = []
    for size in sizes:
        args = _placed(signs, tuple(map(mpf, values)), lambda sign, size=size: mpf(sign * size))  # type: ignore[misc]
        found.append(mp.mpmathify(_FUNCTIONS[name](*args)))
    return [x.real if abs(x.imag) <= abs(x) * _ROUNDING else mp.nan for x in found]


def _tends(name: str, signs: tuple[int, ...], values: tuple[str, ...], limit: Any) -> bool:
    """Tell whether mpmath's values come near to a number, or grow beyond those before them."""
    near, far = (_far(name, signs, values, sizes) for sizes in (_NEAR, _FAR))
    if mp.isinf(limit):
        return all(a * limit > 0 and b * limit > 0 and abs(b) > 1.2 * abs(a) for a, b in zip(near, far, strict=True))
    first, last = (max(abs(x - limit) for x in some) for some in (near, far))
    return bool(last < _ROUNDING or (last < 0.75 * first and last < 0.2))  # polylog(-1/2, x) falls like 1/sqrt(log(x))


def _text(name: str, signs: tuple[int, ...], values: tuple[str, ...]) -> str:
    args = _placed(signs, values, _INFINITE.__getitem__)
    return "({})^({})".format(*args) if name == "pow" else f"{name}({', '.join(args)})"


def _limit(text: str) -> Any:
    """Return what is proved of a call: a number, an infinity by its comparison with 0, or None."""
    value = sides(text).value
    if value is None:
        return None
    if value.outcome is Outcome.NUMBER:
        return mpf(value.text)
    return next((limit for limit in (inf, -inf) if _is_beyond(text, limit)), None)


def _is_beyond(text: str, limit: Any) -> bool:
    end = "> 1e300" if limit > 0 else "< -1e300"
    found = sides(f"where({text} {end}, 1, 0)").value
    return found is not None and found.text == "1"


@for_all(("name", "signs"), limits())
def test_the_limit_of_a_function_at_infinity_is_where_its_values_tend(name: str, signs: tuple[int, ...]) -> None:
    known = list(islice(_known(name, signs), None if is_nightly() else 1))  # by day one call of each row
    assert known
    for values, limit in known:
        assert _tends(name, signs, values, limit), (values, limit)
