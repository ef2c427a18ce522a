"""The label words that a pack may print: by their keys, what each is for, and the {fields} that are filled into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefpack.style.fields import MESSAGE_FIELDS


@dataclass(frozen=True, slots=True)
class LabelWord:
    """about: what the word is for, in a sentence. fields: what may be filled into it, none for a word that stays as it is.
    needed: those of them without which it would say nothing."""

    about: str
    fields: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()


_DAY_FIELDS = ("day", "month", "year")
_DISPATCH_FIELDS = (*MESSAGE_FIELDS, "sender")
"""What a message with a pack may say of it."""

_PLAIN: Mapping[str, str] = {
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
    "mail_from": "In the head of an e-mail message: who wrote it.",
    "mail_date": "In the head of an e-mail message: when.",
    "mail_to": "In the head of an e-mail message: to whom.",
    "mail_cc": "In the head of an e-mail message: who got a copy.",
    "mail_attachments": "In the head of an e-mail message: the files that came with it.",
    "mail_no_subject": "Instead of the subject of an e-mail message that has none.",
    "mail_bcc": "In the head of an e-mail message: who gets a copy that others do not see.",
    "mail_subject": "In the head of an e-mail message: what it is about.",
    "mail_reply_to": "In the head of an e-mail message: where answers go.",
    "dispatch_dear_all": "A message with a pack: to several readers, or to an address without a name.",
    "dispatch_dear_one": "A message with a pack: to one reader whose name cannot be said as it is written (“Last, First”).",
    "dispatch_close": "A message with a pack: its end, above who sends it.",
    "in_this_part": "In the contents of a part of a pack: above what is in it.",
    "dispatch_title": "Title of the sheet that shows who gets what.",
    "dispatch_attachment": "Column of that sheet: the file.",
    "dispatch_size": "Column of that sheet: how large the file is.",
    "dispatch_digest": "Column of that sheet: the file's checksum.",
    "dispatch_message": "Column of that sheet: the draft's name.",
    "dispatch_readers": "Column of that sheet: how many get it.",
    "dispatch_sent": "Column of that sheet: how large the message is.",
    "dispatch_trace": "Column of that sheet: what a reader's copy is known by.",
    "dispatch_odd": "On that sheet: above what was warned of.",
    "dispatch_fitted": "On that sheet: above what was done so that a message is not too large.",
    "dispatch_pdf_only": "On that sheet: the Word file was left out.",
    "dispatch_compressed": "On that sheet: pictures were made smaller.",
    "dispatch_locked": "On that sheet, and in a message: a file that is locked.",
    "password_title": "Title of a letter with a password.",
    "password_reader": "In that letter: to whom it is.",
    "password_pack": "In that letter: the pack whose files it opens.",
    "password_files": "In that letter: the files that the password opens.",
    "password_number": "In that letter: before its number.",
    "password_how": "In that letter: how the files are opened.",
    "password_care": "In that letter: what becomes of it.",
    "point_high": "Before a point that must be made: “Key point:”.",
    "point_low": "Before a point that may be left out when time is short: “If time:”.",
    "step_drafted": "In a clearance block: who drafted the text.",
    "step_cleared": "In a clearance block: who cleared it.",
    "step_approved": "In a clearance block: who approved it.",
    "sign_date": "Below a name that is to be signed, where there is no date yet: “Date:”.",
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
    "draft": "Across the pages of a draft (DRAFT), behind the pack's own watermark.",
    "blank_page": "Printed on pages left blank.",
    "one_page": "The length of an annex of one page.",
    "source": "Column of the schedule of annexes: the source.",
    "file": "Column of the schedule of annexes: the file.",
    "label": "Column of the schedule of annexes: the annex's label.",
    "title": "Column of the schedule of annexes: the title.",
    "number_of_pages": "Column of the schedule of annexes: the length.",
    "schedule_of_annexes": "Title of the schedule of annexes.",
    "annex_beside": "In the schedule of annexes: the annex's file is handed out together with the pack.",
    "annex_damaged": "On the divider of an annex, and in the schedule, where only a damaged file could be had.",
    "chart_bar": "What a screen reader calls a bar chart.",
    "chart_line": "What a screen reader calls a line chart.",
    "chart_area": "What a screen reader calls an area chart.",
    "chart_pie": "What a screen reader calls a pie.",
    "chart_donut": "What a screen reader calls a donut.",
    "chart_missing": "What a screen reader says for a number that a chart does not have.",
    "first_of_month": "The day's number on the first of a month: “1”, in French “1er”.",
}
_WITH_FIELDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "section_short": (("n",), ("n",), "Short reference to a section: “§{n}”."),
    "caption_line": (
        ("label", "caption"),
        ("label", "caption"),
        "A caption behind its number: “{label}: {caption}”.",
    ),
    "points_to": (("to",), ("to",), "Above points for one addressee: “To {to}”."),
    "lead": (("lead",), ("lead",), "Under a section's title: “Lead: {lead}”."),
    "participants": (
        ("participants",),
        ("participants",),
        "In an agenda: who takes part, “With {participants}”.",
    ),
    "agenda_brief": (
        ("brief",),
        ("brief",),
        "In an agenda where sections have no numbers: where an item's briefs are, “Brief: {brief}”.",
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
    "annex_page_picture": (
        ("label", "title", "page", "pages"),
        ("label", "page"),
        "What a screen reader says of an annex page that the Word file shows as a picture.",
    ),
    "mail_more": (("n",), ("n",), "Behind the first of many names: “and {n} more”."),
    "mail_kilobytes": (("n",), ("n",), "The size of a small file: “{n} kB”."),
    "mail_megabytes": (("n",), ("n",), "The size of a large file: “{n} MB”."),
    "dispatch_subject": (
        _DISPATCH_FIELDS,
        ("title",),
        "The subject of a message with a pack, where the list gives none.",
    ),
    "dispatch_part": (
        ("part", "parts"),
        ("part",),
        "A message with a part of a pack: at the end of its subject.",
    ),
    "part": (
        ("part", "parts"),
        ("part",),
        "On the cover of a part of a pack that is too large for one message.",
    ),
    "in_other_part": (
        ("part", "parts"),
        ("part",),
        "In the contents of such a part: above what is in another; also said of links to what is there.",
    ),
    "part_file": (
        ("part", "parts"),
        ("part",),
        "The end of the name of a file with such a part.",
    ),
    "copy_line": (
        ("copy", "copies", "name"),
        ("copy", "name"),
        "What each reader's copy says of itself, on its cover, at its foot and across it.",
    ),
    "dispatch_text": (_DISPATCH_FIELDS, (), "What such a message says."),
    "dispatch_dear": (("name",), ("name",), "A message with a pack: to one reader."),
    "dispatch_file": (("file", "pages", "size"), ("file",), "A message with a pack: one of its files."),
    "dispatch_beside": (
        ("file", "size"),
        ("file",),
        "A message with a pack: a file that goes along with it.",
    ),
    "dispatch_nobody": (
        ("audiences",),
        ("audiences",),
        "On the sheet that shows who gets what: audiences without readers.",
    ),
    "dispatch_too_large": (("size",), ("size",), "On that sheet: a message is too large."),
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
"""Key → fields that may stand in it, fields that must, and what it is for."""

_MONTHS = {f"month_{n}": f"Name of month {n}." for n in range(1, 13)}
_WEEKDAYS = {f"weekday_{n}": f"Name of weekday {n}; 1 is Monday." for n in range(1, 8)}

WORDS: Mapping[str, LabelWord] = {
    **{key: LabelWord(about) for key, about in {**_PLAIN, **_MONTHS, **_WEEKDAYS}.items()},
    **{key: LabelWord(about, fields, needed) for key, (fields, needed, about) in _WITH_FIELDS.items()},
}
"""Every label word there is. The parts of sections are headed by the words of their names; months and weekdays are numbered from 1, Monday is 1.
"annex_page_image", "annex_picture" and "annex_link" are not printed but spoken, see body.AnnexWords; so are "annex_page_picture", in Word, and the
"chart_" words, by which the data of charts are read out, and "qr_code"."""
