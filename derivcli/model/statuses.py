"""The words of the verdicts and of the proofs."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How far a number can be trusted; the manual's page `verdicts` explains the words."""

    AGREE = "agree"
    UNVERIFIED = "unverified"
    DIFFER = "differ"
    NOT_DIFFERENTIABLE = "not_differentiable"
    UNDEFINED = "undefined"

    @property
    def severity(self) -> int:
        """0 for `agree` up to 4 for `undefined`."""
        return list(Status).index(self)


class Kind(StrEnum):
    """Why there is no derivative, or no value."""

    CORNER = "corner"
    CUSP = "cusp"
    VERTICAL_TANGENT = "vertical_tangent"
    JUMP = "jump"
    ONE_SIDED = "one_sided"
    OSCILLATING = "oscillating"
    POLE = "pole"
    REMOVABLE = "removable"
    OUTSIDE_DOMAIN = "outside_domain"
    ISOLATED = "isolated"
    SINGULAR = "singular"
    OFF_CURVE = "off_curve"
    ORDER_MATTERS = "order_matters"


class CauseKind(StrEnum):
    """What makes a number of autograd's wrong: in the value of a part, or in its slope where the values are right."""

    OVERFLOW = "overflow"
    UNDERFLOW = "underflow"
    CANCELLATION = "cancellation"
    ROUNDING = "rounding"
    ABSORPTION = "absorption"
    DOMAIN = "domain"
    NO_NUMBER = "no_number"
    BRANCH = "branch"
    INEXACT = "inexact"
    ONE_BRANCH = "one_branch"
    SUBGRADIENT = "subgradient"
    ZERO_TIMES_INFINITY = "zero_times_infinity"
    ZERO_BY_ZERO = "zero_by_zero"
    DIVISION_BY_ZERO = "division_by_zero"
    BACKWARD_RANGE = "backward_range"
    BACKWARD_CANCELLATION = "backward_cancellation"


class Proof(StrEnum):
    """How a number is proved, or that there is none."""

    EXACT = "exact"
    BALL = "ball"
    DISC = "disc"
    SIDE = "side"


class PointKind(StrEnum):
    """What a point is where all first derivatives vanish."""

    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    SADDLE = "saddle"
    INFLECTION = "inflection"
    UNDECIDED = "undecided"


class Beside(StrEnum):
    """What is known of f beside a point where it has no value.

    No real number; limits along some paths; one limit in all directions together; limits that differ; or limits that
    are not known.
    """

    NOTHING = "nothing"
    PATHS = "paths"
    TOGETHER = "together"
    DIFFER = "differ"
    OPEN = "open"


def worst(statuses: list[Status]) -> Status:
    """Return the most severe status; `agree` for none."""
    return max(statuses, key=lambda status: status.severity, default=Status.AGREE)
