"""Parts of a package on their way to Jinja source, with fragments, controls, charts, slides and embedded files."""
