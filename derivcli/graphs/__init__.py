"""The autograd graph of an expression at a point: what torch's `backward()` walks, with all its numbers.

`code` writes the expression as a tutorial does, `recorder` hears from torch what each tensor stands for, `walk` writes
down what torch's nodes say, and `slopes` gives the formulas beside it. `asking` holds the numbers against the
calculator's answer. `tree`, `attributes`, `dot` and `mermaid` print what `model` holds; they know no torch.
"""

from __future__ import annotations
