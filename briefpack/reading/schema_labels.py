"""What an author may write under `labels` in a marking policy."""

from __future__ import annotations

from briefpack.reading.scalars import Choice, Integer, TextShape
from briefpack.reading.schema_words import NAMES, TEXT
from briefpack.reading.shape import Group, Key, MapOf

GUID = TextShape(
    pattern=r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
    rule="an identifier such as 2096f6a2-d2f7-48be-b329-b73aaa526e5d",
)
_LEVEL = r"\S(.*\S)?"
_LEVEL_RULE = "a level of the policy"
_KIND = r"[a-z][a-z0-9-]*"

LABELS = Group(
    "policy labels",
    {
        "confidentiality": Key(
            Group(
                "confidentiality label",
                {
                    "policy": Key(TEXT, "What the policy is called in labels; its title when absent."),
                    "uri": Key(
                        TextShape(
                            pattern=r"urn:oid:[0-2](\.\d+)+", rule="a policy is named as in urn:oid:1.2.3"
                        ),
                        "The policy's object identifier.",
                    ),
                    "classifications": Key(
                        MapOf(TEXT, "names by level", _LEVEL, _LEVEL_RULE),
                        "What levels are called in labels, where not by their names: {NATO SECRET: SECRET}.",
                    ),
                    "releasable": Key(
                        TEXT, "The category of those it may be given to; Releasable To when absent."
                    ),
                    "categories": Key(
                        MapOf(TEXT, "names by kind", _KIND, "a kind of the policy's caveats"),
                        "The categories of caveats, by their kind; the kind's name when absent.",
                    ),
                    "informative": Key(NAMES, "Kinds of caveats that inform rather than restrict."),
                    "review": Key(
                        Integer(1, 100), "Years after which a label is to be looked at again; 10 when absent."
                    ),
                },
                about="How markings become labels by ADatP-4774.",
            ),
            "How markings become confidentiality labels by the public standards ADatP-4774 and ADatP-4778.",
        ),
        "sensitivity": Key(
            Group(
                "sensitivity labels",
                {
                    "site": Key(GUID, "The tenant's identifier.", required=True),
                    "method": Key(
                        Choice(("Standard", "Privileged")),
                        "Standard (the usual): a program may set another label. Privileged: as if it was chosen by hand.",
                    ),
                    "levels": Key(
                        MapOf(
                            Group(
                                "sensitivity label",
                                {
                                    "id": Key(GUID, "The label's identifier.", required=True),
                                    "name": Key(
                                        TEXT, "What the tenant calls it; the level's name when absent."
                                    ),
                                    "content_bits": Key(
                                        Integer(0, 15),
                                        "Which of the label's own marks the pages bear: 1 header, 2 footer, 4 watermark, added up; 0 when absent.",
                                    ),
                                },
                                about="The sensitivity label of a level.",
                            ),
                            "labels by level",
                            _LEVEL,
                            _LEVEL_RULE,
                            least=1,
                        ),
                        "The label of each level.",
                        required=True,
                    ),
                },
                about="Sensitivity labels of Microsoft Purview.",
            ),
            "Sensitivity labels of Microsoft Purview (MSIP), by level.",
        ),
    },
    about="Labels that programs read.",
)
