"""The autograd graph of an expression at a point: what torch's `backward()` walks, with all its numbers.

`code` writes the expression as a tutorial does and runs it; `recorder` hears from torch what each tensor stands for,
`walk` goes through torch's nodes and writes down what each says, and `slopes` gives the formulas beside it. `asking`
holds the numbers against the calculator's answer. `terminal` and `diagrams` print the graph (`model.graph`); they know
no torch.
"""

from __future__ import annotations
