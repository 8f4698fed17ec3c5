"""Ends the worker after each module of these tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from derivcli.witnesses import client

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def _stopped() -> Iterator[None]:
    yield
    client.stop()
