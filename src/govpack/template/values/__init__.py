"""Values that templates are given, what they read as in a locale, filters and functions, and the bounds on all that."""
