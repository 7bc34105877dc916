"""A content app of the tests: one kind of its own, from row to JSON without touching the platform."""
