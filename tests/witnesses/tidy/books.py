"""Functions and their derivatives as calculus books print them, with the variable where that is not x.

`GIVEN` are pairs with which the rules were found. `UNSEEN` were written down, as Stewart, Thomas, Larson, Spivak and
tables of derivatives have them, before the rules were held against them. `LATER` were written down in the same way,
after the rules for `GIVEN` and `UNSEEN` stood: also formulas of physics, activations, several variables.
"""

from __future__ import annotations

from typing import NamedTuple


class Pair(NamedTuple):
    """A function, its derivative in a book, the variable."""

    function: str
    book: str
    variable: str


def _pairs(text: str) -> list[Pair]:
    rows = [[part.strip() for part in line.split("|")] for line in text.strip().splitlines()]
    return [Pair(row[0], row[1], row[2] if len(row) > 2 else "x") for row in rows]


GIVEN = _pairs("""
(x+1)/(x-1) | -2/(x-1)**2
(2*x+3)/(3*x-5) | -19/(3*x-5)**2
x/(x+1) | 1/(x+1)**2
x**2/(x+1) | x*(x+2)/(x+1)**2
x/(x**2+1) | (1-x**2)/(x**2+1)**2
(x**2-1)/(x**2+1) | 4*x/(x**2+1)**2
(x**2-1)/(x-1) | 1
((x+1)/(x-1))**2 | -4*(x+1)/(x-1)**3
sin(x)/x | (x*cos(x)-sin(x))/x**2
log(x)/x | (1-log(x))/x**2
exp(x)/x | (x-1)*exp(x)/x**2
tanh(x)/x | (x*sech(x)**2-tanh(x))/x**2
x/(1+sqrt(x)) | (sqrt(x)+2)/(2*(sqrt(x)+1)**2)
x*exp(x) | (x+1)*exp(x)
x**2*exp(x) | x*(x+2)*exp(x)
x*exp(-x) | (1-x)*exp(-x)
exp(x)*sin(x) | exp(x)*(sin(x)+cos(x))
x**2*log(x) | x*(2*log(x)+1)
x**2*exp(x)/(1+x**2) | x*(x+1)*(x**2-x+2)*exp(x)/(x**2+1)**2
x*sqrt(1-x**2) | (1-2*x**2)/sqrt(1-x**2)
(2*x+1)**3*(x-4)**2 | 2*(x-4)*(2*x+1)**2*(5*x-11)
(x-1)*(x-2)*(x-3) | 3*x**2-12*x+11
tan(x) | sec(x)**2
cot(x) | -csc(x)**2
tan(x)**2 | 2*tan(x)*sec(x)**2
sin(x)*cos(x) | cos(2*x)
sin(x)/(1+cos(x)) | 1/(1+cos(x))
(sin(x)-cos(x))/(sin(x)+cos(x)) | 2/(sin(x)+cos(x))**2
log(sin(x)) | cot(x)
log(cos(x)) | -tan(x)
log((1+x)/(1-x)) | 2/(1-x**2)
log(sqrt((1+x)/(1-x))) | 1/(1-x**2)
log(x+sqrt(x**2+1)) | 1/sqrt(x**2+1)
log(abs(x)) | 1/x
atan(x/a) | a/(a**2+x**2)
atan(1/x) | -1/(x**2+1)
asin(x/2) | 1/sqrt(4-x**2)
asec(x) | 1/(abs(x)*sqrt(x**2-1))
acosh(x) | 1/sqrt(x**2-1)
tanh(x) | sech(x)**2
x**n | n*x**(n-1)
sqrt(x+sqrt(x)) | (2*sqrt(x)+1)/(4*sqrt(x)*sqrt(x+sqrt(x)))
9*x**2-4*x+6 | 18*x-4
log(3*x**2) | 2/x
(3*x-5)**3 | 81*x**2-270*x+225
(3*s-1)*(s+5) | 6*s+14 | s
(x**2+5)/x | 1-5/x**2
(t**2-4)/(t+2) | 1 | t
(csc(t)-5)/t**2 | -2/t**3*(csc(t)-5)+1/t**2*(-csc(t)*cot(t)) | t
t**4/(cos(t)-3*t**2) | ((cos(t)-3*t**2)*(4*t**3)-t**4*(-sin(t)-6*t))/(cos(t)-3*t**2)**2 | t
t**4*(sec(t)+exp(t)) | 4*t**3*(sec(t)+exp(t))+t**4*(sec(t)*tan(t)+exp(t)) | t
3*x*sin(x)*sec(x) | 3*tan(x)+3*x*sec(x)**2
(4*t-3)**6 | 24*(4*t-3)**5 | t
exp(2*t**2+t-3) | (4*t+1)*exp(2*t**2+t-3) | t
tan(7*x) | 7*sec(7*x)**2
cos(t**2+5*t)**3 | -3*cos(t**2+5*t)**2*sin(t**2+5*t)*(2*t+5) | t
6**r | log(6)*6**r | r
5**w/3**w | log(5/3)*(5/3)**w | w
x**3*sin(4*x) | 4*x**3*cos(4*x)+3*x**2*sin(4*x)
cos(1/t)*exp(3*t**2) | 6*t*cos(1/t)*exp(3*t**2)+1/t**2*sin(1/t)*exp(3*t**2) | t
sqrt(x)+1/sqrt(x) | 1/(2*sqrt(x))-1/(2*sqrt(x**3))
sqrt(4-t**2) | -t/sqrt(4-t**2) | t
x**1.7 | 1.7*x**0.7
atan(3*x) | 3/(1+9*x**2)
sin(t)*acos(t) | acos(t)*cos(t)-sin(t)/sqrt(1-t**2) | t
atan(sqrt(x)) | 1/(sqrt(x)*(2*x+2))
(1+x)**(1/x) | (1+x)**(1/x)*(1/(x*(x+1))-log(1+x)/x**2)
x**x/(x+2) | x**x/(x+2)*(log(x)+1-1/(x+2))
(x+1)*(x+2)/((x+3)*(x+4)) | (x+1)*(x+2)/((x+3)*(x+4))*(1/(x+1)+1/(x+2)-1/(x+3)-1/(x+4))
2**x*3**x*5**x | log(30)*30**x
2*sin(2*v)-4*sin(2*v)**9 | 4*cos(2*v)-72*sin(2*v)**8*cos(2*v) | v
exp(2*sin(3*v)) | 6*exp(2*sin(3*v))*cos(3*v) | v
tan(7*t)**5/9 | 35/9*tan(7*t)**4*sec(7*t)**2 | t
tan(2*sec(4*x)) | 8*sec(4*x)*tan(4*x)*sec(2*sec(4*x))**2
sqrt(exp(sin(w)/3)+1) | exp(sin(w)/3)*cos(w)/(6*sqrt(exp(sin(w)/3)+1)) | w
(2*x**3+1)/(sin(x)-3) | (6*x**2*(sin(x)-3)-(2*x**3+1)*cos(x))/(sin(x)-3)**2
(4*x**5-2*x)*(3*x+exp(x)) | (20*x**4-2)*(3*x+exp(x))+(4*x**5-2*x)*(3+exp(x))
asec(x**2) | 2/(x*sqrt(x**4-1))
x/asin(x) | (asin(x)-x/sqrt(1-x**2))/asin(x)**2
exp(3*cos(x)) | -3*sin(x)*exp(3*cos(x))
5*sec(4*x) | 20*tan(4*x)*sec(4*x)
(x**3-2)**4*(x**7+1)**2 | 2*x**2*(x**3-2)**3*(x**7+1)*(13*x**7-14*x**4+6)
sqrt(x-sqrt(x)) | (1-1/(2*sqrt(x)))/(2*sqrt(x-sqrt(x)))
log(x)/x**3 | (1-3*log(x))/x**4
log(x)**(1/6) | 1/(6*x*log(x)**(5/6))
6*exp(x)+10/x-2/x**2 | 6*exp(x)-10/x**2+4/x**3
log10(1/abs(x)) | -1/(x*log(10))
cos(exp(x)+1) | -exp(x)*sin(exp(x)+1)
acos(1-2*x) | 1/sqrt(x-x**2)
atan(sec(x)+tan(x)) | 1/2
asin(sqrt(x*exp(x))) | (x+1)*exp(x)/(2*sqrt(x*exp(x))*sqrt(1-x*exp(x)))
atan(cos(x)/(1+sin(x))) | -1/2
(x**2+1)*atan(x)-x | 2*x*atan(x)
atan(2*sqrt(x)/(1-x)) | 1/((1+x)*sqrt(x))
atan(x/sqrt(1-x**2)) | 1/sqrt(1-x**2)
atan(sqrt((1-x)/(1+x))) | -1/(2*sqrt(1-x**2))
atan(4*x/sqrt(1-4*x**2)) | 4/((1+12*x**2)*sqrt(1-4*x**2))
x**2*exp(x)/sin(x) | (exp(x)*(x**2+2*x)*sin(x)-x**2*exp(x)*cos(x))/sin(x)**2
exp(3*x)*cos(2*x) | exp(3*x)*(3*cos(2*x)-2*sin(2*x))
x**3*exp(-2*x) | x**2*exp(-2*x)*(3-2*x)
sqrt(x**2+9) | x/sqrt(x**2+9)
atan(x**2) | 2*x/(1+x**4)
exp(x)/(x**2+1) | exp(x)*(x-1)**2/(x**2+1)**2
cos(x)**2-sin(x)**2 | -2*sin(2*x)
(3*x**2+3)/(5*x-3) | 3*(5*x**2-6*x-5)/(5*x-3)**2
(x-2)/(x**2+2) | (-x**2+4*x+2)/(x**2+2)**2
exp(-x**2)*sin(x+5*y) | exp(-x**2)*(-2*x*sin(x+5*y)+cos(x+5*y))
x*exp(x*y) | (1+x*y)*exp(x*y)
atan(x*y) | y/(1+x**2*y**2)
x*sin(x*y) | sin(x*y)+x*y*cos(x*y)
atan(x**2+y**2) | 2*x/(1+(x**2+y**2)**2)
sech(x) | -sech(x)*tanh(x)
acsc(x) | -1/(abs(x)*sqrt(x**2-1))
log(x)/log(b) | 1/(x*log(b))
d*(1-exp(-a*(r-q)))**2 | 2*d*a*(1-exp(-a*(r-q)))*exp(-a*(r-q)) | r
log(sec(x)+tan(x)) | sec(x)
28*x*log(sqrt(x)) | 14*(1+log(x))
""")

