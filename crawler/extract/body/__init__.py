"""Tell the announcement's text from the page around it: what each block shows, and what that is worth."""
