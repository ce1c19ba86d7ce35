"""Decide when a source is visited, and which of its links: by rule, by hours, by its own rhythm."""
