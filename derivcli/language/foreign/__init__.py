"""Notations of other programs -> the one grammar: Python, C, Fortran, R, Mathematica, Maxima, spreadsheets, ROOT.

::

    text -> tokens    by `tokens`, as any text
         -> tokens    with one spelling for each name, without what stands in front of a function's body (`reading`),
                      with words of English as signs and functions (`english`, by the tables of `phrases`; what they do
                      not tell is refused by `speech`), without dots (`modules`, by the tables of `dialects` and
                      `layers`), with calls in our names and brackets (`notations`)
         -> tokens    with signs, words and names of the language (`words`)

`parser` tells whether a text holds anything of a program: these modules load for such a text alone, but for
`vocabulary`, the table of names.
"""
