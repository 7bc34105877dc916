"""What partner sites are promised, asked over HTTP."""
