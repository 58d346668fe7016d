"""Which part of a document each block of a template repeats or drops, and what stays whole around it."""
