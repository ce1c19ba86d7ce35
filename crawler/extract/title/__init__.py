"""Find the headline: the places that give one out, the site's names taken off, and their votes."""
