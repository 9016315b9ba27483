"""Your own data on the command line: train, predict, show."""
