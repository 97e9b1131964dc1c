"""Side-by-side measurements against other tools, in one run, as ratios."""
