"""The command: options, streams, exit codes. It neither computes nor formats."""
