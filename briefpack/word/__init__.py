"""The Word writer: a Document and a Style become a .docx. The only room with python-docx and lxml."""
