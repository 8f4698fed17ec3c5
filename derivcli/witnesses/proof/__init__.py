"""The third witness: proofs from values of f alone where f is analytic, on FLINT's ball arithmetic (Arb).

What is a theorem, and from what:

- A value: FLINT's functions return a ball that holds the result for every point of the balls given (F. Johansson, Arb,
  IEEE Transactions on Computers 66, 2017, 1281-1292). Rationals are computed exactly, as long as they stay short.
- A derivative: where every instruction is holomorphic on the boxes that it meets, f is holomorphic on a polydisc;
  Cauchy's estimate bounds its Taylor coefficients, and so what a difference leaves out, along the real line or away
  from it (see `discs`), or a mean over a circle (see `circles`). The boxes hold the point, and at real points the rules
  are the real functions, so it is the derivative of f.
- All first derivatives at once: the same theorem for each instruction by itself, and the chain rule (see `chain`).
  No other rule of differentiation gives a number, and no other witness is imported.

- Where f switches: a part that is 0 (or whole) there is found wherever it is, or an interval is named in which it was
  not settled (see `zeros`). That no part is forgotten is what the tables of `clues` say, and tested. Peaks between the
  samples of a picture are bounded by balls of values (see `peaks`).
- Slopes on an interval are the catalogue's formulas in balls (see `sloped`). No number of the witness is one of them.
  But that a curve F = 0 is one line near a kink stands on one: they show that F's slope by y is not 0 (see `steady`).

What is no theorem, but tested:

- FLINT and python-flint are taken at their word. The tests hold each row against mpmath.
- FLINT does not say where a complex function is holomorphic. The guards of the rules do, written by hand from the
  sources beside them; the tests throw thousands of boxes across every cut, edge and pole, and look for a jump.
- f is the program that the expression was read as: a misreading is proved as faithfully as anything.

Kinks, jumps, edges of a domain and gaps are looked at from each side, by expansions of f (see `germs`). What cannot be
proved, or takes too long, is None, never a guess.
"""
