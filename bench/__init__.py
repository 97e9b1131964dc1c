"""Side-by-side measurements against other generators, in one run, as ratios."""
