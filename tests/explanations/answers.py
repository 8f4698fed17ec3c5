"""Answers of readers: common mistakes with what they are called, and right answers in odd forms.

Every derivative here was taken by hand; `tests/explanations/test_answers.py` holds the right ones against mpmath too.
"""

from __future__ import annotations

# function; answer; words of the name that the mistake has
_MISTAKES = """
sin(x^2); cos(x^2); inner derivative missing
e^(3x); e^(3x); inner derivative missing
ln(5x + 1); 1/(5x + 1); inner derivative missing
(x^2 + 1)^5; 5(x^2 + 1)^4; inner derivative missing
sqrt(x^2 + 1); 1/(2sqrt(x^2 + 1)); inner derivative missing
cos(3x)*x; cos(3x) - x*sin(3x); inner derivative missing
tan(x^3); 1/cos(x^3)^2; inner derivative missing
sin(x^2); 2x*cos(x); outer derivative taken at x
e^(x^2); 2x*e^x; outer derivative taken at x
ln(x^2 + 1); 2x/x; outer derivative taken at x
sin(x^2); cos(2x); outer derivative taken at the inner derivative
x^2*sin(x); 2x*cos(x); product of the derivatives
x*e^x; e^x; product of the derivatives
x^3*ln(x); 3x^2/x; product of the derivatives
x*ln(x); ln(x); a term of the product rule missing
x^2*e^x; x^2*e^x; a term of the product rule missing
x^2*cos(x); 2x*cos(x); a term of the product rule missing
x*sin(x); sin(x) - x*cos(x); minus for plus in the product rule
sin(x)/x; (sin(x) - x*cos(x))/x^2; quotient rule the wrong way round
x/(x^2 + 1); (x^2 + 1 + 2x^2)/(x^2 + 1)^2; plus for minus in the quotient rule
x/(x^2 + 1); (x^2 + 1 - 2x^2)/(x^2 + 1); square missing in the quotient rule
sin(x)/x^2; cos(x)/(2x); quotient of the derivatives
(x + 1)/(x - 1); 1; quotient of the derivatives
e^x/x; (e^x*x - e^x); divisor missing in the quotient rule
x^3; 3x^3; exponent kept
x^5; 5x^6; exponent raised
x^4; x^3; exponent not brought down
x^(-2); -2x^(-1); exponent raised
1/x^2; -2/x; exponent raised
sqrt(x); 1/sqrt(x); not brought down
sqrt(x); sqrt(x)/2; exponent kept
x^4; 3x^3; lowered exponent brought down
1/x; 1/x^2; sign of the exponent lost
x^2; x^3/3; integrated instead
cos(x); sin(x); sign of the derivative
2^x; x*2^(x - 1); power rule on an exponential
e^x; x*e^(x - 1); power rule on an exponential
x^x; x*x^(x - 1); exponential
x^x; x^x*ln(x); exponential rule on a power
x^3; x^3*ln(x); exponential rule on a power
2^x; 2^x; factor ln a missing
10^x*x; 10^x + x*10^x; factor ln a missing
acos(x); 1/sqrt(1 - x^2); sign of the derivative
cot(x); 1/sin(x)^2; sign of the derivative
csc(x); csc(x)*cot(x); sign of the derivative
x^2 + 5; 2x + 5; constant kept
3x^2; 2x; constant factor dropped
7sin(x); cos(x); constant factor dropped
asin(x); -cos(x)/sin(x)^2; inverse function taken for the reciprocal
ln(x); 1/(x*ln(10)); natural logarithm taken for the common one
log10(x); 1/x; factor 1/ln of the base missing
sin(x); cos(x)*pi/180; degrees
x^2; 2x + 1; constant added
x^2*sin(x); -2x*sin(x) - x^2*cos(x); wrong sign
x^3; 6x; once too often
x^3 + x^2; 3x^2; a term of the sum missing
"""
# What teachers list besides; the names were written before they were tried.
_MORE_MISTAKES = """
x^3 - 2x; 3x^2 + 2; sign of a term
x^2 - 3x + 2; 2x + 3; sign of a term
x^2 - 3x + 2; 2x - 3 + 2; constant kept
x^2 - 3x + 2; 2x - 3x; not differentiated
x^2 + 3x; 2x; term of the sum missing
5 - x; 1; sign
sqrt(x); 1/(2x); root missing
sqrt(x); 2/sqrt(x); divided by the exponent
x^(3/2); 2/3 x^(1/2); divided by the exponent
x^3; x^2/3; divided by the exponent
x^3; 3x; exponent lowered by two
x^(1/3); 1/3 x^(2/3); sign of the lowered exponent
3x^2; 6x^2; exponent kept
4x^3; 12x^3; exponent kept
4x^3; 12x^4; exponent raised
4x^3; 4x^2; not brought down
4x^3; 7x^2; added to the factor
3x^2; 3x; not brought down
asin(2x); 2/sqrt(1-2x^2); factor of the inner function not squared
atan(3x); 3/(1+3x^2); factor of the inner function not squared
atan(3x); 1/(1+9x^2); inner derivative missing
sin(x^2); 2x cos(2x); outer derivative taken at the inner derivative
sin(x^2); sin(2x); inside of the function
ln(x^2+1); ln(2x); inside of the function
e^(x^2); e^(2x); inner derivative
sqrt(3x+1); sqrt(3); inside of the function
sqrt(3x+1); 3/sqrt(3x+1); not brought down
sqrt(x^2+1); 1/(2sqrt(2x)); outer derivative taken at the inner derivative
sqrt(x^2+1); 2x/sqrt(x^2+1); not brought down
x*sin(x); sin(x)+cos(x); a factor missing
x^2*sin(x); 2x + x^2*cos(x); a factor missing
x*ln(x); ln(x)+1/x; a factor missing
x*ln(x); 1/x; product of the derivatives
x*e^x; 1+e^x; sum of the derivatives
log10(x); x/ln(10); above the line
log10(x); ln(10)/x; logarithm of the base above
log2(x); 1/x; base missing
log(x, 3); ln(3)/x; logarithm of the base above
ln(x); x; above the line
(x^2+1)/(x-3); (2x(x-3) - x^2 + 1)/(x-3)^2; brackets missing
(x+2)/(x-1); ((x-1) - x + 2)/(x-1)^2; brackets missing
(x^2+1)/(x-3); 2x/(x-3); derivative of the divisor missing
x/2; 2; upside down
1/(x^2+1); -1/(x^2+1)^2; inner derivative missing
1/(x^2+1); 2x/(x^2+1)^2; sign
1/(x^2+1); 1/(2x); below the line
1/(3x+2); -1/(3x+2)^2; inner derivative missing
(2x)^3; 6x^2; at x
(2x)^3; 3(2x)^2; inner derivative missing
(3x+2)^4; 12(3x+2)^4; exponent kept
(3x+2)^4; 4*3^3; inner derivative
(x+1)^2; 2x; at x
cos(2x); 2sin(2x); sign of the derivative
cos(2x); -2sin(x); at x
cos(2x); -sin(2x); inner derivative missing
cos(2x); 2cos(2x); not differentiated
sin(2x); 2sin(2x); not differentiated
cos(x)^3; 3cos(x)^2*sin(x); sign
sin(x)^2; 2sin(x); inner derivative missing
sin(x)^2; cos(x)^2; below the power
ln(x)^2; 2ln(x); inner derivative missing
asin(x); 1/cos(x); inverse
atan(x); cos(x)^2; inverse
atan(x); 1/sqrt(1-x^2); asin instead
asin(x); 1/sqrt(1+x^2); asinh instead
atan(x); 1/(1-x^2); atanh instead
tan(x); sec(x); square missing
sec(x); sec(x)^2; tan instead
csc(x); -csc(x)^2; cot instead
cosh(x); -sinh(x); sign of the derivative
tanh(x); sech(x); square missing
ln(5) + x; 1/5 + 1; constant differentiated as a function
pi^2 + x; 2pi + 1; constant differentiated as a power
x*e^x*sin(x); e^x*sin(x) + x*e^x*sin(x); a term of the product rule missing
x*(x+1)*(x+2); (x+1)*(x+2) + x*(x+2); a term of the product rule missing
|x|; 1; one branch
|x-3|; -1; one branch
relu(x); 1; one branch
floor(x); 1; one branch
max(x, 2); 1; one branch
e^(2x); 2x*e^(2x); exponent brought down
e^(2x); 2x*e^(2x-1); power rule on an exponential
e^(2x); e^(2x); inner derivative missing
e^(-x); e^(-x); inner derivative missing
e^(2x); 2e^x; at x
5^x; 5^x/ln(5); divided by ln a
5^x; 5^x; ln a missing
5^x; x*5^(x-1); power rule on an exponential
2^(3x); 2^(3x)*ln(2); inner derivative missing
2^(3x); 3*2^(3x); ln a missing
x^x; x^(x)*ln(x); exponential rule
1/x; ln(x); integrated
1/x^3; 3/x^4; sign
1/x^3; -3/x^2; raised
1/x^3; 1/(3x^2); below the line
1/sqrt(x); -1/(2x); root
1/sqrt(x); 2sqrt(x); integrated
ln(3x); 3/x; at x
ln(3x); 1/(3x); inner derivative missing
ln(x^2+1); 1/(2x); at the inner derivative
ln(x^2+1); 1/(x^2+1); inner derivative missing
sin(x)*cos(x); -sin(x)*cos(x); product of the derivatives
sin(x)/x; cos(x); quotient of the derivatives
tan(2x); sec(2x)^2; inner derivative missing
tan(x)^2; 2tan(x); inner derivative missing
e^x*sin(x); e^x*cos(x); product of the derivatives
e^x/x; e^x; quotient of the derivatives
x^2/(x+1); (2x(x+1) + x^2)/(x+1)^2; plus for minus
x^2/(x+1); (x^2 - 2x(x+1))/(x+1)^2; wrong way round
x^2/(x+1); (2x(x+1) - x^2)/(x+1); square missing
x^2/(x+1); 2x(x+1) - x^2; divisor missing
"""
MISTAKES = [tuple(part.strip() for part in line.split(";")) for line in _MISTAKES.strip().splitlines()]
MORE_MISTAKES = [tuple(part.strip() for part in line.split(";")) for line in _MORE_MISTAKES.strip().splitlines()]

