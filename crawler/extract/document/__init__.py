"""Parse a page: markup cut down, lxml's tree thinned, blocks of text with the elements they stand in."""
