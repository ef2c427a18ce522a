"""Compiles one Typst file to PDF, as a process of its own so that its time and memory can be measured."""

from __future__ import annotations

import sys

import typst

if __name__ == "__main__":
    source, target, fonts = sys.argv[1:4]
    typst.compile(source, output=target, font_paths=[fonts])
