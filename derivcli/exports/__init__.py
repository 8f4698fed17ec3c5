"""f and its derivatives as code: a program, the chain rule on it, and one table a language.

`stable` looks for a form that does not cancel, `chain` differentiates by the catalogue's formulas, `folding`
computes its constants, `spelling` says which functions a language has, `safety` keeps branches that are not taken
harmless. `emitter` and `writers` make text of it by the table of a language in `languages`; `samples` are the numbers
of the witnesses that the code tests itself against. `drafting` joins all that asks no witness, `asking` the rest.
"""
