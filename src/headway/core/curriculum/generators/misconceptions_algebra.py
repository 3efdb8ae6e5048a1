"""Misconceptions of grade 6 to Algebra I: ratios, signed numbers, expressions, equations, functions.

Beside the sources of the registry, the patterns of algebra follow Booth (1984), *Algebra: Children's Strategies and
Errors*, and Payne & Squibb (1990), "Algebra mal-rules and cognitive accounts of error".
"""

from headway.core.curriculum.generators.misconceptions import misconception as add
from headway.core.text import T

# Powers and the order of operations
add("exponent-as-factor", T("Exponent as a factor"), T("Multiplies the base by the exponent."))
add("exponent-as-addend", T("Exponent added"), T("Adds the exponent to the base."))
add("one-factor-short", T("One factor too few"), T("Uses the base once less often than the exponent says."))
add("base-exponent-swapped", T("Base and exponent swapped"), T("Takes the exponent for the base and the reverse."))
add("power-after-product", T("Power taken too late"), T("Applies the exponent to the whole product in front of it."))
add("sum-before-product", T("Sum before product"), T("Adds or subtracts before multiplying."))
add("product-as-sum", T("Product as a sum"), T("Adds where a factor stands before a letter or parentheses."))
add("sum-as-product", T("Sum as a product"), T("Multiplies terms that are to be added."))

# Reading and writing expressions
add("substitution-as-digits", T("Digits written side by side"), T("Puts 4 into 3x and reads it as 34."))
add("operation-misread", T("Operation misread"), T("Takes another operation than the words say."))
add("subtraction-turned-around", T("Subtraction turned round"), T("Subtracts in the order in which it was said."))
add("division-turned-around", T("Division turned round"), T("Divides the second number by the first."))
add("parentheses-misplaced", T("Parentheses around the wrong part"), T("Groups terms that do not belong together."))
add("unlike-terms-combined", T("Unlike terms combined"), T("Adds terms with a letter and terms without it."))
add("repeated-addition-as-power", T("Repeated addition as a power"), T("Writes x + x + x as x to the third power."))
add(
    "distributes-to-first-only",
    T("Multiplies the first term only"),
    T("Multiplies only the first term in parentheses."),
)
add("distributes-to-last-only", T("Multiplies the last term only"), T("Multiplies only the last term in parentheses."))
add("factors-first-term-only", T("Factor taken out of one term"), T("Divides only one of the terms by the factor."))
add("factor-not-divided-out", T("Factor not divided out"), T("Writes the factor in front and leaves the terms."))

# Equations and inequalities
add("solution-not-checked", T("Solution not tested"), T("Chooses a number without putting it into the equation."))
add("inverse-not-used", T("Same operation instead of its inverse"), T("Repeats the operation instead of undoing it."))
add("inverse-subtracts-instead", T("Subtracts instead of dividing"), T("Undoes a product with a sum, or the reverse."))
add("boundary-misjudged", T("Boundary misjudged"), T("Counts the boundary in where it is out, or the reverse."))
add("inequality-turned-around", T("Inequality turned round"), T("Takes the numbers on the other side of the boundary."))
add("numerator-ignored", T("Numerator ignored"), T("Works with the denominator of a fraction only."))
add("denominator-ignored", T("Denominator ignored"), T("Works with the numerator of a fraction only."))

# Fractions, decimals, factors
add("wrong-factor-flipped", T("Wrong fraction turned over"), T("Turns over the fraction that is divided."))
add("denominators-kept", T("Denominators treated alone"), T("Handles numerators and keeps a denominator."))
add("quotient-digit-off", T("A digit of the quotient is off"), T("Estimates one digit of the quotient wrongly."))
add("decimals-not-aligned", T("Decimal places not lined up"), T("Adds tenths to hundredths as if they were equal."))
add("common-factor-not-greatest", T("Not the greatest"), T("Stops at a common factor that is not the greatest."))
add("common-multiple-not-least", T("Not the least"), T("Multiplies the numbers instead of finding the least."))

