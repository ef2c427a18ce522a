"""Files that are no PDF → PDFs that cleaning can take in: pictures, and documents of Office programs; scans → scans with their text."""
