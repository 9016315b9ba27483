"""Whether the course is whole: `findings` goes over all of it, and the tests use the same parts."""

from lessons.validation.course import findings
from lessons.validation.finding import Finding

__all__ = ["Finding", "findings"]
