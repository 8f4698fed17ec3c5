"""Equations between trees, in which derivatives of parts stand, held against the worker's numbers at points."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from derivcli.cases import candidates
from derivcli.explanations.algebra import derivatives_in
from derivcli.language.lowering import compile_tree, outline
from derivcli.language.numbers import exact
from derivcli.language.program import Builder, Program
from derivcli.language.question import read_point
from derivcli.language.tree import ALONG, DERIVATIVE, NUMBER, VARIABLE, Node, along, fold
from derivcli.witnesses import client

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.witnesses.asking.equations import Equation

Place = dict[str, Program]

STEPS_DIGITS = 18  # more than any number that people type has
_SIZES = (0.37, 1.71, 0.11, 2.3, 0.83, 3.3, 7.9, 31.3, 0.013, 127.7)  # as where derivatives are tidied
_TURNS = 20  # each size with both signs
_ASIDE = Fraction(1009, 1013)  # of a coordinate: primes, so that no point lies at a kink that somebody has typed
_NEAR_ONE = tuple(sign + Fraction(k, 10**7) for k in (1, -1, 3) for sign in (1, -1))  # where `x^1000000` is no giant


class Claim(NamedTuple):
    """Equations, and what their derivatives are taken along: a variable, on a curve with the pace of another one.

    Only points count where what is in `needs` has values. `prove` is what may be 0 by algebra.
    It is `strict` that a right side has a value wherever the left one has.
    With a `curve`, where a tree is 0, the points are moved onto it along a variable.
    """

    pairs: Sequence[tuple[Node, Node]]
    along: str
    pace: Mapping[str, Node] | None = None
    needs: Sequence[Node] = ()
    prove: Node | None = None
    strict: bool = True
    curve: tuple[Node, str] | None = None


class Findings(NamedTuple):
    """What has been seen of each equation, nothing if it has not come in time; and whether algebra has proved one."""

    seen: tuple[Equation, ...]
    proved: bool = False


class Spots(NamedTuple):
    """The point of the question, if it has one, many others, and one at least in every region with another formula."""

    asked: Sequence[Place]
    others: Sequence[Place]
    regions: Sequence[Place] = ()

    @property
    def in_order(self) -> list[Place]:
        """All points, as they are looked at."""
        return [*self.asked, *self.regions, *self.others]


def hold(asked: Claim, places: Spots, deadline: float, *, enough: int, digits: int | Sequence[int]) -> Findings:
    """Return what the worker sees of each equation at enough points, those in regions among them.

    Nothing is returned where it does not answer in time.
    """
    from derivcli.witnesses.asking.equations import Equations, EquationsRequest, Proved

    derivatives = [d for pair in asked.pairs for side in pair for d in derivatives_in(side)]
    names = {d: f"@{k}" for k, d in enumerate(dict.fromkeys(derivatives))}
    direction = None if asked.pace is None else {asked.along: Node(NUMBER, text="1"), **asked.pace}
    moved = [d.args[0] if direction is None else along(d.args[0], direction, with_unit=False) for d in names]
    parts, of = outline(*moved)
    sides = [tuple(_named(side, names) for side in pair) for pair in asked.pairs]
    whole, indices = outline(*(side for pair in sides for side in pair), *asked.needs)
    zero = {} if direction is None else {ALONG: Builder.of_number(Fraction(0))}
    request = EquationsRequest(
        parts=parts,
        of=tuple(of[part] for part in moved),
        sides=whole,
        pairs=tuple(tuple(indices[side] for side in pair) for pair in sides),
        needs=tuple(indices[need] for need in asked.needs),
        along=asked.along if direction is None else ALONG,
        points=tuple({**at, **zero} for at in places.in_order),
        asked=len(places.asked),
        enough=max(enough, len(places.regions)),
        strict=asked.strict,
        digits=(digits,) * len(sides) if isinstance(digits, int) else tuple(digits),
        prove=None if asked.prove is None else compile_tree(asked.prove),
        curve=None if asked.curve is None else compile_tree(asked.curve[0]),
        variable="" if asked.curve is None else asked.curve[1],
    )
    with client.ask(request, deadline) as conversation:  # to its end: one that is left early costs a new worker
        replies = list(conversation.replies())
    seen = [equation for reply in replies if isinstance(reply, Equations) for equation in reply.seen]
    return Findings(tuple(seen), any(isinstance(reply, Proved) and reply.is_zero for reply in replies))


def _named(side: Node, names: Mapping[Node, str]) -> Node:
    """Return a side with a variable in the place of each derivative."""

    def name(node: Node, args: list[Node]) -> Node:
        if node.op == DERIVATIVE:
            return Node(VARIABLE, text=names[node])
        return Node(node.op, tuple(args), node.text)

    return fold(side, name)


def places(names: Sequence[str], at: Mapping[str, str] | None) -> Spots:
    """Return points where equations are held: some of all sizes and both signs, none at a number that is typed."""
    asked = [] if at is None else [{name: compile_tree(place) for name, place in read_point(at).items()}]
    chosen = [{name: exact(text) * _ASIDE for name, text in spot.items()} for spot in candidates(names)]
    sizes = ({name: _size(turn, place) * _ASIDE for place, name in enumerate(names)} for turn in range(_TURNS))
    return Spots(asked, [*map(spot, chosen), *map(spot, sizes), *(spot(dict.fromkeys(names, n)) for n in _NEAR_ONE)])


def spot(coordinates: Mapping[str, Fraction]) -> Place:
    """Return a point of rational coordinates."""
    return {name: Builder.of_number(value) for name, value in coordinates.items()}


def _size(turn: int, place: int) -> Fraction:
    size = Fraction(str(_SIZES[(turn // 2 + 2 * turn * place + 3 * place) % len(_SIZES)]))
    return -size if turn >> place & 1 else size
