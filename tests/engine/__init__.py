"""Tests of files in parts."""
