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
    "background_free": "Heading of the background that may be used, where some may not.",
    "background_not_for_use": "Heading of the background that is not for use.",
    "their_objectives": "Heading of what the others want.",
    "red_lines": "Heading of what must not be given up.",
    "recent": "Heading of recent developments.",
    "purpose": "Heading of a meeting's purpose.",
    "objectives": "Heading of the objectives of a read-ahead or steering brief.",
    "attendees": "Heading of who is there.",
    "risks": "Heading of the risks.",
    "who_to_see": "Heading of whom to see.",
    "press_line": "Above the line for the press.",
    "movements": "Heading of the movements.",
    "contacts": "Heading of the contacts.",
    "seating": "Heading of the seating.",
    "handling": "Heading of the handling instructions.",
    "figures": "Heading of the list of figures.",
    "tables": "Heading of the list of tables.",
    "nothing_listed": "Instead of a list that would be empty.",
    "contact": "Before whom to ask.",
    "cleared_by": "Before who cleared a text.",
    "date": "Before a date, and column of changes: when.",
    "movement": "Column of movements: what.",
    "move_from": "Column of movements: from where.",
    "move_to": "Column of movements: where to.",
    "vehicle": "Column of movements: in what.",
    "person": "Column of contacts: the name.",
    "function": "Column of contacts: what the person does.",
    "phone": "Column of contacts: the telephone number.",
    "email": "Column of contacts: the e-mail address.",
    "recipient": "Column of the distribution: who gets copies.",
    "institution": "Column of the distribution: the recipient's organisation.",
    "copy": "Column of the distribution: the numbers of the copies.",
    "copies": "Column of the distribution: how many copies.",
    "changed": "Column of changes: where in the pack.",
    "change": "Column of changes: what changed.",
    "time": "Column of an agenda: when.",
    "item": "Column of an agenda: what.",
    "agenda_lead": "Column of an agenda: who leads.",
    "agenda_role": "Column of an agenda: what the reader does.",
    "press_open": "In an agenda: the press is there.",
    "press_closed": "In an agenda: the press is not there.",
    "role_speak": "In an agenda: the reader speaks.",
    "role_listen": "In an agenda: the reader listens.",
    "role_chair": "In an agenda: the reader chairs.",
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
    "first_of_month": "The day's number on the first of a month: “1”, in French “1er”.",
}
_WITH_FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "section_short": (("n",), ("n",), "Short reference to a section: “§{n}”."),
    "points_to": (("to",), ("to",), "Above points for one addressee: “To {to}”."),
    "lead": (("lead",), ("lead",), "Under a section's title: “Lead: {lead}”."),
    "participants": (
        ("participants",),
        ("participants",),
        "In an agenda: who takes part, “With {participants}”.",
    ),
    "time_in": (("place",), ("place",), "Column of an agenda: the time of a place, “{place} time”."),
    "pronunciation": (("words",), ("words",), "Below a name: how it sounds."),
    "languages": (("words",), ("words",), "Below a name: the languages."),
    "last_met": (("words",), ("words",), "Below a name: the last meeting."),
    "running_time": (("time",), ("time",), "Under the title of a speaking note: “Speaking time {time}”."),
    "seconds": (("seconds",), ("seconds",), "A time of less than a minute: “25 s”."),
    "minutes": (("minutes",), ("minutes",), "A time of whole minutes: “2 min”."),
    "minutes_seconds": (("minutes", "seconds"), ("minutes", "seconds"), "A time: “1 min 40 s”."),
    "cleared": (("date",), ("date",), "Under a section's title: “Cleared {date}”."),
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
