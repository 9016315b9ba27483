"""A lesson: pages.md is what is read, lesson.py what is done."""
