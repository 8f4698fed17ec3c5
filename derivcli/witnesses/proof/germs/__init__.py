"""What is proved of f on one side of a point: kinks, ends of the domain, gaps, poles.

f(a + s) for small s > 0 is expanded in powers of s, of l = log(1/s), of log(l), and exponentials of such, by rules that
are theorems:

- A coefficient is a polynomial over the rationals in atoms (pi, e, primes to rational powers, logarithms, values of
  functions). That two are equal is proved by algebra, for algebraic numbers always (`separation`), that they differ by
  balls; else nothing is said (`constants`).
- Sums, products, and a function that is analytic where its argument tends to: Taylor's theorem bounds what is left out
  by a power of what tends to 0 (`series`). exp, log and powers of what tends to 0 or to infinity: exact identities that
  lead back to such functions (`powers`, `exponentials`, `angles`); exp(-1/s) is a power of s whose exponent grows
  (`exponents`).
- A switch (abs, max, floor, a condition) goes by the sign of the first coefficient, which must be proved not to be 0:
  it is the sign for all small s. Where that is open, all that is kept is that the result lies between both branches
  (`switches`).
- sin and cos of what grows without bound take all values between -1 and 1 again and again, where the argument is
  continuous (intermediate values). Only bounds are kept of them, and two of their limit points (`rests`).
- Without such waves all functions here are definable in an o-minimal structure that holds the restricted analytic
  functions, exp, Gamma on (0, inf) and zeta on (1, inf) (L. van den Dries and P. Speissegger, Proc. London Math. Soc.
  81, 2000, 513-565) and is closed under solutions of first-order equations, so under integrals, and has the logarithmic
  slopes of Bessel functions without zeros (P. Speissegger, J. reine angew. Math. 508, 1999, 189-211): they have limits,
  finite or not, and are differentiable next to the point. Their germs are a Hardy field, in which an expansion may be
  differentiated term by term (N. Bourbaki, Functions of a Real Variable, V, appendix; M. Rosenlicht, Trans. AMS 280,
  1983, 659-671).
- Sums and products of sines and cosines of one such phase are those of the identities for sums of angles (`turning`).
- In several variables together a function is followed by bounds on its distance from a number (`deviations`), which
  prove limits and what a stationary point is (`together`); a curve by its own expansion (`following`).
- A one-sided slope is the limit of (f(a + s) - f(a))/s, where f(a) is computed by the same rules, so that what is equal
  cancels. No rule of differentiation of another witness is used.
- A derivative by y along the line on which x moves is a coefficient of the expansion of f in both directions, of which
  the one in y has germs as coefficients (`jets`, `across`). It is there where both sides have the same.

A side is without real values only where a domain is left for sure. Where no rule is known, nothing is said.
"""
