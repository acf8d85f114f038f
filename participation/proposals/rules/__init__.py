"""What can be decided about a proposal from facts alone."""
