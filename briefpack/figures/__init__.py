"""Vector pictures: charts, QR codes and SVG files → Drawings, and Drawings → operators and pixels."""
