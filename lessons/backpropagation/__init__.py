"""Chapter 2: optimizing a network with backpropagation."""
