"""How the sheet that shows who gets what looks on the screen, and where it is printed from there: one style sheet, which fetches nothing."""

from __future__ import annotations

CSS = """\
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 2.5rem 2rem 4rem; background: #fff; color: #1c2430;
  font: 15px/1.5 Calibri, Carlito, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
header { border-bottom: 3px solid #1f3a5f; padding-bottom: 1rem; margin-bottom: 2rem; }
.marking { font-weight: 700; letter-spacing: .04em; text-align: center; color: #8a1c1c; margin: 0 0 1.2rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .2rem; color: #1f3a5f; }
header p { margin: .1rem 0; color: #55606f; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1rem; }
th, td { text-align: start; vertical-align: top; padding: .4rem .7rem .4rem 0; border-bottom: 1px solid #d9dfe7; }
thead th { font-size: .82rem; color: #55606f; font-weight: 600; border-bottom: 1.5px solid #1f3a5f; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.large { color: #8a1c1c; font-weight: 700; }
a { color: inherit; }
article { margin: 2.6rem 0 0; border: 1px solid #d9dfe7; border-top: 3px solid #1f3a5f; padding: 1.2rem 1.4rem 1rem; }
article header { border: 0; padding: 0; margin: 0 0 .8rem; display: flex; justify-content: space-between; gap: 1rem; align-items: baseline; }
h2 { font-size: 1.25rem; margin: 0; color: #1f3a5f; }
article header .marking { margin: 0; text-align: end; }
dl { display: grid; grid-template-columns: 7.5rem 1fr; gap: .25rem .8rem; margin: 0 0 1rem; }
dt { color: #55606f; }
dd { margin: 0; overflow-wrap: anywhere; }
dd ul { list-style: none; margin: 0; padding: 0; }
.address, .file { color: #55606f; }
.copy { display: inline-block; border: 1px solid #b9c3cf; border-radius: .6rem; padding: 0 .5rem; font-size: .8rem; margin-inline-start: .4rem; }
.digest { font: 11px/1.45 "Cascadia Mono", "DejaVu Sans Mono", Consolas, monospace; overflow-wrap: anywhere; color: #55606f; }
.text { white-space: pre-wrap; background: #f5f7fa; padding: .8rem 1rem; margin: 0; font: inherit; overflow-wrap: anywhere; }
.nobody { color: #55606f; }
.odd { border-inline-start: 3px solid #8a1c1c; padding: .1rem 0 .1rem 1rem; overflow-wrap: anywhere; }
.odd h2 { font-size: 1rem; color: #8a1c1c; }
.odd ul { margin: .2rem 0; padding-inline-start: 1.1rem; }
.own { display: block; color: #55606f; font-size: .85rem; }
.draft { background: #8a1c1c; color: #fff; font-weight: 700; letter-spacing: .08em; text-align: center; padding: .3rem; margin: 0 0 1rem; }
.readers td { padding-top: .25rem; padding-bottom: .25rem; }
.readers bdi, .readers .address { overflow-wrap: anywhere; }
.readers .address { display: block; }
details { border-top: 1px solid #d9dfe7; }
summary { cursor: pointer; padding: .35rem 0; color: #1f3a5f; }
.trace { font-family: "Cascadia Mono", "DejaVu Sans Mono", Consolas, monospace; font-size: .85rem; white-space: nowrap; }
@media screen and (max-width: 42rem) {
  body { padding: 1.2rem 1rem 3rem; }
  article { padding: 1rem .9rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .45rem; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, td { display: block; }
  tr { padding: .5rem 0; border-bottom: 1px solid #d9dfe7; }
  td, td.number, .readers td { border: 0; padding: .1rem 0 .1rem 7rem; min-height: 1.6em; text-align: start; white-space: normal; overflow-wrap: anywhere; }
  td::before { content: attr(data-head); float: left; width: 6.5rem; margin-left: -7rem; color: #55606f; font-size: .82rem; line-height: 1.83; }
  td.digest::before { font-family: Calibri, Carlito, "Segoe UI", "Helvetica Neue", Arial, sans-serif; font-size: 12.3px; line-height: 1.3; }
}
@media print {
  @page { margin: 18mm 16mm; }
  body { max-width: none; padding: 0; font-size: 8.5pt; }
  article { margin-top: 1rem; padding: .8rem 1rem; }
  article, tr, dl { break-inside: avoid; }
  article:has(.readers) { break-inside: auto; }
  h2 { break-after: avoid; }
  .text { background: none; border-inline-start: 2px solid #d9dfe7; }
}
"""
