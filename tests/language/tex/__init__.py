"""Tests of LaTeX."""
