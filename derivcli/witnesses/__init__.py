"""The three witnesses, each blind to what another sees."""
