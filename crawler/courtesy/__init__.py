"""Be a polite guest of every host: its robots.txt, its rest after trouble, one request at a time."""
