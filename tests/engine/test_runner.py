"""What `--engine` says."""

from __future__ import annotations

import pytest

from derivcli.engine.runner import Address, read_address
from derivcli.errors import UsageError
from derivcli.language.diagnostics import draw
from tests.every import for_all

KNOWN = "hint: the engines are dask://HOST:PORT, dask://local, dask://local:4 and serial"


@for_all(
    ("text", "address", "shown"),
    [
        ("serial", Address(), "this machine"),
        ("dask://local", Address(is_dask=True), "this machine"),
        ("dask://local:4", Address(workers=4, is_dask=True), "this machine"),
        ("dask://head.cluster:8786", Address("head.cluster", 8786, is_dask=True), "head.cluster:8786"),
        ("dask://10.0.0.1:65535/", Address("10.0.0.1", 65535, is_dask=True), "10.0.0.1:65535"),
        ("dask://[::1]:8786", Address("[::1]", 8786, is_dask=True), "[::1]:8786"),
    ],
)
def test_an_engine_is_read(text: str, address: Address, shown: str) -> None:
    assert read_address(text) == address
    assert address.shown == shown


@for_all(
    ("text", "said"),
    [
        ("ray://local", f"no such engine: `ray://local`\n{KNOWN}"),
        ("dask", f"no such engine: `dask`\n{KNOWN}"),
        ("", f"no such engine: ``\n{KNOWN}"),
        ("dask://host", f"no such engine: `dask://host`\n{KNOWN}"),
        ("dask://host:0", f"no such engine: `dask://host:0`\n{KNOWN}"),
        ("dask://host:65536", f"no such engine: `dask://host:65536`\n{KNOWN}"),
        ("dask://local:two", f"no such engine: `dask://local:two`\n{KNOWN}"),
        ("DASK://local", f"no such engine: `DASK://local`\n{KNOWN}"),
        ("dask://local:0", "--engine dask://local:0 has no worker\nhint: give it one or more: dask://local:2"),
        ("dask://local:-2", "--engine dask://local:-2 has no worker\nhint: give it one or more: dask://local:2"),
    ],
)
def test_what_is_no_engine_is_refused_with_those_there_are(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_address(text)
    assert draw(caught.value) == f"error: {said}"
