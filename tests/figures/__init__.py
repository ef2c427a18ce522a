"""Tests of briefpack.figures."""
