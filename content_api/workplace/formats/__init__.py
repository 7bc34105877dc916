"""How days and times are written for people, by language."""
