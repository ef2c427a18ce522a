"""`python -m briefpack`, the same as the command `briefpack`."""

from briefpack.cli import main

if __name__ == "__main__":
    main()
