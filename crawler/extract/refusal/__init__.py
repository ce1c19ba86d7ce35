"""Say why a page is no announcement: a list, a home page, a wall, a shell, an error."""
