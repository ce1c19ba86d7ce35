"""Visit one source: which of its pages are due, what they show, what is kept."""
