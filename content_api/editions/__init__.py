"""What is out, and all that delivery needs to know: frozen for ever, and a leaf that knows nobody."""
