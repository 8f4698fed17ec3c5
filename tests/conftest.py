"""Settings of all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# Where a build must not fail by chance the examples are the same every time; at a desk they are new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.register_profile("fuzz", deadline=None, max_examples=2_600)  # `make fuzz`
settings.load_profile("ci" if os.environ.get("CI") else "desk")
