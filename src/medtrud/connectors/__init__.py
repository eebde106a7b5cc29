"""One folder per outside system; nobody imports them."""
