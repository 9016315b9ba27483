"""Chapter 1: basics of deep learning."""
