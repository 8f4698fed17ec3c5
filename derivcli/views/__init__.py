"""What several derivatives make together: matrices, tangents, polynomials, differentials."""

from derivcli.views.build import add

__all__ = ["add"]
