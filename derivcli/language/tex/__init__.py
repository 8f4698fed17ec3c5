r"""LaTeX, as people write it and as the tool writes it, into the tokens of the one grammar.

::

    text -> lexemes   `\sin`, `\left(`, letters, `\\`; spaces and what is only for the looks fall away
         -> runs      letters side by side: `xy` is a product, `xln` is x and the function
         -> items     fractions, roots, scripts, cases become brackets and operators (`structure`)
         -> tokens    arguments without brackets get theirs, products their sign (`arguments`)

In LaTeX blanks mean nothing, so that nothing is left to be told from them: what the grammar gets is all written out.
"""

_SIGNS = ("\\", "$", "_{", "}_", "}^", "^{(", "&=", "{,}", "<m>")


def is_tex(text: str) -> bool:
    """Tell whether a text is LaTeX: it holds a command, a dollar sign, a subscript at braces or a tag of PreTeXt."""
    return any(sign in text for sign in _SIGNS)
