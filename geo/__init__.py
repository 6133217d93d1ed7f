"""Where: places, their names, the gazetteer, boundaries and the base map. Knows nothing of events."""
