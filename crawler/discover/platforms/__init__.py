"""Newsroom platforms that answer in shapes of their own, one file each."""
