"""`python -m avnkg`."""

from avnkg.cli import main

main()
