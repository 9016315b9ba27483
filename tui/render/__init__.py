"""Pure functions from numbers to cells of a terminal: glyphs, number columns, thinning, ANSI."""
