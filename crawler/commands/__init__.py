"""The commands of press-crawl, one file each; the edge of the crawler: they read the clock and print."""
