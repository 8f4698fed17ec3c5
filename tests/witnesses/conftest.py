"""Imports torch by way of `autograd`, which keeps its word about NumPy to itself, before any test module does."""

from __future__ import annotations

import derivcli.witnesses.autograd  # noqa: F401
