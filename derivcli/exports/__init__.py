"""f and its derivatives as code: a program, the chain rule on it, and one table a language.

`chain` differentiates the program by the catalogue's formulas, `spelling` says which functions a language has and
writes the others as helpers, `safety` keeps branches that are not taken harmless, `emitter` makes text of it all by the
table of a language in `languages`, and `samples` are the numbers of the witnesses that the code tests itself against.
"""
