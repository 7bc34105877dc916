"""How it is read: over HTTP, from editions and nothing else."""
