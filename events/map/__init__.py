"""What the map draws: symbols, heat and hexagons."""
