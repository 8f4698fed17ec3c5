"""Notations of other programs -> the one grammar: Python, C, Fortran, R, Mathematica, Maxima, spreadsheets, ROOT.

::

    text -> tokens    by `tokens`, as any text
         -> tokens    without what stands in front of a function's body (`lambdas`), dots (`modules`) and names of
                      arguments (`named_arguments`), `mathematica` and `spreadsheet` in our names and brackets
         -> tokens    `signs`, `words` and names (`renaming`) of the language

`entry` tells whether a text holds anything of a program: `reading` and the readers load for such a text alone. The
tables are `vocabulary` (names), `libraries` (names in modules) and `forms` (what is an operation here).
"""
