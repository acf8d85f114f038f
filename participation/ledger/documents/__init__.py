"""Papers made of the ledger."""

from .letter import letter_docx

__all__ = ["letter_docx"]
