"""The archive as its reader meets it: a copied file, the command, nothing else."""
