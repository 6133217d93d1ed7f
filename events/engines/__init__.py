"""The engines that a store can live in, and its tables there."""
