"""One rendering of a compiled template: what each value becomes at its place, and what is settled at the end."""
