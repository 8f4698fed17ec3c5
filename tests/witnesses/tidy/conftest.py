"""Time enough for every form: on a machine that is busy the budget may be over before the best is found."""

from __future__ import annotations

import pytest

from derivcli.witnesses.tidy import forms


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "order" not in request.fixturenames:  # the tests of time
        monkeypatch.setattr(forms, "BUDGET", 5.0)
