"""HTTP of the published evaluations."""
