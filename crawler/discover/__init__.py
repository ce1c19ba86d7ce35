"""Find the announcements that a newsroom points to: Page → Links."""
