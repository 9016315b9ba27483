"""Formulas with the values put in, as text: "2 × 4 + 3 × (-5) + 1".

They can be worked out as they stand, up to the six digits of their numbers: × ÷ √ ² |x| as on
paper, exp, log, max and the activation functions by name, gelu' for the slope of gelu. What follows
" because " is no part of the formula; it says why it is this one.
"""
