"""How large the slopes are in each layer, for three activations side by side."""
