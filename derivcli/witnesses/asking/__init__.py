"""What the worker is asked besides evidence about f: a module for each kind of request, with its replies.

They are loaded where they are asked, or come: few questions need one, and every class of records costs each of the two
processes half a millisecond.
"""
