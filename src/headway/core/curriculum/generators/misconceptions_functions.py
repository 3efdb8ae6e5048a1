"""Misconceptions of grade 7 to Algebra I: powers, functions, quadratics, geometry.

The patterns of functions follow Leinhardt, Zaslavsky & Stein (1990), "Functions, graphs, and graphing".
"""

from headway.core.curriculum.generators.misconceptions import misconception as add
from headway.core.text import T

# Exponents and roots
add("exponents-multiplied", T("Exponents multiplied"), T("Multiplies the exponents in a product of powers."))
add("coefficients-added", T("Coefficients added"), T("Adds the numbers in front instead of multiplying them."))
add("power-of-power-added", T("Power of a power added"), T("Adds the exponents in a power of a power."))
add("exponents-added-in-quotient", T("Exponents added in a quotient"), T("Adds where exponents are subtracted."))
add("exponents-divided", T("Exponents divided"), T("Divides the exponents in a quotient of powers."))
add("negative-exponent-negative-value", T("Negative exponent, negative value"), T("Gives the value a minus sign."))
add("negative-exponent-ignored", T("Negative exponent ignored"), T("Reads a negative exponent as a positive one."))
add("root-as-division", T("Root as division"), T("Divides by 2 or 3 instead of taking the root."))
add("root-ignored", T("Root ignored"), T("Uses the number under the root sign as it is."))
add("negative-root-forgotten", T("Negative solution forgotten"), T("Gives only the positive solution of a square."))
add("exponent-sign-wrong", T("Wrong sign of the exponent"), T("Moves the decimal point the wrong way."))
add("power-of-ten-ignored", T("Power of 10 ignored"), T("Compares only the numbers in front."))

# Geometry
add("circle-formulas-mixed", T("Circle formulas mixed up"), T("Finds the area for the circumference or the reverse."))
add("radius-diameter-mixed", T("Radius and diameter mixed up"), T("Takes the diameter for the radius or the reverse."))
add("angles-taken-as-equal", T("Angles taken as equal"), T("Sets angles equal that add up to a known total."))
add("angles-add-to-180", T("Angles taken to add up to 180"), T("Adds angles that are equal."))
add("surface-volume-mixed", T("Surface and volume mixed up"), T("Finds the volume for the surface or the reverse."))
add("faces-counted-once", T("Each face counted once"), T("Counts only three of the six faces of a box."))
add("triangle-half-forgotten", T("Half forgotten"), T("Forgets to halve base times height of a triangle."))
add("leg-hypotenuse-mixed", T("Leg and hypotenuse mixed up"), T("Adds the squares where one is to be taken away."))
add("squares-not-used", T("Squares not used"), T("Adds or subtracts the sides without squaring them."))
add("root-not-taken", T("Root not taken"), T("Stops at the square of the length."))
add("coordinates-added", T("Coordinates added"), T("Adds the changes of both coordinates for a distance."))

# Slope and functions
add("slope-turned-over", T("Slope turned over"), T("Divides the change of x by the change of y."))
add("rise-only", T("Only the rise"), T("Takes the change of y for the slope."))
add("slope-adds-coordinates", T("Adds coordinates for the slope"), T("Adds where coordinates are subtracted."))
add("rate-by-total", T("Rate judged by the total"), T("Takes the larger total for the larger rate."))
add("rates-not-compared", T("Rates not compared"), T("Does not work out both rates."))
add("input-output-swapped", T("Input and output swapped"), T("Puts the output in where the input belongs."))
add("function-two-outputs", T("Two outputs for one input"), T("Accepts an input with two different outputs."))
add("start-not-at-zero", T("Start value not at zero"), T("Takes another value of the function for the start."))
add("slope-start-swapped", T("Slope and start value swapped"), T("Writes the start value as the slope."))

# Real numbers
add("repeating-as-ending", T("Repeating taken as ending"), T("Cuts a repeating decimal off and uses tenths."))
add("root-off-by-one", T("Neighbouring whole number"), T("Takes the whole number next to the right one."))
