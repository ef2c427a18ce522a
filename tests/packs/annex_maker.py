"""Makes the annexes of the example pack, always the same bytes: `python tests/packs/annex_maker.py`.

Together they hold what makes binding hard: bookmarks and links of their own, equal destination names in two files,
landscape pages, pages stored turned, a visible area smaller than the sheet with an odd origin.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Name
from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "briefpack" / "data" / "fonts"
ANNEXES = ROOT / "sources" / "foreign-ministers" / "annexes"

NAVY, INK, GREY, RULE, TINT, SPECIMEN = (
    HexColor(c) for c in ("#1b365d", "#1a1a1a", "#5a6270", "#c9ced6", "#eef2f7", "#edf0f4")
)
REGULAR, BOLD, ITALIC = "Annex-Regular", "Annex-Bold", "Annex-Italic"
MARGIN, TOP, BOTTOM = 68.0, 88.0, 96.0
"""Points. Top and bottom leave room for what a pack stamps on annex pages."""


def register_fonts() -> None:
    for name in ("Regular", "Bold", "Italic"):
        pdfmetrics.registerFont(TTFont(f"Annex-{name}", str(FONTS / f"Carlito-{name}.ttf")))


class Sheet:
    """A page being filled from the top. size: points. turned: how the page is stored, as in /Rotate."""

    def __init__(self, canvas: Canvas, size: tuple[float, float], turned: int = 0) -> None:
        self.canvas = canvas
        self.width, self.height = size
        self.y = self.height - TOP
        # As seen: reportlab itself swaps the sides of a page that is stored turned.
        canvas.setPageSize(size)
        if turned:
            canvas.setPageRotation(turned)
            match turned:
                case 90:
                    canvas.transform(0, 1, -1, 0, self.height, 0)
                case 180:
                    canvas.transform(-1, 0, 0, -1, self.width, self.height)
                case 270:
                    canvas.transform(0, -1, 1, 0, 0, self.width)
        self.specimen()

    @property
    def measure(self) -> float:
        return self.width - 2 * MARGIN

    def specimen(self) -> None:
        c = self.canvas
        c.saveState()
        c.setFillColor(SPECIMEN)
        c.translate(self.width / 2, self.height / 2)
        c.rotate(38 if self.height > self.width else 24)
        c.setFont(BOLD, 92)
        c.drawCentredString(0, -30, "SPECIMEN")
        c.restoreState()

    def title(self, title: str, under: str) -> None:
        c = self.canvas
        c.setFillColor(NAVY)
        c.setFont(BOLD, 21)
        c.drawString(MARGIN, self.y - 15, title)
        c.setFillColor(GREY)
        c.setFont(REGULAR, 10.5)
        c.drawString(MARGIN, self.y - 33, under)
        c.setStrokeColor(NAVY)
        c.setLineWidth(1.2)
        c.line(MARGIN, self.y - 44, self.width - MARGIN, self.y - 44)
        self.y -= 66

    def heading(self, words: str) -> None:
        self.y -= 10
        self.canvas.setFillColor(NAVY)
        self.canvas.setFont(BOLD, 13)
        self.canvas.drawString(MARGIN, self.y - 11, words)
        self.y -= 22

    def text(self, words: str, indent: float = 0, bullet: str = "") -> None:
        c = self.canvas
        for line in simpleSplit(words, REGULAR, 11, self.measure - indent):
            c.setFillColor(INK)
            c.setFont(REGULAR, 11)
            if bullet:
                c.drawString(MARGIN + indent - 14, self.y - 11, bullet)
                bullet = ""
            c.drawString(MARGIN + indent, self.y - 11, line)
            self.y -= 15.4
        self.y -= 6

    def bullets(self, items: Sequence[str]) -> None:
        for item in items:
            self.text(item, 16, "•")
            self.y += 3
        self.y -= 5

    def link(self, words: str, make: Callable[[tuple[float, float, float, float]], None]) -> None:
        """A line of blue words that leads somewhere. make: given the place of the words."""
        c = self.canvas
        c.setFillColor(NAVY)
        c.setFont(REGULAR, 11)
        c.drawString(MARGIN, self.y - 11, words)
        width = pdfmetrics.stringWidth(words, REGULAR, 11)
        c.setStrokeColor(RULE)
        c.setLineWidth(0.6)
        c.line(MARGIN, self.y - 13.2, MARGIN + width, self.y - 13.2)
        make((MARGIN, self.y - 14, MARGIN + width, self.y - 1))
        self.y -= 18

    def table(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        numeric: bool = False,
    ) -> None:
        """widths: shares of the measure. numeric: every column but the first stands right."""
        c = self.canvas
        edges = [MARGIN]
        for share in widths:
            edges.append(edges[-1] + share * self.measure)
        self._row(header, edges, BOLD, NAVY, numeric)
        c.setStrokeColor(NAVY)
        c.setLineWidth(1)
        c.line(edges[0], self.y, edges[-1], self.y)
        for row in rows:
            self._row(row, edges, REGULAR, INK, numeric)
            c.setStrokeColor(RULE)
            c.setLineWidth(0.5)
            c.line(edges[0], self.y, edges[-1], self.y)
        self.y -= 14

    def _row(
        self, cells: Sequence[str], edges: Sequence[float], font: str, colour: object, numeric: bool
    ) -> None:
        c = self.canvas
        lines = [
            simpleSplit(cell, font, 10.5, right - left - 8)
            for cell, left, right in zip(cells, edges, edges[1:], strict=False)
        ]
        for column, (cell, left, right) in enumerate(zip(lines, edges, edges[1:], strict=False)):
            y = self.y - 15
            for line in cell:
                c.setFillColor(colour)
                c.setFont(font, 10.5)
                if numeric and column:
                    c.drawRightString(right - 4, y, line)
                else:
                    c.drawString(left, y, line)
                y -= 13.5
        self.y -= 13.5 * max(map(len, lines), default=1) + 8

    def note(self, words: str) -> None:
        self.canvas.setFillColor(GREY)
        for line in simpleSplit(words, ITALIC, 9.5, self.measure):
            self.canvas.setFont(ITALIC, 9.5)
            self.canvas.drawString(MARGIN, self.y - 9, line)
            self.y -= 12.5
        self.y -= 4


def _canvas(buffer: io.BytesIO, title: str) -> Canvas:
    # Without it reportlab names Helvetica on every page, which is embedded nowhere.
    canvas = Canvas(buffer, invariant=1, pageCompression=1, initialFontName=REGULAR)
    canvas.setTitle(title)
    canvas.setAuthor("Ministry of External Affairs")
    canvas.setSubject("Specimen")
    return canvas


def _into(canvas: Canvas, name: str) -> Callable[[tuple[float, float, float, float]], None]:
    return lambda rect: canvas.linkRect("", name, rect, relative=1)


def _by_name(content: bytes, names: Sequence[str], *, old: bool) -> bytes:
    """The same file with links and bookmarks that lead to names, which reportlab resolves before it writes them.

    names: of the pages, in their order. old: names are PDF names in /Dests, as before PDF 1.2, else strings in a name tree.
    """
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        name_of = {page.obj.objgen: name for page, name in zip(pdf.pages, names, strict=True)}
        for holder in [
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Dest" in item
        ]:
            name = name_of[holder.Dest[0].objgen]
            holder.Dest = Name(f"/{name}") if old else pikepdf.String(name)
        places = [(name, Array([page.obj, Name.Fit])) for page, name in zip(pdf.pages, names, strict=True)]
        if old:
            pdf.Root.Dests = pikepdf.Dictionary({f"/{name}": place for name, place in places})
        else:
            tree = pikepdf.NameTree.new(pdf)
            for name, place in places:
                tree[name] = place
            pdf.Root.Names = pikepdf.Dictionary(Dests=tree.obj)
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


# --------------------------------------------------------------------------- the five annexes


def action_plan() -> bytes:
    """Portrait A4, four pages: bookmarks of two levels, links inside, named destinations "start", "part-1" …"""
    buffer = io.BytesIO()
    c = _canvas(buffer, "Action plan for the southern neighbourhood")
    parts = ("Where we stand", "Lines of work", "Next steps")

    s = Sheet(c, A4)
    c.bookmarkPage("start")
    c.addOutlineEntry("Action plan", "start", 0)
    s.title(
        "Action plan for the southern neighbourhood",
        "Sample summary on public facts · not an official document",
    )
    s.text(
        "At the Washington Summit in July 2024, leaders adopted an action plan for the southern neighbourhood. "
        "This sample retells in a few lines what is publicly known of it, as a reader of a briefing pack would want it: "
        "what it answers to, through what it works, and what comes next."
    )
    s.heading("In this paper")
    for number, part in enumerate(parts, 1):
        s.link(f"{number}  {part}", _into(c, f"part-{number}"))
    s.heading("On the web")
    s.link("www.nato.int", lambda rect: c.linkURL("https://www.nato.int/", rect, relative=1))
    c.showPage()

    s = Sheet(c, A4)
    c.bookmarkPage("part-1")
    c.addOutlineEntry(parts[0], "part-1", 1)
    s.title(f"1  {parts[0]}", "Sample summary")
    s.text(
        "The southern neighbourhood is unstable, and what happens there does not stay there. The action plan is the "
        "Alliance's answer: it brings together, under one heading, what had grown up side by side."
    )
    s.heading("What it answers to")
    s.bullets(
        (
            "Instability in the southern neighbourhood.",
            "Partners who ask for contact that is close and steady.",
            "The need for one focal point on the Alliance's side.",
        )
    )
    s.heading("The focal point")
    s.text(
        "The Special Representative for the Southern Neighbourhood is the focal point for all work in the region."
    )
    s.link("Back to the start", _into(c, "start"))
    c.showPage()

    s = Sheet(c, A4)
    c.bookmarkPage("part-2")
    c.addOutlineEntry(parts[1], "part-2", 1)
    s.title(f"2  {parts[1]}", "Sample summary")
    s.table(
        ("Through", "Where", "What for"),
        (
            ("NATO Liaison Office", "Amman", "Contact with partners; opening soon"),
            (
                "NATO-ICI Regional Centre",
                "Kuwait",
                "Work with the partners of the Istanbul Cooperation Initiative",
            ),
            ("Hub for the South", "—", "Understanding the region"),
            ("Defence Capacity Building Initiative", "With partners", "Building institutions and forces"),
            ("NATO Mission Iraq", "Iraq", "Advice and capacity-building; non-combat, at Iraq's request"),
        ),
        (0.34, 0.18, 0.48),
    )
    s.note("The third column is a short description made for this sample.")
    s.link("Next steps are in part 3", _into(c, "part-3"))
    c.showPage()

    s = Sheet(c, A4)
    c.bookmarkPage("part-3")
    c.addOutlineEntry(parts[2], "part-3", 1)
    s.title(f"3  {parts[2]}", "Sample summary")
    s.text(
        "What a delegation would want to see before the Summit in The Hague at the end of June 2025 (our own words):"
    )
    s.bullets(
        (
            "the Liaison Office in Amman open and at work;",
            "one project for each line of work that can be shown to leaders;",
            "a short report on where the plan stands.",
        )
    )
    s.link("Back to the start", _into(c, "start"))
    c.showPage()
    c.save()
    return _by_name(buffer.getvalue(), ("start", "part-1", "part-2", "part-3"), old=False)


def visits_map() -> bytes:
    """Landscape A4, one page of vectors: the two visits of March 2025 as a schematic, no geography."""
    buffer = io.BytesIO()
    c = _canvas(buffer, "The March visits at a glance")
    s = Sheet(c, (A4[1], A4[0]))
    s.title(
        "The March visits at a glance",
        "Schematic, not to scale · order and distance say nothing about dates or routes",
    )

    left, right, line = MARGIN + 20, s.width - MARGIN - 20, 318.0
    stops = (
        (
            0.04,
            "July 2024",
            "Washington",
            "Summit",
            "Leaders call the region one of strategic importance",
            False,
        ),
        (0.35, "March 2025", "Sarajevo", "Visit of the Secretary General", "Bosnia and Herzegovina", True),
        (0.66, "March 2025", "Kosovo", "Visit with the North Atlantic Council", "KFOR and the NALT", True),
        (0.96, "3–4 April 2025", "Brussels", "Foreign ministers", "Prepare the Summit in The Hague", False),
    )
    places = [left + share * (right - left) for share, *_ in stops]
    c.setFillColor(TINT)
    c.roundRect(places[1] - 84, line - 116, places[2] - places[1] + 168, 198, 12, stroke=0, fill=1)
    c.setFillColor(GREY)
    c.setFont(BOLD, 10)
    c.drawCentredString((places[1] + places[2]) / 2, line + 60, "WESTERN BALKANS")
    c.setStrokeColor(NAVY)
    c.setLineWidth(2)
    for start, end in itertools.pairwise(places):
        path = c.beginPath()
        path.moveTo(start, line)
        path.curveTo(start + (end - start) / 3, line + 26, end - (end - start) / 3, line + 26, end, line)
        c.drawPath(path)
    for x, (_, when, place, what, detail, visit) in zip(places, stops, strict=True):
        c.setFillColor(NAVY if visit else white)
        c.setStrokeColor(NAVY)
        c.circle(x, line, 8 if visit else 6, stroke=1, fill=1)
        for y, font, size, colour, words in (
            (-26, BOLD, 14, NAVY, place),
            (-42, REGULAR, 10.5, GREY, when),
            (-60, REGULAR, 10.5, INK, what),
        ):
            c.setFont(font, size)
            c.setFillColor(colour)
            c.drawCentredString(x, line + y, words)
        c.setFillColor(GREY)
        for number, words in enumerate(simpleSplit(detail, ITALIC, 10, 150)):
            c.setFont(ITALIC, 10)
            c.drawCentredString(x, line - 76 - 12 * number, words)
    s.y = 160
    for visit, words in ((True, "a visit in March 2025"), (False, "a meeting")):
        c.setStrokeColor(NAVY)
        c.setFillColor(NAVY if visit else white)
        c.circle(MARGIN + 7, s.y - 7, 6 if visit else 5, stroke=1, fill=1)
        c.setFillColor(INK)
        c.setFont(REGULAR, 10.5)
        c.drawString(MARGIN + 22, s.y - 10.5, words)
        s.y -= 18
    c.showPage()
    c.save()
    return buffer.getvalue()


def accreditation_form() -> bytes:
    """Letter, two pages, on a larger sheet with printer's marks: the CropBox shows the middle, from an odd origin."""
    buffer = io.BytesIO()
    c = _canvas(buffer, "Accreditation form")
    for page, (title, fields) in enumerate(
        (
            (
                "Accreditation form",
                (
                    "Family name",
                    "Given names",
                    "Organisation or medium",
                    "Function",
                    "Arrival, date and time",
                    "Number of the travel document",
                ),
            ),
            (
                "Accreditation form, continued",
                ("Equipment brought along", "Contact during the meeting", "Place and date"),
            ),
        ),
        1,
    ):
        s = Sheet(c, LETTER)
        s.title(
            title, f"Meeting of NATO Foreign Ministers, Brussels, 3–4 April 2025 · specimen, page {page} of 2"
        )
        if page == 1:
            s.text(
                "This form belongs to a sample pack. It accredits nobody; do not fill it in with real data."
            )
        for field in fields:
            s.y -= 12
            c.setFillColor(GREY)
            c.setFont(REGULAR, 10)
            c.drawString(MARGIN, s.y - 9, field)
            c.setStrokeColor(RULE)
            c.setLineWidth(0.8)
            c.setFillColor(TINT)
            c.roundRect(MARGIN, s.y - 40, s.measure, 25, 3, stroke=1, fill=1)
            s.y -= 46
        if page == 2:
            s.y -= 12
            c.setFillColor(GREY)
            c.setFont(REGULAR, 10)
            c.drawString(MARGIN, s.y - 9, "Signature")
            c.setStrokeColor(RULE)
            c.rect(MARGIN, s.y - 96, s.measure * 0.6, 80)
            s.y -= 108
            s.note("Return to Protocol. Made-up form, for a meeting that took place without it.")
        c.showPage()
    c.save()
    return _on_larger_sheet(buffer.getvalue())


