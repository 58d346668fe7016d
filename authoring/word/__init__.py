"""Word templates: a base of our own, and the documents drawn on it."""
