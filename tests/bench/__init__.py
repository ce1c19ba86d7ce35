"""Benchmarks: one command each, a table and JSON, a peer in the same run."""
