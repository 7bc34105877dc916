"""Who wrote what, and who let it pass."""
