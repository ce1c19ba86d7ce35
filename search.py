"""The edge of searching: press-search."""


def main() -> int:
    """Run the command."""
    raise SystemExit(2)
