"""The course: prose, labs, checks and data sets. Knows the engine, knows no screen."""
