"""The screens: each composes widgets, forwards what the learner wants, and does no arithmetic."""
