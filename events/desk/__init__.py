"""The desk: reports read, the events proposed from them, and what a person makes of these. No page in it."""
