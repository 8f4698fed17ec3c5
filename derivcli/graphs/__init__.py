"""The autograd graph of an expression at a point: what torch's `backward()` walks, with all its numbers.

`code` writes the expression as a tutorial does, and `running` runs it; `recorder` hears from torch what each tensor
stands for, `walk` goes through torch's nodes, `account` writes down what each says, and `slopes` gives the formulas
beside it. `asking` holds the numbers against the calculator's answer. `tree`, `attributes`, `dot` and `mermaid` print
what `model` holds; they know no torch.
"""

from __future__ import annotations
