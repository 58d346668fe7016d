"""Verdicts put before people and machines: `terminal` with rich, `json` for programs."""
