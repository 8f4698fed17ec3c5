"""Many questions in one call: a question a line, each answered in its turn, a bad one at its own cost alone.

::

    queries      a line's fields -> a query: texts, and what is asked of them
    lines        a file or a stream -> queries: JSON Lines, a JSON array, CSV, or an expression a line
    answering    a query -> what there is to say of it, in this process
    pool         the same, in several processes side by side
    exchange     what such a process is asked and says, as lines
    server       such a process
    printers     answers -> text, each as soon as it is ready, in every format that has room for them
"""
