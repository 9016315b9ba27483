"""One small state machine per kind of lab. No screen code: driven and tested headless."""