# Two mistakes in one answer.
TWICE = [
    ("x^2*sin(x^2)", "2x*cos(x^2)"),
    ("sin(2x)/x^2", "cos(2x)/x^2 + 2sin(2x)/x^3"),
    ("x^3 + cos(x)", "3x^3 + sin(x)"),
]

# function: right answers, however odd.
_RIGHT = """
x^2: 2x; x + x; 2*x; x*2; 4x/2; 2x^1; (x+1)^2 - x^2 - 1; x^2*2/x; 2/(1/x); 2(x - 1) + 2
x^3 - 3x: 3x^2 - 3; 3(x^2 - 1); 3(x - 1)(x + 1); -3(1 - x^2); 3x^2 + -3; (3x - 3)(x + 1)
sin(x): cos(x); sin(x + pi/2); sin(pi/2 - x); cos(-x); 1 - 2sin(x/2)^2; 2cos(x/2)^2 - 1; cos(x/2)^2 - sin(x/2)^2
cos(x): -sin(x); cos(x + pi/2); sin(-x); -2sin(x/2)*cos(x/2); sin(x + pi); -cos(x - pi/2)
sin(x)^2: sin(2x); 2sin(x)cos(x); 2cos(x)sin(x); cos(pi/2 - 2x); sin(x)cos(x) + cos(x)sin(x); -sin(-2x); 2tan(x)cos(x)^2
tan(x): sec(x)^2; 1/cos(x)^2; 1 + tan(x)^2; cos(x)^-2; (1/cos(x))^2; 2/(1 + cos(2x)); (sin(x)^2 + cos(x)^2)/cos(x)^2
ln(x): 1/x; x^-1; x^(-1); 2/(2x); e^(-ln(x)); x/x^2
ln(3x): 1/x; 3/(3x)
ln(x^2): 2/x; 2x/x^2; 2x^-1
e^x: e^x; exp(x); e*e^(x - 1); e^(x + 1)/e; sqrt(e^(2x)); cosh(x) + sinh(x)
e^(2x): 2e^(2x); 2(e^x)^2; 2e^x*e^x; e^(2x) + e^(2x); e^(2x + ln(2)); 2exp(2x)
2^x: 2^x*ln(2); ln(2)*2^x; ln(2)e^(x*ln(2)); ln(2^(2^x)); 2^x/log2(e)
1/x: -1/x^2; -x^-2; -(1/x)^2; 1/(-x^2); -x^(-2)
1/x^3: -3/x^4; -3x^-4; -3/(x^2*x^2)
sqrt(x): 1/(2sqrt(x)); 0.5/sqrt(x); x^(-1/2)/2; 0.5x^-0.5; sqrt(x)/(2x); 1/sqrt(4x); (1/2)*x^(-1/2)
cbrt(x): 1/(3*cbrt(x)^2); 1/(3x^(2/3)); cbrt(x)/(3x)
x*sin(x): sin(x) + x*cos(x); x*cos(x) + sin(x); x(cos(x) + sin(x)/x) + 0
x^2*sin(x): 2x*sin(x) + x^2*cos(x); x(2sin(x) + x*cos(x)); x^2(cos(x) + 2sin(x)/x)
x*e^x: (x + 1)e^x; e^x + x*e^x; e^x*(1 + x); x*e^x*(1 + 1/x)
x*ln(x): ln(x) + 1; 1 + ln(x); ln(e*x); -ln(1/(e*x)); ln(x) + x/x
x^x: x^x*(ln(x) + 1); x^x + x^x*ln(x); e^(x*ln(x))*(1 + ln(x)); x^x*ln(e*x)
x/(x^2 + 1): (1 - x^2)/(x^2 + 1)^2; 1/(x^2 + 1) - 2x^2/(x^2 + 1)^2; (1 - x)(1 + x)/(1 + x^2)^2
(x + 1)/(x - 1): -2/(x - 1)^2; 2/((1 - x)(x - 1)); ((x - 1) - (x + 1))/(x - 1)^2; -2(x - 1)^-2
(2x + 1)^5: 10(2x + 1)^4; 5*2*(2x + 1)^4; 10(1 + 2x)^4; 10(2x+1)^5/(2x+1)
(x^2 + 1)^3: 6x(x^2 + 1)^2; 3(x^2 + 1)^2*2x; 6x^5 + 12x^3 + 6x
sqrt(x^2 + 1): x/sqrt(x^2 + 1); x(x^2 + 1)^(-1/2); x*sqrt(x^2 + 1)/(x^2 + 1); x/hypot(x, 1)
sqrt(1 - x^2): -x/sqrt(1 - x^2); -x(1 - x^2)^-0.5; x/(-sqrt((1 - x)(1 + x)))
asin(x): 1/sqrt(1 - x^2); (1 - x^2)^(-1/2); sqrt(1 - x^2)/(1 - x^2); 1/cos(asin(x))
acos(x): -1/sqrt(1 - x^2); -(1 - x^2)^(-1/2)
atan(x): 1/(1 + x^2); 1/(x^2 + 1); cos(atan(x))^2; (x^2 + 1)^-1
|x|: x/|x|; sign(x); |x|/x; x/sqrt(x^2)
|x^2 - 1|: 2x*sign(x^2 - 1); 2x(x^2 - 1)/|x^2 - 1|; 2x*|x^2 - 1|/(x^2 - 1)
ln(sin(x)): cot(x); cos(x)/sin(x); 1/tan(x)
ln(cos(x)): -tan(x); -sin(x)/cos(x); tan(-x)
sec(x): sec(x)tan(x); sin(x)/cos(x)^2; tan(x)/cos(x)
cot(x): -csc(x)^2; -1/sin(x)^2; -1 - cot(x)^2
sinh(x): cosh(x); (e^x + e^-x)/2; sqrt(1 + sinh(x)^2)
tanh(x): 1 - tanh(x)^2; sech(x)^2; 1/cosh(x)^2; 4/(e^x + e^-x)^2
sin(x)cos(x): cos(2x); cos(x)^2 - sin(x)^2; 1 - 2sin(x)^2; 2cos(x)^2 - 1
sin(x^2): 2x*cos(x^2); cos(x^2)*2x
e^(-x^2): -2x*e^(-x^2); -2x/e^(x^2); -2x*exp(-x^2)
ln(ln(x)): 1/(x*ln(x)); (1/ln(x))*(1/x)
log10(x): 1/(x*ln(10)); log10(e)/x
log(x, 2): 1/(x*ln(2)); log2(e)/x
a*x^2 + b*x + c: 2a*x + b; b + 2a*x; a*x + a*x + b
7: 0; 0*x; x - x; sin(x)^2 + cos(x)^2 - 1
x: 1; x/x; sin(x)^2 + cos(x)^2; ln(e); 2 - 1
max(x, 2): where(x > 2, 1, 0); heaviside(x - 2)
x*|x|: 2|x|; 2x*sign(x); 2sqrt(x^2)
(x - 1)^2: 2x - 2; 2(x - 1); -2(1 - x)
sin(x)^2*cos(x)^2: sin(4x)/2; 2sin(x)cos(x)cos(2x); sin(2x)*cos(2x)
sin(2x): 2cos(2x); 2(1 - 2sin(x)^2); 4cos(x)^2 - 2; 2cos(x)^2 - 2sin(x)^2
cos(2x): -4sin(x)cos(x); -2sin(2x)
cos(x)^2: -sin(2x); -2sin(x)cos(x)
tan(x)^2: 2tan(x)sec(x)^2; 2sin(x)/cos(x)^3; 2tan(x) + 2tan(x)^3
sec(x)^2: 2sec(x)^2*tan(x); 2sin(x)/cos(x)^3
csc(x): -csc(x)cot(x); -cos(x)/sin(x)^2
ln(x^2 + x): (2x + 1)/(x^2 + x); 1/x + 1/(x + 1)
ln(sqrt(x)): 1/(2x)
ln(x/(x + 1)): 1/(x*(x + 1)); 1/x - 1/(x+1); 1/(x^2 + x)
ln((1 + x)/(1 - x)): 2/(1 - x^2); 1/(1 + x) + 1/(1 - x); -2/(x^2 - 1)
ln(|x|): 1/x; sign(x)/|x|
ln(tan(x)): 2/sin(2x); 1/(sin(x)cos(x)); sec(x)csc(x); sec(x)^2/tan(x)
ln(sec(x) + tan(x)): sec(x); 1/cos(x)
ln(x + sqrt(x^2 + 1)): 1/sqrt(x^2 + 1)
e^(x^2): 2x e^(x^2); 2x*(e^x)^x
e^(2ln(x)): 2x; 2e^(2ln(x))/x
e^x*(x^2 - 2x + 2): x^2*e^x
(e^x + e^-x)/2: sinh(x); (e^x - e^-x)/2
e^x/(1 + e^x): e^x/(1 + e^x)^2; 1/(2 + e^x + e^-x); sigmoid(x)*(1 - sigmoid(x)); 1/(4cosh(x/2)^2)
(x^2 - 1)/(x - 1): 1; (x^2 - 2x + 1)/(x - 1)^2
x*(x + 1)*(x + 2): 3x^2 + 6x + 2; (x+1)(x+2) + x(x+2) + x(x+1)
(x + 1)^3: 3x^2 + 6x + 3; 3(x + 1)^2; 3(x+1)(x+1)
(x - 1)(x + 1): 2x; (x - 1) + (x + 1)
x*sqrt(x): 3sqrt(x)/2; 1.5x^0.5; sqrt(x) + x/(2sqrt(x)); 3x/(2sqrt(x))
sqrt(x^3): 3sqrt(x)/2; 3x^2/(2sqrt(x^3))
1/sqrt(x): -1/(2x*sqrt(x)); -x^(-3/2)/2; -0.5x^-1.5
sqrt(4x + 1): 2/sqrt(4x + 1); 2(4x+1)^(-1/2)
x^2*|x|: 3x*|x|; 3x^2*sign(x)
|sin(x)|: cos(x)*sign(sin(x)); sin(x)cos(x)/|sin(x)|; sin(2x)/(2|sin(x)|)
sqrt(x^2): x/|x|; sign(x); x/sqrt(x^2)
atan(1/x): -1/(x^2 + 1)
acos(x) + asin(x): 0
atan(x) + atan(1/x): 0
asin(x/2): 1/sqrt(4 - x^2); 1/(2sqrt(1 - x^2/4)); (4 - x^2)^-0.5
2^(2x): 4^x*ln(4); 2*ln(2)*4^x; 2^(2x+1)*ln(2)
x^(1/x): x^(1/x)*(1 - ln(x))/x^2; x^(1/x - 2)*(1 - ln(x))
log(x, 10): 1/(x ln 10); log10(e)/x
ln(2x + 1)^2: 4ln(2x+1)/(2x+1)
x/(1 + x): 1/(1 + x)^2; 1/(x^2 + 2x + 1); (1+x)^-2
1 - 1/(1 + x): 1/(1+x)^2
"""
RIGHT = [
    (line.partition(": ")[0], answer.strip())
    for line in _RIGHT.strip().splitlines()
    for answer in line.partition(": ")[2].split(";")
]
