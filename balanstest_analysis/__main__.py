"""`python -m balanstest_analysis` is the command `balanstest`."""

from balanstest_analysis.cli.commands import main

if __name__ == "__main__":
    main()