# Ratios, rates, percents
add("ratio-turned-around", T("Ratio turned round"), T("Takes the two numbers of a ratio in the wrong order."))
add("ratio-part-to-whole", T("Part to whole"), T("Compares with all of them instead of the other part."))
add("ratio-as-difference", T("Ratio as a difference"), T("Takes how many more for how many times."))
add("ratio-amount-only", T("Looks at one amount only"), T("Compares one part of each mix and ignores the other."))
add("ratio-additive", T("Adds the same to both"), T("Keeps the difference of a ratio instead of the factor."))
add("rate-turned-around", T("Rate turned round"), T("Gives the second amount per one of the first."))
add("unit-rate-skipped", T("Price of one not found"), T("Takes the price of several for the price of one."))
add("scale-from-wrong-start", T("Scaled from the wrong start"), T("Multiplies a ratio that was not simplified yet."))
add("percent-complement", T("The other percent"), T("Gives the part that is left, not the part asked for."))
add("percent-as-divisor", T("Divides by the percent"), T("Divides by the number of percent."))
add("percent-as-amount", T("Percent as an amount"), T("Adds or takes the number of percent as if it were a count."))
add("percent-added-back", T("Percent of the part"), T("Takes the percent of the part instead of the whole."))
add("pairs-mixed", T("Numbers of two pairs mixed"), T("Takes the two numbers from different pairs."))
add("percent-of-new-value", T("Percent of the new value"), T("Takes the percent of the changed amount."))
add("part-whole-swapped", T("Part and whole swapped"), T("Takes the part for the whole."))

# Signed numbers
add("zero-as-answer", T("Everything cancels"), T("Thinks that opposite signs always give 0."))
add("opposite-as-reciprocal", T("Opposite as reciprocal"), T("Gives one over the number instead of its opposite."))
add("bars-ignored", T("Bars ignored"), T("Works without taking the absolute value."))
add("signs-ignored", T("Signs ignored"), T("Works with the sizes of the numbers and drops the signs."))
add("sign-of-second-ignored", T("Sign of the second number ignored"), T("Treats a plus before a negative as a plus."))
add("sign-of-last-ignored", T("Last sign ignored"), T("Treats the last sign of a longer sum wrongly."))
add("sign-of-result-lost", T("Sign of the result lost"), T("Finds the right size with the wrong sign."))
add("sign-rule-of-products", T("Sign rule mixed up"), T("Gives a product or quotient the wrong sign."))
add("sign-in-power", T("Minus sign and exponent"), T("Includes a minus sign in a power, or leaves it out, wrongly."))
add("opposite-not-taken", T("Subtracts a negative as a positive"), T("Does not turn minus a negative into plus."))
add("negative-sum-of-sizes", T("All taken as negative"), T("Adds all sizes and writes a minus sign in front."))
add("change-turned-around", T("Change turned round"), T("Adds a fall and subtracts a rise."))

# Linear expressions, equations and inequalities
add("sign-of-term-lost", T("Sign of a term lost"), T("Drops the minus sign in front of a term."))
add("like-terms-as-power", T("Like terms as a power"), T("Adds like terms and raises the exponent as well."))
add("sign-lost-distributing", T("Sign lost in multiplying out"), T("Changes only the first sign after a minus."))
add("sign-lost-dividing", T("Sign lost in dividing"), T("Divides by a negative number and keeps the sign."))
add("sign-lost-moving-terms", T("Sign lost in moving a term"), T("Moves a term across and keeps its sign."))
add("divides-one-term-only", T("Divides one term only"), T("Divides only one of the terms of a side."))
add("inequality-not-flipped", T("Sign not turned around"), T("Keeps the sign after dividing by a negative."))
add("inequality-as-equation", T("Inequality as an equation"), T("Gives one number where a range is asked."))
add("fee-taken-each-time", T("Fixed amount taken each time"), T("Counts a once-only amount again for every unit."))
add("one-solution-expected", T("One solution expected"), T("Thinks every equation has exactly one solution."))
add("no-solution-taken-for-all", T("No solution taken for all"), T("Reads a false statement as 'every number'."))
add("all-solutions-taken-for-none", T("All solutions taken for none"), T("Reads a true statement as 'no solution'."))
add("letter-taken-as-cancelled", T("Letter taken as cancelled"), T("Looks at the numbers while a letter is left."))
add("factor-not-distributed", T("Factor forgotten"), T("Compares terms before multiplying out."))
add("coefficient-constant-mixed", T("Coefficient and constant mixed"), T("Takes the number alone for the coefficient."))
add(
    "multiplies-fractions-only",
    T("Multiplies the fractions only"),
    T("Clears fractions and forgets the whole numbers."),
)
add("sign-lost-in-second-value", T("Sign lost in the second value"), T("Finds the second value with the wrong sign."))
add("other-unknown-given", T("The other unknown"), T("Gives the value of the letter that was not asked for."))
add("prices-taken-as-equal", T("Prices taken as equal"), T("Divides the total by the number of things."))
