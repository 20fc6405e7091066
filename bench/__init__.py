"""Benchmarks and long runs; no part of the tests."""
