"""Tell people and programs what is new, and what is wrong: decide, keep, deliver, in this order."""
