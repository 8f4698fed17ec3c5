"""Files of points, answered part by part: each part by itself, in any order, by any process, always the same bytes.

`--engine` names who runs the parts: this process, or the workers of Dask. `files` finds the files, `parts` cuts them
and answers a part, `manifest` remembers what is done, `run` goes through a question from beginning to end.
"""
