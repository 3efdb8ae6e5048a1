"""Where each rule is described."""

from __future__ import annotations

BROWN_BURTON = "Brown & Burton (1978), Diagnostic models for procedural bugs in basic mathematical skills"
VANLEHN = "VanLehn (1990), Mind Bugs: The Origins of Procedural Misconceptions"
ASHLOCK = "Ashlock (2010), Error Patterns in Computation"
RESNICK = "Resnick et al. (1989), Conceptual bases of arithmetic errors: the case of decimal fractions"
STACEY = "Stacey & Steinle (1999), A longitudinal study of children's thinking about decimals"
HART = "Hart (ed., 1981), Children's Understanding of Mathematics: 11-16"
MATZ = "Matz (1982), Towards a process model for high school algebra errors"
SLEEMAN = "Sleeman (1984), An attempt to understand students' understanding of basic algebra"
PAYNE = "Payne & Squibb (1990), Algebra mal-rules and cognitive accounts of error"
BOOTH = "Booth (1984), Algebra: Children's Strategies and Errors"
KUCHEMANN = "Küchemann (1978), Children's understanding of numerical variables"
CLEMENT = "Clement (1982), Algebra word problem solutions: thought processes underlying a common misconception"
STACEY_MACGREGOR = "Stacey & MacGregor (1997), Ideas about symbolism that students bring to algebra"
BLANDO = "Blando et al. (1989), Analyzing and modelling arithmetic errors"
VLASSIS = "Vlassis (2004), Making sense of the minus sign or becoming flexible in 'negativity'"
TIROSH = "Tirosh (2000), Enhancing prospective teachers' knowledge of children's conceptions: division of fractions"
BROWN_QUINN = "Brown & Quinn (2006), Algebra students' difficulty with fractions"
PINCHBACK = "Pinchback (1991), Types of errors exhibited in a remedial mathematics course"
TIROSH_INEQUALITIES = (
    "Tsamir & Bazzini (2004), Consistencies and inconsistencies in students' solutions to inequalities"
)
PERRENET = "Perrenet & Wolters (1994), The art of checking"
KIERAN = "Kieran (1985), The equation-solving errors of novice and intermediate algebra students"
VAIYAVUTJAMAI = (
    "Vaiyavutjamai & Clements (2006), Effects of classroom instruction on students' understanding of quadratics"
)
PARKER = "Parker & Leinhardt (1995), Percent: a privileged proportion"
CENGIZ = "Cangelosi et al. (2013), The negative sign and exponential expressions"
SINGH = "Singh (2000), Understanding the concepts of proportion and ratio constructed by two grade six students"
NOELTING = "Noelting (1980), The development of proportional reasoning and the ratio concept"
LEWIS_MAYER = "Lewis & Mayer (1987), Students' miscomprehension of relational statements in arithmetic word problems"
VAN_DOOREN = "Van Dooren et al. (2005), Not everything is proportional: effects of age and problem type"
DE_BOCK = "De Bock et al. (2007), The Illusion of Linearity: From Analysis to Improvement"