def _on_larger_sheet(content: bytes) -> bytes:
    """Pages with a border of 30 points and printer's marks around, their origin far from the sheet's corner."""
    left, bottom, border = -117.5, 43.25, 30.0
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            x0, y0, x1, y1 = (float(v) for v in page.mediabox)
            moved = (x0 + left, y0 + bottom, x1 + left, y1 + bottom)
            page.contents_add(f"q 1 0 0 1 {left} {bottom} cm".encode(), prepend=True)
            marks = ["Q q 0 G 0.4 w"]
            for x in (moved[0], moved[2]):
                marks.append(
                    f"{x} {moved[1] - 26} m {x} {moved[1] - 8} l S {x} {moved[3] + 8} m {x} {moved[3] + 26} l S"
                )
            for y in (moved[1], moved[3]):
                marks.append(
                    f"{moved[0] - 26} {y} m {moved[0] - 8} {y} l S {moved[2] + 8} {y} m {moved[2] + 26} {y} l S"
                )
            page.contents_add(" ".join([*marks, "Q"]).encode())
            page.obj.MediaBox = Array(
                [moved[0] - border, moved[1] - border, moved[2] + border, moved[3] + border]
            )
            page.obj.CropBox = Array([*moved])
            page.obj.TrimBox = Array([*moved])
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def statistics() -> bytes:
    """Two landscape A4 pages that are stored upright and turned, one a quarter left, one a quarter right."""
    buffer = io.BytesIO()
    c = _canvas(buffer, "Figures for planning")
    landscape = (A4[1], A4[0])
    s = Sheet(c, landscape, turned=90)
    s.title(
        "Figures for planning",
        "Invented for this sample: seats and minutes, no figures of any nation or of the Alliance",
    )
    s.table(
        ("Session", "Minutes", "Seats at the table", "Seats behind", "Lines in this pack"),
        (
            ("North Atlantic Council, working lunch", "120", "1", "2", "9"),
            ("Meeting with the Indo-Pacific partners", "90", "1", "2", "6"),
            ("NATO-Ukraine Council, working dinner", "120", "1", "1", "7"),
            ("Allies with the EU High Representative", "90", "1", "2", "8"),
            ("Press point", "20", "1", "0", "3"),
        ),
        (0.40, 0.15, 0.15, 0.15, 0.15),
        numeric=True,
    )
    s.note("Minutes follow the annotated agenda of this sample; everything else is made up.")
    c.showPage()

    s = Sheet(c, landscape, turned=270)
    s.title("Minutes of the two days", "The same invented figures as bars")
    left, full = MARGIN + 226, s.width - 2 * MARGIN - 276
    for name, minutes in (
        ("Council, working lunch", 120),
        ("Indo-Pacific partners", 90),
        ("NATO-Ukraine Council", 120),
        ("EU High Representative", 90),
        ("Press point", 20),
    ):
        c.setFillColor(INK)
        c.setFont(REGULAR, 11.5)
        c.drawRightString(left - 12, s.y - 22, name)
        c.setFillColor(NAVY)
        c.rect(left, s.y - 28, full * minutes / 120, 18, stroke=0, fill=1)
        c.setFillColor(GREY)
        c.setFont(BOLD, 11)
        c.drawString(left + full * minutes / 120 + 8, s.y - 22.5, str(minutes))
        s.y -= 38
    c.setStrokeColor(RULE)
    c.setLineWidth(0.8)
    c.line(left, s.y + 6, left, s.y + 38 * 5 + 2)
    s.y -= 6
    s.note("Minutes; invented for this sample.")
    c.showPage()
    c.save()
    return buffer.getvalue()


