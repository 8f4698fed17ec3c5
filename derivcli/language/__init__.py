"""Text -> syntax tree -> program. Standard library only.

A text is read in these stages, each by the modules beside it; a note says what was read as something else.

::

    tokens         characters -> tokens that know their span; `symbols` are those beyond ASCII
    lookalikes     what was pasted from elsewhere and looks like ours: refused, or said; `photographs` took one letter
                   for another
    foreign/       notations of other programs -> our tokens; loaded for such a text alone
    tex/           LaTeX -> our tokens, in the place of the three above; loaded for such a text alone
    parts          names that a text gives to its parts, with `slopes` that are asked for by such a name; `definitions`
                   put in the place of their names; loaded where there are any
    outside        what stands around an expression: `y =`, `f(x) =`; `requests` in words: `derivative of`;
                   `derivatives`: `d/dx`, `diff(..., x)`; `placed`: points, which are refused
    reading        tokens as they are meant: numbers in other notations (`exponents`), `products` of letters and
                   functions such as `xsinx` (`cuts` has each way to cut a name), where they are no `everyday` words
    grammar        tokens -> the tree, with `groups` (brackets while they are open), `brackets` (which belong together,
                   what follows), `operators` (how tightly they bind), `names` (what one means), `calls` that are
                   finished, `doubts` (what people read in two ways) and `reach` (so of powers and quotients)
    notes          places whose reading has to be said -> sentences

    parser         all of the above: one text -> its tree
    question       the texts of a request -> trees checked against each other; `assignments` are `x=2,y=pi/4`
    complaints     what is said in several places where a text cannot be read
    limits         how large a text, a number and a constant may be

And what is done with a tree.

::

    tree           its one kind of node, and a function along a line
    printer        tree -> text that parses to it
    latex          tree -> LaTeX; `notation` has the special functions' letters, for tex/ too
    lowering       tree <-> program, with the definitions of functions put in their place
    program        one instruction for each distinct part; `numbers` are its exact literals
    rewriting      other forms that float64 may compute better, by the table of `identities`, where `matching` finds one
    catalogue/     a row a function
    domains        where each is real, as a program
    diagnostics    an error -> its message with a caret
"""
