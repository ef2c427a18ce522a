"""Files an author calls annexes → clean, measured PDFs → bound behind the body, stamped, as one pack."""
