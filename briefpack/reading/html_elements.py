"""What HTML and those who write it mean by their elements: which are seen, which end where others begin, what they give the words in them; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefpack.document import Position

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
"""Elements that have no end and nothing in them."""
UNSEEN = frozenset(
    {
        *("script", "style", "head", "title", "template", "noscript", "iframe", "object", "applet", "svg"),
        *("math", "audio", "video", "canvas", "select", "datalist", "textarea", "map", "xml"),
    }
)
"""Elements whose words no reader is shown as text."""
BLOCKS = frozenset(
    {
        *("p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "address", "center"),
        *("form", "fieldset", "legend", "figure", "figcaption", "dl", "dt", "dd", "details", "summary", "hr"),
        *("caption", "body", "html", "thead", "tbody", "tfoot"),
    }
)
"""Elements whose words stand apart from those before and behind."""
HOLDING = frozenset({"ul", "ol", "menu", "li", "blockquote", "table", "tr", "td", "th"})
"""Elements that hold paragraphs; theirs stand apart as well."""
HEADINGS: Mapping[str, int] = {f"h{level}": level for level in range(1, 7)}
LOOKS: Mapping[str, str] = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "emphasis"),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), "code"),
}
"""What an element gives the words in it, by the names that a Text has for it."""
POSITIONS: Mapping[str, Position] = {"sup": Position.SUPER, "sub": Position.SUB}
ENDED_BY: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    tag: (frozenset(ends), frozenset(stops))
    for tag, ends, stops in (
        ("li", {"li"}, {"ul", "ol", "menu"}),
        ("dt", {"dt", "dd"}, {"dl"}),
        ("dd", {"dt", "dd"}, {"dl"}),
        ("tr", {"tr"}, {"table"}),
        ("td", {"td", "th"}, {"table", "tr"}),
        ("th", {"td", "th"}, {"table", "tr"}),
        ("p", {"p"}, {"td", "th", "li", "div", "blockquote", "table", "body", "dd"}),
    )
}
"""Elements that end the last open one of some others (HTML, 13.1.2.4), unless one of the second lot was opened since."""
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|(?:font-size|max-height|opacity)\s*:\s*0*(?:\.0+|0)(?:px|pt|em|rem|%)?\s*(?:!important\s*)?(?:;|$)",
    re.IGNORECASE,
)


def hides(given: Mapping[str, str]) -> bool:
    """Whether an element's attributes keep what is in it from being seen."""
    return "hidden" in given or _HIDING.search(given.get("style", "")) is not None


def covers(given: Mapping[str, str], key: str) -> int:
    """How many columns or rows a cell says it covers. key: colspan or rowspan."""
    value = given.get(key, "1").strip()
    return min(max(int(value), 1), 1000) if value.isdecimal() and len(value) < 5 else 1


def first_number(given: Mapping[str, str]) -> int:
    """The number of the first item of a list; 1 where none is said, or one that no list begins with."""
    start = given.get("start", "1")
    return max(int(start) if start.isdecimal() and 0 < len(start) < 5 else 1, 1)


def is_dot(given: Mapping[str, str]) -> bool:
    """Whether a picture is not to be seen, as one by which senders learn who reads them."""
    return all(given.get(side, "").strip("px ") in {"0", "1"} for side in ("width", "height"))
