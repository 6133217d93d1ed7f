"""The query layer: what the pages ask of the events."""
