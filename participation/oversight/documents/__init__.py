"""Papers made of an appraisal."""

from .result import result_docx

__all__ = ["result_docx"]