def participants() -> bytes:
    """Portrait A4, two pages, with the same destination names as the action plan: "start" and "part-1"."""
    buffer = io.BytesIO()
    c = _canvas(buffer, "Meetings and formats")
    s = Sheet(c, A4)
    c.bookmarkPage("start")
    c.addOutlineEntry("Formats", "start", 0)
    s.title("Meetings and formats", "Sample on public facts · 3–4 April 2025, Brussels")
    s.table(
        ("Format", "With"),
        (
            ("North Atlantic Council", "Allied foreign ministers"),
            ("NATO-Ukraine Council", "Foreign Minister Andrii Sybiha; EU High Representative Kaja Kallas"),
            (
                "Meeting with the Indo-Pacific partners",
                "Australia, Japan, New Zealand and the Republic of Korea",
            ),
            ("Meeting of Allies with the EU High Representative", "Kaja Kallas"),
        ),
        (0.46, 0.54),
    )
    s.text("Times are in the annotated agenda; this list gives formats and participants only.")
    s.link("Seating is on the next page", _into(c, "part-1"))
    c.showPage()

    s = Sheet(c, A4)
    c.bookmarkPage("part-1")
    c.addOutlineEntry("Seating", "part-1", 0)
    s.title("Seating", "Made-up plan of a made-up room, not of any room at NATO Headquarters")
    centre, middle = s.width / 2, s.y - 176
    c.setStrokeColor(NAVY)
    c.setLineWidth(1.2)
    c.setFillColor(TINT)
    c.roundRect(centre - 140, middle - 84, 280, 168, 84, stroke=1, fill=1)
    seats = [(centre - 88 + 44 * n, middle + side * 106) for side in (1, -1) for n in range(5)]
    seats += [(centre - 166, middle), (centre + 166, middle)]
    for x, y in seats:
        c.setFillColor(white)
        c.circle(x, y, 13, stroke=1, fill=1)
    c.setFillColor(NAVY)
    c.circle(centre - 166, middle, 13, stroke=1, fill=1)
    c.setFont(BOLD, 12)
    c.drawCentredString(centre, middle - 4, "Council table")
    s.y = middle - 146
    s.bullets(
        (
            "Filled: the chair.",
            "Open: one minister each; two seats behind for the delegation.",
            "Guests sit to the right of the chair.",
        )
    )
    s.link("Back to the formats", _into(c, "start"))
    c.showPage()
    c.save()
    return _by_name(buffer.getvalue(), ("start", "part-1"), old=True)


MADE: dict[str, Callable[[], bytes]] = {
    "action-plan.pdf": action_plan,
    "visits-map.pdf": visits_map,
    "accreditation-form.pdf": accreditation_form,
    "statistics.pdf": statistics,
    "participants.pdf": participants,
}


def main() -> None:
    register_fonts()
    ANNEXES.mkdir(exist_ok=True)
    for name, make in MADE.items():
        (ANNEXES / name).write_bytes(make())


if __name__ == "__main__":
    main()
