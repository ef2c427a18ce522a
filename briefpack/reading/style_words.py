"""The label words of a pack: what each is for and which fields it has; see also briefpack.style.WORD_KEYS."""

from __future__ import annotations

from collections.abc import Mapping

from briefpack.reading.style_values import TemplateShape

_DAY_FIELDS = ("day", "month", "year")

_PLAIN = {
    "contents": "Title of the table of contents.",
    "annexes": "Title of the annexes' group in the contents.",
    "annex": "“Annex”, before its label.",
    "section": "“section”, inside a sentence.",
    "table": "“table”, inside a sentence.",
    "figure": "“figure”, inside a sentence.",
    "paragraph": "“paragraph”, inside a sentence.",
    "page": "“page”.",
    "page_short": "“p.”, before a page number.",
    "objective": "Heading of a brief's objective.",
    "points": "Heading of the points to make.",
    "points_to_all": "Above points for everybody, where others have an addressee.",
    "if_raised": "Heading of the lines to take if a question is raised.",
    "background": "Heading of the background.",
    "point_high": "Before a point that must be made: “Key point:”.",
    "point_low": "Before a point that may be left out when time is short: “If time:”.",
    "step_drafted": "In a clearance block: who drafted the text.",
    "step_cleared": "In a clearance block: who cleared it.",
    "step_approved": "In a clearance block: who approved it.",
    "sign_date": "Below a name that is to be signed, where there is no date yet: “Date:”.",
    "time": "Column of an agenda: when.",
    "item": "Column of an agenda: what.",
    "agenda_lead": "Column of an agenda: who leads.",
    "brief": "Column of an agenda: the brief for the item.",
    "reference": "Label of the pack's reference.",
    "version": "Label of the version.",
    "as_of": "Label of the pack's date.",
    "owner": "Label of the desk that owns the pack.",
    "place": "Label of the meeting's place.",
    "dates": "Label of the meeting's dates.",
    "chair": "Label of the meeting's chair.",
    "audience": "Label of the audience.",
    "marking": "Label of the marking.",
    "blank_page": "Printed on pages left blank.",
    "one_page": "The length of an annex of one page.",
    "source": "Column of the schedule of annexes: the source.",
    "file": "Column of the schedule of annexes: the file.",
    "label": "Column of the schedule of annexes: the annex's label.",
    "title": "Column of the schedule of annexes: the title.",
    "number_of_pages": "Column of the schedule of annexes: the length.",
    "schedule_of_annexes": "Title of the schedule of annexes.",
    "chart_bar": "What a screen reader calls a bar chart.",
    "chart_line": "What a screen reader calls a line chart.",
    "chart_area": "What a screen reader calls an area chart.",
    "chart_pie": "What a screen reader calls a pie.",
    "chart_donut": "What a screen reader calls a donut.",
    "chart_missing": "What a screen reader says for a number that a chart does not have.",
    "first_of_month": "The day's number on the first of a month: “1”, in French “1er”.",
}
_WITH_FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "section_short": (("n",), ("n",), "Short reference to a section: “§{n}”."),
    "points_to": (("to",), ("to",), "Above points for one addressee: “To {to}”."),
    "lead": (("lead",), ("lead",), "Under a section's title: “Lead: {lead}”."),
    "cleared": (("date",), ("date",), "Under a section's title: “Cleared {date}”."),
    "source_line": (("source",), ("source",), "Below a table or a figure: “Source: {source}”."),
    "source_as_of": (("source", "date"), ("source", "date"), "The same with the day of the figures."),
    "as_of_line": (("date",), ("date",), "Below figures whose source is not named: “As of {date}”."),
    "credit_line": (("credit",), ("credit",), "Below a picture: “Photo: {credit}”."),
    "many_pages": (("n",), ("n",), "The length of an annex: “{n} pages”."),
    "page_range": (("first", "last"), ("first", "last"), "The pages of an annex: “{first} to {last}”."),
    "annex_page_image": (
        ("label", "title", "page", "pages"),
        ("label", "page"),
        "What a screen reader says of a page of an annex without tags.",
    ),
    "annex_picture": (
        ("label", "title", "page", "pages"),
        (),
        "What a screen reader says of a picture in an annex that nobody described.",
    ),
    "annex_link": (
        ("label", "title", "page", "pages"),
        ("label", "page"),
        "What a screen reader says of a link to an annex page that has no words of its own.",
    ),
    "chart_summary": (
        ("n", "first", "last", "least", "most"),
        ("first", "last", "least", "most"),
        "What a screen reader says of a series with many numbers.",
    ),
    "chart_gaps": (
        ("n",),
        ("n",),
        "What a screen reader says of the numbers that such a series does not have.",
    ),
    "qr_code": (("url",), ("url",), "What a screen reader says of a QR code."),
    "date_format": (_DAY_FIELDS, ("day", "month"), "A date: “{day} {month} {year}”."),
    "long_date_format": (("weekday", *_DAY_FIELDS), ("day", "month"), "A date with its weekday."),
    "time_format": (("hour", "minute"), ("hour", "minute"), "A time of day: “{hour}:{minute}”."),
}

_MONTHS = {f"month_{n}": f"Name of month {n}." for n in range(1, 13)}
_WEEKDAYS = {f"weekday_{n}": f"Name of weekday {n}; 1 is Monday." for n in range(1, 8)}

WORDS: Mapping[str, tuple[TemplateShape, str]] = {
    **{
        key: (TemplateShape((), words=False), about)
        for key, about in {**_PLAIN, **_MONTHS, **_WEEKDAYS}.items()
    },
    **{
        key: (TemplateShape(names, words=False, needed=needed), about)
        for key, (names, needed, about) in _WITH_FIELDS.items()
    },
}
"""Key → shape and meaning, for every key of WORD_KEYS."""
