"""One file per method: its networks and its step."""
