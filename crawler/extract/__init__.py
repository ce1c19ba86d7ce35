"""Read one announcement: Page → Release."""
