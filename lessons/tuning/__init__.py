"""Chapter 4: fine-tuning."""
