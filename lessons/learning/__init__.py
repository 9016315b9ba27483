"""What the labs of chapters 3 and 4 train: a problem, a recipe, and the run that the two make."""
