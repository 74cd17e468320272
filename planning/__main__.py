"""python -m planning: the same commands as `planning`."""

from planning.cli import main

if __name__ == "__main__":
    main()
