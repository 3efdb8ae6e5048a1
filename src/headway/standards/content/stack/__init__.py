"""STACK questions of Moodle, as far as the coach can judge their answers; a question's own tests say whether it can."""

from headway.standards.content.stack.question import stack_parts

__all__ = ["stack_parts"]
