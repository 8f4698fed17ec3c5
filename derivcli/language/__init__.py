"""Text -> syntax tree -> program. Standard library only."""
