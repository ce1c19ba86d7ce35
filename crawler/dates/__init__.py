"""Read dates as the web writes them: the words for months, the forms of a day, what a text says."""
