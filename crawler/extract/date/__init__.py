"""Find the day of publication: what a page tells machines, what it prints, and how much each is worth."""
