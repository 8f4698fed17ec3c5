"""Tests of questions by the file."""
