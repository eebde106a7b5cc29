"""A conclusion reaches the registry over HTTP."""
