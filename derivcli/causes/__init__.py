"""Where a wrong number starts, and what happens there. Pure arithmetic; the words are in `wording`."""

from derivcli.causes.sight import Origin, Sight, View
from derivcli.causes.walk import find

__all__ = ["Origin", "Sight", "View", "find"]
