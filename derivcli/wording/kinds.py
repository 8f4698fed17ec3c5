"""The words of each kind of kink and gap, which every format and every verdict shares."""

from __future__ import annotations

from typing import NamedTuple

from derivcli.model import Kind
from derivcli.model.statuses import Beside


class KindWords(NamedTuple):
    """A kind beside a status, and in a sentence of its own; what a note says of a `kink`, and of a `gap` of f."""

    short: str
    sentence: str
    kink: str = ""
    gap: str = ""


KINDS = {
    Kind.CORNER: KindWords("corner", "a corner", "a corner: the slopes from the left and from the right are different"),
    Kind.CUSP: KindWords(
        "cusp", "a cusp", "a cusp: the slope grows without bound, with opposite signs on the two sides"
    ),
    Kind.VERTICAL_TANGENT: KindWords(
        "vertical tangent", "a vertical tangent", "a vertical tangent: the slope grows without bound"
    ),
    Kind.JUMP: KindWords(
        "jump",
        "a jump",
        "a jump: f is not continuous here",
        "a jump: f is not defined here, and its limits from the two sides are different",
    ),
    Kind.ONE_SIDED: KindWords("one side only", "it has values on one side only", "f has real values on one side only"),
    Kind.OSCILLATING: KindWords(
        "oscillating",
        "endless oscillation",
        "the slopes oscillate and do not settle",
        "f is not defined here, and has no limit: it oscillates",
    ),
    Kind.POLE: KindWords("pole", "a pole", gap="a pole: f grows without bound here"),
    Kind.REMOVABLE: KindWords("removable gap", "a removable gap", gap="f is not defined here, but it has a limit"),
    Kind.OUTSIDE_DOMAIN: KindWords("outside the domain", "outside the domain", gap="outside the real domain of f"),
    Kind.ISOLATED: KindWords(
        "isolated point", "an isolated point", "an isolated point: f has no real values next to it"
    ),
    Kind.SINGULAR: KindWords(
        "singular point",
        "a singular point",
        "a singular point: two branches of the curve cross here, or this point is all there is of it",
    ),
    Kind.OFF_CURVE: KindWords("off the curve", "the point is not on the curve", "the point is not on the curve"),
    Kind.ORDER_MATTERS: KindWords(
        "the order matters", "the order of differentiation matters", "the order of differentiation matters here"
    ),
}
# What is known beside a point, where it says more than the kind does.
BESIDE = {
    Beside.TOGETHER: KindWords(
        "removable gap", "a removable gap", gap="f is not defined here, but it has a limit, in all directions together"
    ),
    Beside.DIFFER: KindWords(
        "no limit", "it has no single limit", gap="f is not defined here, and has no single limit"
    ),
    Beside.OPEN: KindWords(
        "limits not known", "its limits are not known", gap="f is not defined here, and its limits are not known"
    ),
}


def words_of(kind: Kind, beside: Beside | None = None) -> KindWords:
    """Return the words of a kind, or of what is known beside the point where that says more."""
    return BESIDE[beside] if beside in BESIDE else KINDS[kind]
