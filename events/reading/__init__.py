"""Report text in; located, dated, attributed events out, each value pointing at the words it came from."""
