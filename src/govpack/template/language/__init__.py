"""The language of templates: tags and their trees, and the code that Jinja writes for them."""
