"""Write the table of everyday words, derivcli/language/everyday.py: `python -m tests.make_everyday WORDS`.

WORDS is a list of English words, one a line (made with american-english of SCOWL, Debian's package wamerican).
A word is taken if its letters could be read as a product: three letters, or functions with their arguments.
"""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path

from derivcli.language import everyday
from derivcli.language.cuts import readings
from derivcli.language.symbols import GREEK_NAMES

# What people who compute write in short, and lists of words leave out.
SHORT = """
    lr dt oo wd id fn op hz kg km cm mm ms ns kb mb gb abs acc amp amu arg atm auc avg cap cdf cfg cov cpi deg
    del den det dim dir dof dst ell eps err ext fit frq gdp idx ind inf inp int inv kwh lam len lhs lim loc mae
    mat max min mol mse mul neg nll num obj obs opt out pct pdf phi pos pow ppm pre pts qty rad ref reg res rhs
    rms roc roi rpm seq sig sim snr sqr src sse ssr sst std str sum thr tmp tol tot tst val var vec vel vib vol
    wgt wts logp logq
"""
_WORD = re.compile(r"[a-z]{3,}")

_HEAD = '''"""Everyday words that could be read as products: `cost` is no cos(t). Made by tests/make_everyday.py."""

from __future__ import annotations

_TEXT = """
'''
_TAIL = '''
"""
WORDS = frozenset(_TEXT.split())
'''


def taken(words: list[str]) -> list[str]:
    """Return the words that could be products, sorted."""
    plain = {word for word in words if _WORD.fullmatch(word)}
    found = {word for word in plain if len(word) == 3 or any(readings(word, called=True))}
    return sorted({*found, *SHORT.split()} - GREEK_NAMES)


def module(words: list[str]) -> str:
    """Return the text of the module."""
    lines = textwrap.wrap(" ".join(taken(words)), 116)
    return _HEAD + "\n".join(lines) + _TAIL


if __name__ == "__main__":
    words = Path(sys.argv[1]).read_text(encoding="utf-8").split()
    Path(everyday.__file__).write_text(module(words), encoding="utf-8")
