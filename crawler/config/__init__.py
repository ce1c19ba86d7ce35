"""Read and write what people configure: ``sources.toml`` and its entries, OPML."""
