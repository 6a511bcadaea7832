"""Relations of any table of claims, from file to file, column by column."""
