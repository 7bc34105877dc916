"""Who reads it: partner sites and their keys."""
