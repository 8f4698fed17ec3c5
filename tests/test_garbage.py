"""When garbage is collected, in a process of its own: it changes how the process works."""

from __future__ import annotations

import subprocess
import sys

_COLLECTED = """
import gc
gc.disable()
usual = gc.get_threshold()[0]
from derivcli.garbage import collect
there = len(gc.get_objects())
collect()
print(gc.isenabled(), gc.get_threshold()[0] > usual, gc.get_freeze_count() >= there)
"""


def test_garbage_is_looked_for_seldom_and_not_in_what_was_there() -> None:
    said = subprocess.run([sys.executable, "-c", _COLLECTED], capture_output=True, text=True, check=True).stdout
    assert said == "True True True\n"
