"""How a derivative is found, rule by rule, and whether an answer of the reader's is right and where it went wrong.

::

    algebra      sums, products, quotients and powers of trees as people write them
    way          what is differentiated by; what a rule is
    rules        the rules, a row each: those of `sums`, `powers` and `functions`
    table        the derivatives of functions, as books have them
    steps        a function -> the lines of its derivation
    subject      a function that has been answered for: its derivatives and their lines
    holding      equations, held against numbers that the worker has from expansions
    regions      points in every region between the places where a function may switch

    mistakes     broken rules, a row each: those of `broken_powers`, `broken_functions` and `broken_sums`
    diagnosis    a wrong answer -> the mistakes that give it
    given        the text of a reader's answer -> its formula
    answers      a reader's answer -> right or wrong, and how that is known
    numbers      an answer at a point: a number, or that there is no derivative
    counterexamples  a point where an answer is wrong, in words

    asking       `explain` and `check`
"""