UNSEEN = _pairs("""
x**3/(x-1) | x**2*(2*x-3)/(x-1)**2
(1-x)/(1+x) | -2/(1+x)**2
(x**2+1)/(x**2-1) | -4*x/(x**2-1)**2
x/(x**2-4) | -(x**2+4)/(x**2-4)**2
(3*x+1)/(x**2+2) | (-3*x**2-2*x+6)/(x**2+2)**2
1/(x**2+x+1) | -(2*x+1)/(x**2+x+1)**2
(x+1)**2/(x-1) | (x+1)*(x-3)/(x-1)**2
x**2/(x**2+1) | 2*x/(x**2+1)**2
x**3/(1+x**2) | x**2*(x**2+3)/(1+x**2)**2
(a*x+b)/(c*x+d) | (a*d-b*c)/(c*x+d)**2
x/(a**2+x**2) | (a**2-x**2)/(a**2+x**2)**2
1/(a+b*x) | -b/(a+b*x)**2
(x**3-1)/(x-1) | 2*x+1
(x**2-9)/(x+3) | 1
(2*x-3)**4*(x+1)**3 | (2*x-3)**3*(x+1)**2*(14*x-1)
x**2*(x-2)**4 | 2*x*(x-2)**3*(3*x-2)
(x**2+1)**3*(x-1)**2 | 2*(x-1)*(x**2+1)**2*(4*x**2-3*x+1)
(x+2)**2/(x-1)**3 | -(x+2)*(x+8)/(x-1)**4
x*(x-1)**5 | (x-1)**4*(6*x-1)
(x**2-x+1)*(x**2+x+1) | 4*x**3+2*x
sqrt(x)*(x-1) | (3*x-1)/(2*sqrt(x))
x/sqrt(x**2+1) | 1/(x**2+1)**(3/2)
sqrt(x**2+a**2) | x/sqrt(x**2+a**2)
x*sqrt(x**2+1) | (2*x**2+1)/sqrt(x**2+1)
sqrt((x-1)/(x+1)) | 1/((x+1)**2*sqrt((x-1)/(x+1)))
sqrt(x)/(x+1) | (1-x)/(2*sqrt(x)*(x+1)**2)
(sqrt(x)-1)/(sqrt(x)+1) | 1/(sqrt(x)*(sqrt(x)+1)**2)
x**2*sqrt(x+1) | x*(5*x+4)/(2*sqrt(x+1))
sqrt(1+sqrt(x)) | 1/(4*sqrt(x)*sqrt(1+sqrt(x)))
1/sqrt(x) | -1/(2*x*sqrt(x))
x**(2/3) | 2/(3*x**(1/3))
x**(1/3)*(x-4) | 4*(x-1)/(3*x**(2/3))
cbrt(x) | 1/(3*cbrt(x)**2)
cbrt(x**2+1) | 2*x/(3*cbrt(x**2+1)**2)
x/sqrt(1-x**2) | 1/(1-x**2)**(3/2)
(1-x**2)**(3/2) | -3*x*sqrt(1-x**2)
sqrt(x+1)-sqrt(x-1) | 1/(2*sqrt(x+1))-1/(2*sqrt(x-1))
log(x+sqrt(x**2-1)) | 1/sqrt(x**2-1)
log((x-1)/(x+1)) | 2/(x**2-1)
log(x**2+1) | 2*x/(x**2+1)
log(x)**2 | 2*log(x)/x
log(log(x)) | 1/(x*log(x))
x*log(x)-x | log(x)
x**3*log(x) | x**2*(3*log(x)+1)
log(x)/x**2 | (1-2*log(x))/x**3
x/log(x) | (log(x)-1)/log(x)**2
1/log(x) | -1/(x*log(x)**2)
log(sqrt(x)) | 1/(2*x)
log(1/x) | -1/x
log((1+sin(x))/(1-sin(x))) | 2*sec(x)
log(tan(x)) | sec(x)*csc(x)
log(tan(x/2)) | csc(x)
log(csc(x)-cot(x)) | csc(x)
log(sin(x)**2) | 2*cot(x)
log(exp(x)+1) | exp(x)/(exp(x)+1)
log(exp(x)/(1+exp(x))) | 1/(1+exp(x))
sqrt(log(x)) | 1/(2*x*sqrt(log(x)))
log(x,2) | 1/(x*log(2))
x**x | x**x*(log(x)+1)
x**(1/x) | x**(1/x)*(1-log(x))/x**2
x**sin(x) | x**sin(x)*(cos(x)*log(x)+sin(x)/x)
sin(x)**x | sin(x)**x*(log(sin(x))+x*cot(x))
x**2*2**x | x*2**x*(2+x*log(2))
x*2**(-x) | (1-x*log(2))/2**x
2**x/x | 2**x*(x*log(2)-1)/x**2
exp(x)/(1+exp(x)) | exp(x)/(1+exp(x))**2
1/(1+exp(-x)) | exp(-x)/(1+exp(-x))**2
(exp(x)-exp(-x))/(exp(x)+exp(-x)) | 4/(exp(x)+exp(-x))**2
(exp(x)+exp(-x))/2 | (exp(x)-exp(-x))/2
x**2*exp(-x) | x*(2-x)*exp(-x)
exp(-x**2) | -2*x*exp(-x**2)
x*exp(-x**2/2) | (1-x**2)*exp(-x**2/2)
exp(x)*cos(x) | exp(x)*(cos(x)-sin(x))
exp(a*x)*sin(b*x) | exp(a*x)*(a*sin(b*x)+b*cos(b*x))
exp(-x)*log(x) | exp(-x)*(1/x-log(x))
exp(1/x) | -exp(1/x)/x**2
x*exp(1/x) | (x-1)*exp(1/x)/x
exp(sqrt(x)) | exp(sqrt(x))/(2*sqrt(x))
exp(sin(x)**2) | exp(sin(x)**2)*sin(2*x)
exp(x)*(x**2-2*x+2) | x**2*exp(x)
exp(x)*(sin(x)-cos(x)) | 2*exp(x)*sin(x)
(x-1)*exp(x) | x*exp(x)
exp(x)/x**2 | (x-2)*exp(x)/x**3
sin(x)**2 | sin(2*x)
cos(x)**2 | -sin(2*x)
sin(x)**3 | 3*sin(x)**2*cos(x)
sin(x)**2*cos(x) | sin(x)*(2*cos(x)**2-sin(x)**2)
x-sin(x)*cos(x) | 2*sin(x)**2
x+sin(x)*cos(x) | 2*cos(x)**2
x*sin(x) | sin(x)+x*cos(x)
x*cos(x)-sin(x) | -x*sin(x)
sin(x)+x*cos(x) | 2*cos(x)-x*sin(x)
x**2*sin(x) | x*(2*sin(x)+x*cos(x))
cos(x)/x | -(x*sin(x)+cos(x))/x**2
x/sin(x) | (sin(x)-x*cos(x))/sin(x)**2
x*tan(x) | tan(x)+x*sec(x)**2
tan(x)-x | tan(x)**2
tan(x)**3/3 | tan(x)**2*sec(x)**2
sec(x) | sec(x)*tan(x)
csc(x) | -csc(x)*cot(x)
sec(x)**2 | 2*sec(x)**2*tan(x)
sec(x)*tan(x) | sec(x)*(tan(x)**2+sec(x)**2)
cot(x)**2 | -2*cot(x)*csc(x)**2
1/sin(x) | -csc(x)*cot(x)
1/cos(x) | sec(x)*tan(x)
1/(1+tan(x)) | -sec(x)**2/(1+tan(x))**2
sin(x)/(1-cos(x)) | -1/(1-cos(x))
cos(x)/(1+sin(x)) | -1/(1+sin(x))
(1-cos(x))/sin(x) | 1/(1+cos(x))
cos(x)/(1-sin(x)) | 1/(1-sin(x))
sec(x)/(1+tan(x)) | sec(x)*(tan(x)-1)/(1+tan(x))**2
tan(x)/(1+sec(x)) | sec(x)/(1+sec(x))
sin(2*x)/(1+cos(2*x)) | sec(x)**2
sin(3*x)**2 | 3*sin(6*x)
sin(x)*cos(2*x) | cos(x)*cos(2*x)-2*sin(x)*sin(2*x)
cos(x)**4-sin(x)**4 | -2*sin(2*x)
sin(x)**4+cos(x)**4 | -sin(4*x)
tan(sqrt(x)) | sec(sqrt(x))**2/(2*sqrt(x))
sqrt(sin(x)) | cos(x)/(2*sqrt(sin(x)))
sqrt(tan(x)) | sec(x)**2/(2*sqrt(tan(x)))
sqrt(1+cos(x)**2) | -sin(2*x)/(2*sqrt(1+cos(x)**2))
sin(cos(x)) | -sin(x)*cos(cos(x))
sin(x)/exp(x) | (cos(x)-sin(x))*exp(-x)
asin(x) | 1/sqrt(1-x**2)
acos(x) | -1/sqrt(1-x**2)
atan(x) | 1/(1+x**2)
acot(x) | -1/(1+x**2)
asin(x/a) | 1/sqrt(a**2-x**2)
atan(x/2) | 2/(x**2+4)
atan(x/3)/3 | 1/(x**2+9)
x*asin(x)+sqrt(1-x**2) | asin(x)
x*atan(x)-log(1+x**2)/2 | atan(x)
x*acos(x)-sqrt(1-x**2) | acos(x)
asin(sqrt(x)) | 1/(2*sqrt(x)*sqrt(1-x))
asin(x)/x | (x-sqrt(1-x**2)*asin(x))/(x**2*sqrt(1-x**2))
asin(x)**2 | 2*asin(x)/sqrt(1-x**2)
atan(x)**2 | 2*atan(x)/(1+x**2)
atan(exp(x)) | exp(x)/(1+exp(2*x))
atan((1+x)/(1-x)) | 1/(1+x**2)
atan((x-1)/(x+1)) | 1/(1+x**2)
asin(cos(x)) | -sin(x)/sqrt(1-cos(x)**2)
acos(1/x) | 1/(abs(x)*sqrt(x**2-1))
(x*sqrt(1-x**2)+asin(x))/2 | sqrt(1-x**2)
x/2*sqrt(a**2-x**2)+a**2/2*asin(x/a) | sqrt(a**2-x**2)
atan(tan(x)/2) | 2/(4*cos(x)**2+sin(x)**2)
x**2*atan(x) | 2*x*atan(x)+x**2/(1+x**2)
sinh(x) | cosh(x)
cosh(x)**2 | sinh(2*x)
x*sinh(x)-cosh(x) | x*cosh(x)
log(cosh(x)) | tanh(x)
log(sinh(x)) | coth(x)
tanh(x)**2 | 2*tanh(x)*sech(x)**2
coth(x) | -csch(x)**2
csch(x) | -csch(x)*coth(x)
x-tanh(x) | tanh(x)**2
atan(sinh(x)) | sech(x)
asinh(x) | 1/sqrt(x**2+1)
atanh(x) | 1/(1-x**2)
asinh(x/2) | 1/sqrt(x**2+4)
x*asinh(x)-sqrt(1+x**2) | asinh(x)
abs(x) | x/abs(x)
x*abs(x) | 2*abs(x)
abs(x**2-1) | 2*x*(x**2-1)/abs(x**2-1)
sqrt(x**2) | x/abs(x)
log(abs(x**2-1)) | 2*x/(x**2-1)
log(abs(sec(x))) | tan(x)
(x+0.05)**2 | 2*(x+0.05)
0.5*x**2+0.1*x | x+0.1
1.5*exp(-0.5*x) | -0.75*exp(-0.5*x)
a*exp(-k*t)*cos(w*t) | -a*exp(-k*t)*(k*cos(w*t)+w*sin(w*t)) | t
x**2*y**3 | 2*x*y**3
x*y/(x+y) | y**2/(x+y)**2
(x-y)/(x+y) | 2*y/(x+y)**2
sqrt(x**2+y**2) | x/sqrt(x**2+y**2)
log(x**2+y**2) | 2*x/(x**2+y**2)
atan(y/x) | -y/(x**2+y**2)
exp(x*y)*sin(x) | exp(x*y)*(y*sin(x)+cos(x))
x/(x**2+y**2) | (y**2-x**2)/(x**2+y**2)**2
x**y | y*x**(y-1)
1/sqrt(x**2+y**2+z**2) | -x/(x**2+y**2+z**2)**(3/2)
(2*x+1)**10 | 20*(2*x+1)**9
1/(3*x-2)**4 | -12/(3*x-2)**5
(x**2+3*x)**5 | 5*(2*x+3)*(x**2+3*x)**4
x/(1+x**2)**2 | (1-3*x**2)/(1+x**2)**3
(x+1/x)**2 | 2*x-2/x**3
x+1/x | 1-1/x**2
(x**4+1)/x**2 | 2*x-2/x**3
1/x+1/x**2 | -1/x**2-2/x**3
(x**2-3*x)/(x+4) | (x**2+8*x-12)/(x+4)**2
(4-x)/(4+x) | -8/(4+x)**2
x/(x-3)**2 | -(x+3)/(x-3)**3
(x-1)**3/(x+2)**2 | (x-1)**2*(x+8)/(x+2)**3
(x**2+2)/(x**2-2) | -8*x/(x**2-2)**2
1/(x**3+1) | -3*x**2/(x**3+1)**2
(x+sqrt(x))/(x-sqrt(x)) | -1/(sqrt(x)*(sqrt(x)-1)**2)
sqrt((1-x)/(1+x)) | -1/((1+x)**2*sqrt((1-x)/(1+x)))
x/sqrt(4*x-1) | (2*x-1)/(4*x-1)**(3/2)
sqrt(x**2+1)/x | -1/(x**2*sqrt(x**2+1))
x**2/sqrt(1-x**2) | x*(2-x**2)/(1-x**2)**(3/2)
(x**2-1)**(2/3) | 4*x/(3*cbrt(x**2-1))
x*sqrt(2*x-x**2) | x*(3-2*x)/sqrt(2*x-x**2)
log((x+1)**2/(x-1)) | (x-3)/((x+1)*(x-1))
log(x**2*(x+1)) | (3*x+2)/(x*(x+1))
log(sqrt(x**2+1)) | x/(x**2+1)
log(sqrt(x)+1) | 1/(2*sqrt(x)*(sqrt(x)+1))
x**2*(log(x)-1) | x*(2*log(x)-1)
log(x)/(1+log(x)) | 1/(x*(1+log(x))**2)
(1+log(x))/(1-log(x)) | 2/(x*(1-log(x))**2)
log(cos(x)/(1+sin(x))) | -sec(x)
log(sec(x)) | tan(x)
log(1+tan(x)**2) | 2*tan(x)
log((1-cos(x))/(1+cos(x))) | 2*csc(x)
exp(2*x)/(1+exp(2*x)) | 2*exp(2*x)/(1+exp(2*x))**2
(1-exp(x))/(1+exp(x)) | -2*exp(x)/(1+exp(x))**2
exp(x)*(x-1)**2 | (x**2-1)*exp(x)
x**3*exp(2*x) | x**2*(2*x+3)*exp(2*x)
exp(x)*log(x) | exp(x)*(log(x)+1/x)
exp(-2*x)*cos(3*x) | -exp(-2*x)*(2*cos(3*x)+3*sin(3*x))
exp(tan(x)) | exp(tan(x))*sec(x)**2
sin(x)*tan(x) | sin(x)*(1+sec(x)**2)
sin(x)/(sin(x)+cos(x)) | 1/(sin(x)+cos(x))**2
tan(x)/(1+tan(x)) | sec(x)**2/(1+tan(x))**2
(1+sin(x))/(1-sin(x)) | 2*cos(x)/(1-sin(x))**2
cos(x)/(1-cos(x)) | -sin(x)/(1-cos(x))**2
sin(x)**2/(1+cos(x)) | sin(x)
1/(sin(x)*cos(x)) | -4*cos(2*x)/sin(2*x)**2
tan(x)+cot(x) | sec(x)**2-csc(x)**2
sec(x)**2-tan(x)**2 | 0
sec(x)**4 | 4*sec(x)**4*tan(x)
sqrt(1-cos(x)**2) | sin(x)*cos(x)/abs(sin(x))
x*sec(x) | sec(x)*(1+x*tan(x))
x**2*cot(x) | 2*x*cot(x)-x**2*csc(x)**2
cos(3*x)**2 | -3*sin(6*x)
sin(x/2)**2 | sin(x)/2
x/2-sin(2*x)/4 | sin(x)**2
x/2+sin(2*x)/4 | cos(x)**2
sin(x)-x*cos(x) | x*sin(x)
sin(x)-sin(x)**3/3 | cos(x)**3
tan(x)+tan(x)**3/3 | sec(x)**4
asin(1-x) | -1/sqrt(2*x-x**2)
asin(2*x-1) | 1/sqrt(x-x**2)
acos(x**2) | -2*x/sqrt(1-x**4)
atan(sqrt(x**2-1)) | 1/(x*sqrt(x**2-1))
atan(x/sqrt(a**2-x**2)) | 1/sqrt(a**2-x**2)
atan(log(x)) | 1/(x*(1+log(x)**2))
sqrt(x)*atan(x) | atan(x)/(2*sqrt(x))+sqrt(x)/(1+x**2)
x**2*asin(x) | 2*x*asin(x)+x**2/sqrt(1-x**2)
asin(x)+acos(x) | 0
(1+x**2)*atan(x) | 2*x*atan(x)+1
sinh(x)/x | (x*cosh(x)-sinh(x))/x**2
sinh(x)*cosh(x) | cosh(2*x)
sinh(x)/(1+cosh(x)) | 1/(1+cosh(x))
log(tanh(x/2)) | csch(x)
tanh(x)-tanh(x)**3/3 | sech(x)**4
sech(x)**2 | -2*sech(x)**2*tanh(x)
acosh(2*x) | 2/sqrt(4*x**2-1)
atanh(x/2) | 2/(4-x**2)
asinh(1/x) | -1/(abs(x)*sqrt(x**2+1))
x*atanh(x)+log(1-x**2)/2 | atanh(x)
abs(x-2) | (x-2)/abs(x-2)
x/abs(x) | 0
sqrt(abs(x)) | x/(2*abs(x)**(3/2))
exp(-abs(x)) | -x*exp(-abs(x))/abs(x)
x**(2*x) | 2*x**(2*x)*(log(x)+1)
log(x)**x | log(x)**x*(log(log(x))+1/log(x))
cos(x)**x | cos(x)**x*(log(cos(x))-x*tan(x))
x**log(x) | 2*x**(log(x)-1)*log(x)
a**x/x**a | a**x*(x*log(a)-a)/x**(a+1)
a*b/(a+x) | -a*b/(a+x)**2
x**2/(x**2+y**2) | 2*x*y**2/(x**2+y**2)**2
x*exp(-y/x) | (1+y/x)*exp(-y/x)
sin(x)*cos(y)/x | cos(y)*(x*cos(x)-sin(x))/x**2
(x+y)/(x*y) | -1/x**2
log(x*y/(x+y)) | y/(x*(x+y))
sqrt(x*y) | y/(2*sqrt(x*y))
v*x/(k+x) | k*v/(k+x)**2
k*q/r**2 | -2*k*q/r**3 | r
p*(1+r/n)**(n*t) | p*t*(1+r/n)**(n*t-1) | r
1/(1+exp(-k*(x-c))) | k*exp(-k*(x-c))/(1+exp(-k*(x-c)))**2
exp(-x**2/2)/sqrt(2*pi) | -x*exp(-x**2/2)/sqrt(2*pi)
a*sin(w*t+p) | a*w*cos(w*t+p) | t
exp(-b*t)*sin(w*t) | exp(-b*t)*(w*cos(w*t)-b*sin(w*t)) | t
1/(c**2+(x-a)**2) | -2*(x-a)/(c**2+(x-a)**2)**2
x**2.5 | 2.5*x**1.5
0.1*x/(x+2) | 0.2/(x+2)**2
""")

