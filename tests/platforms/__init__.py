"""Newsrooms of a thousand releases in the shapes of the platforms, made anew for each request."""
