r"""LaTeX, as people write it and as the tool writes it, into the tokens of the one grammar.

::

    text -> lexemes   `\sin`, `\left(`, letters, `\\`; spaces and what is only for the looks fall away (`lexemes`,
                      with the table of `commands`)
         -> letters   side by side: `xy` is a product, `xln` is x and the function (`letters`, for those in fonts too)
         -> items     fractions, roots, scripts, cases become brackets and operators (`structure`, with `groups`,
                      `cases` and `factors`; `items` says what they are), and what is no formula is `refused`
         -> tokens    arguments without brackets get theirs, products their sign (`arguments`, the entry of this room,
                      with `functions`, `greek` letters that mean one, `calculus` for what stands before a formula,
                      and `doubts`)

In LaTeX blanks mean nothing, so that nothing is left to be told from them: what the grammar gets is all written out.
"""

import re

_CELL = re.compile(r"\s*=[^\\]*(\$[A-Z]{1,3}\$?[0-9]|\b[A-Z]{1,3}\$[0-9])[^\\]*$")
_SIGNS = ("\\", "$", "_{", "}_", "}^", "^{(", "&=", "{,}", "<m>")


def is_tex(text: str) -> bool:
    """Tell whether a text is LaTeX: it holds a command, a dollar sign, a subscript at braces or a tag of PreTeXt.

    The dollar signs of a spreadsheet's formula, `=$A$1^2`, are no such signs.
    """
    return any(sign in text for sign in _SIGNS) and not _CELL.match(text)
