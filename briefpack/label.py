"""Markings as programs read them: labels that go into files beside the words, and how a policy says to make them; types only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class LabelKind(Enum):
    """CONFIDENTIALITY: a label by the public standards ADatP-4774 and ADatP-4778. SENSITIVITY: one of Microsoft Purview (MSIP)."""

    CONFIDENTIALITY = "confidentiality"
    SENSITIVITY = "sensitivity"


# --------------------------------------------------------------------------- what a policy says


@dataclass(frozen=True, slots=True)
class ConfidentialityRules:
    """How markings of a policy become confidentiality labels.

    policy: what it is called there, "" for its title. uri: "urn:oid:…", "" for none. classifications: by a level's name, where it is called otherwise.
    releasable: name of the category of those it may be given to. categories: by the kind of caveats, names of their categories. informative: kinds of caveats
    that inform rather than restrict. review: years after which a label is to be looked at again.
    """

    policy: str = ""
    uri: str = ""
    classifications: Mapping[str, str] = field(default_factory=dict)
    releasable: str = "Releasable To"
    categories: Mapping[str, str] = field(default_factory=dict)
    informative: frozenset[str] = frozenset()
    review: int = 10


@dataclass(frozen=True, slots=True)
class SensitivityLevel:
    """The label of a level. id: its GUID. name: as the tenant calls it. content_bits: which marks of the label the pages bear: 1 header, 2 footer, 4 watermark."""

    id: str
    name: str
    content_bits: int = 0


@dataclass(frozen=True, slots=True)
class SensitivityRules:
    """site: GUID of the tenant. method: "Standard" or "Privileged". levels: by a level's name."""

    site: str
    method: str
    levels: Mapping[str, SensitivityLevel]


@dataclass(frozen=True, slots=True)
class LabelRules:
    """sensitivity: None where the policy has no such labels."""

    confidentiality: ConfidentialityRules = ConfidentialityRules()
    sensitivity: SensitivityRules | None = None


USUAL_LABELS = LabelRules()
"""Of a policy that says nothing of labels."""


# --------------------------------------------------------------------------- what a pack has


class CategoryType(Enum):
    """ADatP-4774, CategoryType."""

    PERMISSIVE = "PERMISSIVE"
    RESTRICTIVE = "RESTRICTIVE"
    INFORMATIVE = "INFORMATIVE"


@dataclass(frozen=True, slots=True)
class Category:
    """tag: its name. values: in order."""

    type: CategoryType
    tag: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confidentiality:
    """A label by ADatP-4774. uri: of the policy, "" for none. created, review: naive, in UTC."""

    policy: str
    uri: str
    classification: str
    categories: tuple[Category, ...]
    created: datetime
    review: datetime


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """A label of Purview. id, site: GUIDs of label and tenant. action: GUID of this labelling. set_at: naive, in UTC."""

    id: str
    site: str
    name: str
    method: str
    set_at: datetime
    action: str
    content_bits: int


@dataclass(frozen=True, slots=True)
class Label:
    """The labels of one audience's pack; None for those that were not asked for."""

    confidentiality: Confidentiality | None = None
    sensitivity: Sensitivity | None = None