LATER = _pairs("""
(5*x-2)/(3*x+4) | 26/(3*x+4)**2
x**2/(3*x-1) | x*(3*x-2)/(3*x-1)**2
(x**2+x-2)/(x**3+6) | (-x**4-2*x**3+6*x**2+12*x+6)/(x**3+6)**2
exp(x)/(1-exp(x)) | exp(x)/(1-exp(x))**2
(x**3+1)/(x**3-1) | -6*x**2/(x**3-1)**2
2*x/(1+x**2) | 2*(1-x**2)/(1+x**2)**2
(1-x*exp(x))/(x+exp(x)) | -(exp(2*x)+exp(x)+x**2*exp(x)+1)/(x+exp(x))**2
sqrt(x)/(2+x) | (2-x)/(2*sqrt(x)*(2+x)**2)
(x-sqrt(x))/x**2 | 3/(2*x**(5/2))-1/x**2
1/(x**4+x**2+1) | -2*x*(2*x**2+1)/(x**4+x**2+1)**2
(x**2+1)**10 | 20*x*(x**2+1)**9
(x**4+3*x**2-2)**5 | 10*x*(2*x**2+3)*(x**4+3*x**2-2)**4
(4*x-x**2)**100 | 200*(2-x)*(4*x-x**2)**99
sqrt(x**3+2) | 3*x**2/(2*sqrt(x**3+2))
1/(1+sec(x))**2 | -2*sec(x)*tan(x)/(1+sec(x))**3
((x-2)/(2*x+1))**9 | 45*(x-2)**8/(2*x+1)**10
(2*x+1)**5*(x**3-x+1)**4 | 2*(2*x+1)**4*(x**3-x+1)**3*(17*x**3+6*x**2-9*x+3)
sin(cos(tan(x))) | -cos(cos(tan(x)))*sin(tan(x))*sec(x)**2
exp(sec(3*x)) | 3*exp(sec(3*x))*sec(3*x)*tan(3*x)
sqrt(x+sqrt(x+sqrt(x))) | (1+(1+1/(2*sqrt(x)))/(2*sqrt(x+sqrt(x))))/(2*sqrt(x+sqrt(x+sqrt(x))))
cot(sin(x)**2) | -csc(sin(x)**2)**2*sin(2*x)
tan(sin(x)) | sec(sin(x))**2*cos(x)
x*sin(1/x) | sin(1/x)-cos(1/x)/x
sin(x)**5 | 5*sin(x)**4*cos(x)
cos(x**3) | -3*x**2*sin(x**3)
x*sin(x)*cos(x) | sin(2*x)/2+x*cos(2*x)
sin(x)/x**2 | (x*cos(x)-2*sin(x))/x**3
(sin(x)+cos(x))**2 | 2*cos(2*x)
(1+cos(2*x))**2 | -4*sin(2*x)*(1+cos(2*x))
sin(x)*sin(2*x) | cos(x)*sin(2*x)+2*sin(x)*cos(2*x)
cos(x)/(1+cos(x)) | -sin(x)/(1+cos(x))**2
(1-tan(x))/(1+tan(x)) | -2*sec(x)**2/(1+tan(x))**2
(sec(x)-1)/(sec(x)+1) | 2*sec(x)*tan(x)/(sec(x)+1)**2
cot(x)/(1+csc(x)) | -csc(x)/(1+csc(x))
sin(x)*sec(x) | sec(x)**2
csc(x)*cot(x) | -csc(x)*(cot(x)**2+csc(x)**2)
tan(x)**4/4 | tan(x)**3*sec(x)**2
4*sin(x)*cos(x) | 4*cos(2*x)
log(x)/sqrt(x) | (2-log(x))/(2*x*sqrt(x))
log(5*x) | 1/x
x**2*log(2*x) | x*(2*log(2*x)+1)
log(x**4*sin(x)**2) | 4/x+2*cot(x)
sin(log(x)) | cos(log(x))/x
log(sin(log(x))) | cot(log(x))/x
log((x+1)/sqrt(x-2)) | (x-5)/(2*(x+1)*(x-2))
log(log(log(x))) | 1/(x*log(x)*log(log(x)))
x*log(x)**2 | log(x)*(log(x)+2)
x/(1-log(x-1)) | (2*x-1-(x-1)*log(x-1))/((x-1)*(1-log(x-1))**2)
log(exp(-x)+x*exp(-x)) | -x/(1+x)
x*log10(x) | log10(x)+1/log(10)
sqrt(1+log(x)**2) | log(x)/(x*sqrt(1+log(x)**2))
log(1+exp(2*x)) | 2*exp(2*x)/(1+exp(2*x))
log(abs(cos(x))) | -tan(x)
log(x+sqrt(x**2+a**2)) | 1/sqrt(x**2+a**2)
log((x+a)/(x-a)) | -2*a/(x**2-a**2)
log((sqrt(x)-1)/(sqrt(x)+1)) | 1/(sqrt(x)*(x-1))
(exp(2*x)-1)/(exp(2*x)+1) | 4*exp(2*x)/(exp(2*x)+1)**2
exp(x)/x**3 | (x-3)*exp(x)/x**4
x**2*exp(-3*x) | x*(2-3*x)*exp(-3*x)
sqrt(1+exp(2*x)) | exp(2*x)/sqrt(1+exp(2*x))
exp(x*sin(x)) | exp(x*sin(x))*(sin(x)+x*cos(x))
x*exp(sqrt(x)) | (1+sqrt(x)/2)*exp(sqrt(x))
2**sin(x) | log(2)*2**sin(x)*cos(x)
x**5*5**x | x**4*5**x*(5+x*log(5))
exp(exp(x)) | exp(x+exp(x))
exp(x)*tan(x) | exp(x)*(tan(x)+sec(x)**2)
(1+x)*exp(-x) | -x*exp(-x)
exp(x)*(x**3-3*x**2+6*x-6) | x**3*exp(x)
x**sqrt(x) | x**sqrt(x)*(2+log(x))/(2*sqrt(x))
x**(x**2) | x**(x**2+1)*(2*log(x)+1)
log(x)**cos(x) | log(x)**cos(x)*(cos(x)/(x*log(x))-sin(x)*log(log(x)))
(1+1/x)**x | (1+1/x)**x*(log(1+1/x)-1/(x+1))
tan(x)**(1/x) | tan(x)**(1/x)*(sec(x)**2/(x*tan(x))-log(tan(x))/x**2)
x**2*sqrt(1-x**2) | x*(2-3*x**2)/sqrt(1-x**2)
sqrt((x**2+1)/(x**2-1)) | -2*x/((x**2-1)**2*sqrt((x**2+1)/(x**2-1)))
sqrt(x)*(x**2-5*x+3) | (5*x**2-15*x+3)/(2*sqrt(x))
x/sqrt(7-3*x) | (14-3*x)/(2*(7-3*x)**(3/2))
(x**2+1)/sqrt(x) | (3*x**2-1)/(2*x**(3/2))
cbrt(1+tan(x)) | sec(x)**2/(3*cbrt(1+tan(x))**2)
sqrt(x)+cbrt(x) | 1/(2*sqrt(x))+1/(3*cbrt(x)**2)
1/(x-sqrt(x**2-1)) | (x+sqrt(x**2-1))/sqrt(x**2-1)
(1-sqrt(x))/(1+sqrt(x)) | -1/(sqrt(x)*(1+sqrt(x))**2)
sqrt(2*x-1)/x | (1-x)/(x**2*sqrt(2*x-1))
atan(sqrt((1+x)/(1-x))) | 1/(2*sqrt(1-x**2))
x*atan(sqrt(x)) | atan(sqrt(x))+sqrt(x)/(2*(1+x))
asin(2*x+1) | 1/sqrt(-x**2-x)
atan(x-sqrt(1+x**2)) | 1/(2*(1+x**2))
acos(exp(2*x)) | -2*exp(2*x)/sqrt(1-exp(4*x))
sqrt(1-x**2)*acos(x) | -1-x*acos(x)/sqrt(1-x**2)
asin(x)/sqrt(1-x**2) | 1/(1-x**2)+x*asin(x)/(1-x**2)**(3/2)
x*asin(x) | asin(x)+x/sqrt(1-x**2)
asec(sqrt(x)) | 1/(2*x*sqrt(x-1))
atan(2*x/(1-x**2)) | 2/(1+x**2)
atan((x+a)/(1-a*x)) | 1/(1+x**2)
atan(a/x)+log(sqrt((x-a)/(x+a))) | 2*a**3/(x**4-a**4)
atan(exp(x))-log(sqrt(exp(2*x)/(exp(2*x)+1))) | (exp(x)-1)/(exp(2*x)+1)
asin((x-1)/2) | 1/sqrt(3+2*x-x**2)
acot(1/x) | 1/(1+x**2)
sinh(x)**2 | sinh(2*x)
log(tanh(x)) | 2/sinh(2*x)
atanh(sin(x)) | sec(x)
sinh(log(x)) | (x**2+1)/(2*x**2)
exp(x)*cosh(x) | exp(2*x)
x*tanh(x) | tanh(x)+x*sech(x)**2
sech(x)*tanh(x) | sech(x)*(sech(x)**2-tanh(x)**2)
(cosh(x)-1)/(cosh(x)+1) | 2*sinh(x)/(cosh(x)+1)**2
asinh(tan(x)) | abs(sec(x))
acosh(sqrt(x)) | 1/(2*sqrt(x*(x-1)))
x**2*sinh(2*x) | 2*x*(sinh(2*x)+x*cosh(2*x))
atan(tanh(x)) | sech(2*x)
sqrt(2*g*h) | g/sqrt(2*g*h) | h
2*pi*sqrt(l/g) | pi/sqrt(l*g) | l
m*c**2/sqrt(1-v**2/c**2) | m*v/(1-v**2/c**2)**(3/2) | v
q*x/(x**2+r**2)**(3/2) | q*(r**2-2*x**2)/(x**2+r**2)**(5/2)
4*d*((s/r)**12-(s/r)**6) | 24*d*(s**6/r**7-2*s**12/r**13) | r
v**2*sin(2*t)/g | 2*v**2*cos(2*t)/g | t
v**2*r/(r+s)**2 | v**2*(s-r)/(r+s)**3 | r
v*exp(-t/(r*c)) | -v*exp(-t/(r*c))/(r*c) | t
n*k*t/(v-n*b)-a*n**2/v**2 | 2*a*n**2/v**3-n*k*t/(v-n*b)**2 | v
c/(1+a*exp(-b*t)) | a*b*c*exp(-b*t)/(1+a*exp(-b*t))**2 | t
x**3/(exp(x)-1) | x**2*(3*(exp(x)-1)-x*exp(x))/(exp(x)-1)**2
f*(c+v)/(c-v) | 2*c*f/(c-v)**2 | v
1/(1/r+1/s) | s**2/(r+s)**2 | r
k*log(1+x/a) | k/(a+x)
1/sqrt((a**2-w**2)**2+b**2*w**2) | w*(2*(a**2-w**2)-b**2)/((a**2-w**2)**2+b**2*w**2)**(3/2) | w
x/(1+exp(-x)) | (1+exp(-x)+x*exp(-x))/(1+exp(-x))**2
log(1+exp(-x)) | -1/(exp(x)+1)
x*tanh(log(1+exp(x))) | tanh(log(1+exp(x)))+x*exp(x)*sech(log(1+exp(x)))**2/(1+exp(x))
exp(-x**2/(2*s**2)) | -x*exp(-x**2/(2*s**2))/s**2
x/(1+abs(x)) | 1/(1+abs(x))**2
sqrt(x**2+1)-1 | x/sqrt(x**2+1)
-y*log(p)-(1-y)*log(1-p) | (p-y)/(p*(1-p)) | p
log(cosh(x-y)) | tanh(x-y)
exp(x)/(exp(x)+exp(y)) | exp(x+y)/(exp(x)+exp(y))**2
sigmoid(x) | sigmoid(x)*(1-sigmoid(x))
softplus(x) | sigmoid(x)
x*sigmoid(x) | sigmoid(x)*(1+x*(1-sigmoid(x)))
relu(x)**2 | 2*relu(x)
x**3*y**2-2*x*y | 3*x**2*y**2-2*y
x*sin(y/x) | sin(y/x)-y*cos(y/x)/x
(x**2-y**2)/(x**2+y**2) | 4*x*y**2/(x**2+y**2)**2
x*y/(x**2+y**2) | y*(y**2-x**2)/(x**2+y**2)**2
sqrt(x**2-y**2) | x/sqrt(x**2-y**2)
asin(x/y) | -x/(y*sqrt(y**2-x**2)) | y
exp(x/y) | -x*exp(x/y)/y**2 | y
x**y | x**y*log(x) | y
x/(x+y+z) | (y+z)/(x+y+z)**2
atan(x/y) | -x/(x**2+y**2) | y
cos(x*y)**2 | -y*sin(2*x*y)
""")
