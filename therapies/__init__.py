"""Cell therapies for solid tumors, the terms they use, and their regulatory cases."""
