"""briefpack: YAML sections and annex PDFs in, a Word and a PDF briefing pack for every audience out."""

__version__ = "0.1.0"
