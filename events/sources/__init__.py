"""Foreign event files: recognised, read, checked row by row, and laid out in one table for a store."""
