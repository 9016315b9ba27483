"""Chapter 3: building models."""
