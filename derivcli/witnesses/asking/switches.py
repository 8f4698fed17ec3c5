"""Where a program switches while a variable runs: what is asked. The reply is evidence."""

from __future__ import annotations

from dataclasses import dataclass

from derivcli.language.program import Program
from derivcli.model.codec import Coded
from derivcli.witnesses.protocol import ExactPoint


@dataclass(frozen=True, slots=True)
class SwitchesRequest(Coded):
    """It is wanted where a program switches while the variable `name` runs and the others are held.

    The `borders` rise; each stretch between two of them is a range of its own, in which places may be crowded. With an
    `order` it is also wanted what f and its derivatives up to this order do at each place, or at the `most` places that
    are next to the middle. With `peaks` it is wanted, too, where f has peaks too narrow for the samples of a picture.
    """

    program: Program
    name: str
    held: ExactPoint
    borders: tuple[float, ...]
    order: int | None = None
    most: int | None = None
    peaks: bool = False
