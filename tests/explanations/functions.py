"""A hundred and fifty functions as courses set them, each with a point of its domain away from kinks."""

from __future__ import annotations

_AT_0_7 = """
7; x; 3x + 1; x^2; 5x^4; -x^3; x/3; 2pi*x; x^2 + x + 1; 3x^4 - 2x^2 + 7x - 1; 0.5x^2 - 1.5x; x^10/10; x^100
1/x; 5/x^2; -3/x^4; 1/(2x + 1); 1/(x^2 + 1); 3/(2x + 1)^2; 1/(1 - x)^3; sqrt(x); 1/sqrt(x); x^(1/3); x^(2/3)
x^(-1/2); x^(5/2); x^0.5; x^2.5; cbrt(x); root(x, 5); sqrt(3x + 1); sqrt(1 - x^2); sqrt(x^2 + 1); 1/sqrt(x^2 + 1)
x^pi; pi^x; x^e; e^x; exp(x); 2^x; 10^x; e^(2x); e^(-x); e^(-x^2); 2^(3x); 2^(x^2); 1/e^x; 3/2^x; e^(e^x); e^(1/x)
e^sin(x); (1/2)^x; ln(x); ln(3x); ln(x^2 + 1); ln(ln(x + 2)); log(x, 2); log(x, 3); log10(x^2); log(2, x); ln(x)^2
1/ln(x); x*ln(x); ln(x)/x; ln((1 + x)/(1 - x)); ln(x + sqrt(x^2 + 1)); sin(x); cos(x); tan(x); cot(x); sec(x); csc(x)
sin(2x); sin(3x + 1); cos(x^2); tan(x/2); sin(x)^2; cos(x)^3; sin(x)*cos(x); sin(x)/x; x*sin(x); x^2*sin(x)
sin(cos(x)); sin(cos(tan(x))); sin(x)/(1 + cos(x)); (sin(x) + cos(x))^2; sec(x)*tan(x); ln(sin(x)); ln(cos(x)^2)
sqrt(sin(x)); sin(sqrt(x)); sin(1/x); sin(e^x); e^x*sin(x); e^x*cos(2x); e^(-x)*sin(3x); asin(x); acos(x); atan(x)
asin(x/2); atan(2x); atan(1/x); acos(x^2); x*atan(x); asin(sqrt(x)); acot(x); sinh(x); cosh(x); tanh(x); sech(x)
sinh(x)*cosh(x); tanh(x^2); asinh(x); atanh(x/2); coth(x); x^x; x^sin(x); sin(x)^x; (1 + 1/x)^x; x^(1/x); x^(x^x)
|x|; |x^2 - 2|; x*|x|; |sin(x)|; max(x, x^2); min(x, 1 - x, x^2); where(x > 0, x^2, -x); sign(x)*x^2; floor(x) + x
piecewise(x^2, x < 0, x^3, x < 1, 2x); x*floor(3x); relu(x)^2; x/(x^2 + 1); x/(1 + x); (x^2 + 1)/(x - 1)
(2x + 3)/(4x - 5); x^2/(1 + x)^2; (x + 1)^3*(x - 1)^2; x*(x + 1)*(x + 2); x*e^x*sin(x); (2x + 1)^5; (x^2 + 1)^10
(2x + 1)^5*e^(-x); (x^3 - 1)^(1/3 + 1); x^2*e^(-x)/2; a*x^2 + b*x + c; sin(omega*x + phi); e^(-x^2/(2s^2)); x^n
gamma(x); erf(x); besselj(0, x); sigmoid(x); softplus(2x); gelu(x); x!; digamma(x + 2); LambertW(x); sinc(x)
hypot(x, 3); atan2(x, x^2 + 1); mod(x, 2); elu(-x); logsumexp(x, 2x); mean(x, x^2, 3); 1/(x*sin(x)); e^x/x
sqrt(x + sqrt(x))
"""
_ELSEWHERE = {
    "acosh(x)": "2.3",
    "asec(x)": "2.3",
    "ln(ln(x))": "4.1",
    "(x^3 - 1)^(1/3 + 1)": "1.9",
    "sqrt(x - 1000)": "1002",
}
_TEXTS = [text.strip() for line in _AT_0_7.strip().splitlines() for text in line.split(";")]

FUNCTIONS: dict[str, str] = {**dict.fromkeys(_TEXTS, "0.69"), **_ELSEWHERE}
OTHERS = {"a": "1.3", "b": "0.4", "c": "2.1", "omega": "1.7", "phi": "0.2", "s": "0.9", "n": "2.6"}
