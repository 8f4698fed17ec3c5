"""Tests of the notations of other programs."""
