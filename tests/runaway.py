"""A question that keeps the worker busy for ten seconds and more, in calls of FLINT that only a kill can stop."""

# Thirty milliseconds each, far outside the unit circle; torch has none of an order above 50, and says so at once.
RUNAWAY = " + ".join(f"polylog({order}/7, x)" for order in range(401, 801))
AT = "-2.3"
