"""Who may read: sites and their keys."""
