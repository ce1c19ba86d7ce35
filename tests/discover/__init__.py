"""Tests of the rooms that find announcements."""
