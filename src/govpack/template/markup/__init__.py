"""The markup of Office files: paragraphs and runs, styles, references, places, and what is cleaned away."""
