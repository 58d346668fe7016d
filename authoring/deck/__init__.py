"""PowerPoint templates: a master of our own, and the decks drawn on it."""
