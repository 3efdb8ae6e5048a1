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
add("exponent-turned-over", T("Exponent turned over"), T("Writes the root on top and the power below."))
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
add("inside-outside-swapped", T("Inside and outside swapped"), T("Swaps the number before and under the root."))
add("root-of-sum", T("Root of a sum"), T("Takes the root of a sum as the sum of roots, or the reverse."))
add("like-roots-combined", T("Numbers under roots added"), T("Adds or subtracts under the root sign as well."))

# Polynomials and quadratic equations
add("middle-terms-forgotten", T("Middle terms forgotten"), T("Multiplies only first with first, last with last."))
add("constants-added", T("Last numbers added"), T("Adds the last numbers instead of multiplying them."))
add("sign-lost-factoring", T("Signs in the factors"), T("Writes the factors with the wrong signs."))
add("sum-condition-ignored", T("Only the product fits"), T("Finds two numbers with the product but not the sum."))
add(
    "constants-swapped-in-factors",
    T("Numbers in the wrong factor"),
    T("Puts the right numbers into the wrong factors."),
)
add("leading-number-dropped", T("Leading number dropped"), T("Leaves out the number in front of the square."))
add("difference-as-square", T("Difference of squares as a square"), T("Takes a difference of squares for a square."))
add("square-as-difference", T("Square as a difference of squares"), T("Takes a perfect square for two factors."))
add("square-root-not-taken", T("Root of the square not taken"), T("Uses the square where its root belongs."))
add("common-factor-dropped", T("Common factor dropped"), T("Takes a factor out and forgets to write it."))
add("second-solution-forgotten", T("Second solution forgotten"), T("Gives only one of two solutions."))
add("zero-product-misused", T("Factors set to another number"), T("Uses the zero rule while the product is not 0."))
add("sign-lost-in-formula", T("Signs in the formula"), T("Uses b instead of its opposite in the formula."))
add("formula-divisor-wrong", T("Wrong divisor in the formula"), T("Divides by 2 instead of twice the first number."))

# Sequences and models
add("notation-as-product", T("f(x) as a product"), T("Reads f(3) as f times 3."))
add("sequence-one-step-more", T("One step too many"), T("Counts one step more than there are."))
add("sequence-one-step-less", T("One step too few"), T("Counts one step less than there are."))
add("first-term-ignored", T("First term ignored"), T("Uses only the step and not where it starts."))
add("constant-added-once", T("Constant not carried along"), T("Does not multiply the number added before."))
add("recursive-for-explicit", T("Rule for the next term"), T("Writes the step from n instead of the term."))
add("geometric-as-arithmetic", T("Multiplying taken as adding"), T("Adds the ratio instead of multiplying by it."))
add("exponential-as-linear", T("Exponential as linear"), T("Adds the same amount where values are multiplied."))
add("growth-factor-percent-only", T("Percent as the growth factor"), T("Takes the percent itself for the factor."))
add("mean-of-values", T("Mean of the values"), T("Takes the mean of two values for the rate of change."))
add("only-first-interval", T("Only the first step"), T("Uses the first two values instead of both ends."))

# Data
add("median-as-range", T("Range instead"), T("Gives the distance between the largest and smallest value."))
add("mean-median-mixed", T("Mean and median mixed up"), T("Finds the mean for the median or the reverse."))
add("count-off-by-one", T("Divides by one value too few"), T("Counts one value less than there are."))
add("median-without-order", T("Data not put in order"), T("Takes the middle of the list as it is written."))
add("signs-kept-in-deviation", T("Signs kept in deviations"), T("Adds deviations with their signs, which gives 0."))
add("slanted-side-as-height", T("Slanted side as the height"), T("Multiplies the base by a slanted side."))
add("triangle-half-misused", T("Halved without need"), T("Halves an area that is not a triangle."))
