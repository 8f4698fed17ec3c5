"""How a derivative is found, rule by rule, and whether an answer of the reader's is right and where it went wrong.

::

    algebra      sums, products, quotients and powers of trees as people write them
    way          what is differentiated by; what a rule is
    rules        the rules, a row each: those of `sums`, `powers` and `functions`
    table        the derivatives of functions, as books have them
    steps        a function -> the lines of its derivation
    subject      a function that has been answered for: its derivatives and their lines
    holding      equations, held against numbers that the worker sees as differences

    mistakes     broken rules, a row each: those of `broken_functions` and `broken_sums`
    diagnosis    a wrong answer -> the mistakes that give it
    answers      a reader's answer -> right or wrong, and how that is known

    asking       `explain` and `check`
"""
