"""govpack: partnership governance packs from structured data, checked against a quality checklist."""

__version__ = "0.1.0"
