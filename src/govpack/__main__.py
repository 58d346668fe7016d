"""``python -m govpack``."""

from govpack.cli import main

if __name__ == "__main__":
    main()
