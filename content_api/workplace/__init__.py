"""Where people work: the admin's site, its dashboard, and the headers of its pages."""
