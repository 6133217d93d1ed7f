"""What the project measures of itself, each run by a target of the Makefile."""
