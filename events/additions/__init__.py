"""Events on their way into a store: files imported, reports read."""
