"""Judge how each source is, from its own past."""
