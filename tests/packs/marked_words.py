"""Sentences as desks write them, always the same from one seed: with phrases that come again, names, numbers and dates, in four languages."""

from __future__ import annotations

import random
from collections.abc import Sequence

SHORT = (
    "Yes.",
    "No.",
    "No comment.",
    "3 April 2025",
    "To be confirmed.",
    "See above.",
    "Nil",
    "Agreed.",
    "14:30",
    "Not yet.",
    "5 %",
    "Brussels",
    "None for the time being.",
    "The minister agrees.",
    "We do not comment on this.",
    "1.2 million",
)
"""Portions that say too little to be looked for."""

PHRASES = (
    "in line with the decisions taken by Heads of State and Government",
    "subject to the usual parliamentary scrutiny reservation",
    "while fully respecting the sovereignty and territorial integrity of its neighbours",
    "as agreed at the last meeting of the working party",
    "without prejudice to the positions of the member states concerned",
    "in close coordination with the European Union and the United Nations",
    "on the understanding that no additional cost arises for the common budget",
    "before the summit in The Hague",
    "at the margins of the ministerial meeting",
    "for as long as it takes",
)
"""What stands in many sentences, whatever they are about."""

_ACTORS = (
    "the Permanent Representative",
    "the Danish presidency",
    "our embassy in Chisinau",
    "the trade commissioner",
    "the liaison office in Tbilisi",
    "the working party on visas",
    "the parliamentary committee",
    "a group of smaller member states",
    "the host of the conference",
    "the Norwegian delegation",
    "the head of the civilian mission",
    "the state secretary for energy",
    "the central bank",
    "the ombudsman",
    "the regional development fund",
    "the port authority of Constanța",
    "the coast guard",
    "the operator of the pipeline",
    "the customs union",
    "the election commission",
    "the chief negotiator",
    "the opposition leader",
    "the Slovak chair of the committee",
    "the deputy prime minister",
    "the ministry of finance",
    "the board of the railway company",
    "the special envoy",
    "the national statistics office",
    "the humanitarian coordinator",
    "the chamber of commerce",
    "the border police",
    "the drafting group",
    "the Baltic partners",
    "the arms control unit",
    "the legal adviser",
    "the museum of the city",
    "the shipping register",
    "the grain exporters",
    "the broadcasting council",
    "the rector of the academy",
)
_ACTS = (
    "has quietly asked for",
    "intends to raise",
    "will not support",
    "has repeatedly postponed",
    "is likely to accept",
    "still objects to",
    "wants to be consulted on",
    "cannot finance",
    "has already signed",
    "refuses to discuss",
    "will publicly welcome",
    "expects us to defend",
    "has withdrawn its reservation on",
    "would rather delay",
    "is drafting a paper on",
    "fears losing",
    "insists on",
    "has leaked details of",
    "overestimates",
    "prepares a vote against",
    "hopes to host",
    "has second thoughts about",
    "needs our vote for",
    "is ready to trade away",
    "has been briefed on",
    "will test our position on",
    "plans to announce",
    "was surprised by",
    "underwrites",
    "has reopened",
)
_KINDS = (
    "a confidential",
    "the revised",
    "a temporary",
    "the long-promised",
    "an unfunded",
    "the joint",
    "a bilateral",
    "the second",
    "a much smaller",
    "the disputed",
    "an informal",
    "the interim",
    "a phased",
    "the classified",
    "a legally binding",
    "the regional",
    "a technical",
    "the annual",
    "an accelerated",
    "the draft",
)
_THINGS = (
    "fisheries agreement",
    "ammunition contract",
    "visa waiver",
    "gas interconnector",
    "mine clearance programme",
    "loan guarantee",
    "grain corridor",
    "monitoring mission",
    "exchange of prisoners",
    "harbour extension",
    "data protection clause",
    "sanctions package",
    "border crossing point",
    "satellite lease",
    "training centre",
    "railway electrification",
    "trust fund",
    "asylum procedure",
    "school curriculum reform",
    "drought insurance",
    "helicopter squadron",
    "voter register",
    "cable landing station",
    "refugee quota",
    "nuclear safety review",
    "tariff schedule",
    "witness protection scheme",
    "air policing rotation",
    "vaccine purchase",
    "cultural property convention",
    "water treatment plant",
    "arbitration panel",
    "pension portability accord",
    "ferry connection",
    "intelligence cell",
    "demarcation commission",
    "telecoms licence",
    "reconstruction bond",
    "media ownership law",
    "lithium concession",
)
_PLACES = (
    "Kutaisi",
    "the Drina valley",
    "Odesa",
    "northern Finland",
    "the Gulf of Riga",
    "Mitrovica",
    "Gagauzia",
    "Lampedusa",
    "Rzeszów",
    "the Bay of Kotor",
    "Tromsø",
    "Plovdiv",
    "the Suwałki region",
    "Batumi",
    "Thessaloniki",
    "Transcarpathia",
    "Brčko",
    "Narva",
    "the Aland islands",
    "Gyumri",
    "Nicosia",
    "Kaliningrad",
    "the Sava basin",
    "Valletta",
    "Ohrid",
    "Cluj",
    "Zugdidi",
    "Piraeus",
    "Uzhhorod",
    "Haparanda",
)
_WHY = (
    "because the parliament in {place} votes on it in {month}",
    "after {name} threatened to resign over {place}",
    "at a cost of {number} million euros a year",
    "although only {number} per cent of the staff in {place} have been paid",
    "once {name} has returned from {place}",
    "provided that the {number} containers seized in {place} are released",
    "unless {actor} gives way by {day} {month}",
    "since the survey of {month} counted {number} incidents near {place}",
    "so that {name} can present it as a success in {place}",
    "which {name} told us in confidence on {day} {month}",
    "despite the protest of {actor}",
    "with {number} experts from {place} and two interpreters",
    "while {actor} counts on {number} votes",
    "as long as {place} stays closed to lorries",
    "in return for {number} places in the academy of {place}",
    "if only because {name} used to run the office in {place}",
    "and has told nobody but {name}",
    "although the contract with {place} runs out on {day} {month}",
    "until the audit of {month} is published in {place}",
    "in spite of what {name} said to the press on {day} {month}",
    "for which {place} offers {number} hectares of land",
    "before {actor} hears of it",
    "even though the draft of {day} {month} left {place} out",
    "whatever {name} may write to the capitals in {month}",
)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_FIRST = (
    "Ilse",
    "Marek",
    "Oksana",
    "Teodor",
    "Birgit",
    "Aurélien",
    "Nino",
    "Zdravko",
    "Katarína",
    "Jorunn",
    "Dimitar",
    "Ainhoa",
    "Petras",
    "Solveig",
    "Goran",
    "Lidia",
    "Ewout",
    "Mirela",
    "Anatol",
    "Siiri",
)
_LAST = (
    "Vandersteen",
    "Kowalczuk",
    "Hryhorenko",
    "Lindqvist",
    "Beridze",
    "Marković",
    "Hudáková",
    "Aasland",
    "Stoyanov",
    "Etxeberria",
    "Jankauskas",
    "Moraru",
    "Tamm",
    "Delacroix",
    "Oberhauser",
    "Papadakis",
    "Zelenka",
    "Ferreira",
    "Nyström",
    "Popescu",
)

_FRENCH = (
    (
        "Le ministre",
        "La présidence danoise",
        "Notre ambassade",
        "Le comité parlementaire",
        "L’envoyé spécial",
    ),
    (
        "souhaite obtenir",
        "refuse d’évoquer",
        "a signé en secret",
        "redoute de perdre",
        "s’apprête à bloquer",
        "réclame depuis l’été",
    ),
    (
        "un accord de pêche provisoire",
        "la garantie du prêt",
        "le calendrier des livraisons",
        "une mission d’observation élargie",
        "l’extension du port",
        "le corridor céréalier",
    ),
    (
        "avant le vote prévu à {place}",
        "malgré l’opposition de {name}",
        "pour {number} millions d’euros par an",
        "dès que {name} sera de retour de {place}",
    ),
)
_UKRAINIAN = (
    (
        "Міністерство",
        "Спеціальний посланець",
        "Парламентський комітет",
        "Наше посольство",
        "Прикордонна служба",
    ),
    (
        "відмовляється обговорювати",
        "таємно підписало угоду про",
        "очікує від нас підтримки щодо",
        "готується відкласти",
        "втрачає контроль над",
    ),
    (
        "зерновий коридор через порт",
        "обмін полоненими біля річки",
        "реконструкцію залізничного вузла",
        "навчальний центр для саперів",
        "кредитну гарантію для громади",
    ),
    (
        "до кінця серпня {number} року",
        "попри заперечення сусідів",
        "за умови що виплатять {number} мільйонів",
        "після повернення делегації з Одеси",
    ),
)
_ARABIC = (
    ("الوزير", "السفارة", "اللجنة البرلمانية", "المبعوث الخاص"),
    ("يرفض مناقشة", "وقع سرا على", "ينتظر منا دعم", "يستعد لتأجيل"),
    ("اتفاق الصيد المؤقت", "ضمان القرض", "توسيع الميناء", "بعثة المراقبة"),
    ("قبل التصويت في الصيف", "رغم اعتراض الجيران", "بكلفة {number} مليون"),
)
"""No font of the package has these letters: whatever is written in them can be withheld and cannot be printed."""


class Words:
    """Says one thing after the other; the same seed, the same words."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def name(self) -> str:
        return f"{self.rng.choice(_FIRST)} {self.rng.choice(_LAST)}"

    def place(self) -> str:
        return self.rng.choice(_PLACES)

    def number(self) -> str:
        return str(self.rng.choice((self.rng.randint(3, 97), self.rng.randint(110, 990))))

    def thing(self) -> str:
        """Three to five words without a verb, for titles and cells."""
        return f"{self.rng.choice(_KINDS).partition(' ')[2]} {self.rng.choice(_THINGS)} near {self.place()}"

    def title(self) -> str:
        thing = self.thing()
        return thing[0].upper() + thing[1:]

    def sentence(self) -> str:
        """Of some 15 to 35 words; most are nowhere else, some of their phrases are."""
        rng = self.rng
        parts = [
            rng.choice(_ACTORS),
            rng.choice(_ACTS),
            rng.choice(_KINDS),
            rng.choice(_THINGS),
            "near",
            self.place(),
        ]
        if rng.random() < 0.9:
            parts.append(self._filled(rng.choice(_WHY)))
        if rng.random() < 0.35:
            parts.insert(rng.choice((len(parts), 1)), rng.choice(PHRASES))
        text = " ".join(parts)
        return text[0].upper() + text[1:] + "."

    def clause(self) -> str:
        """Of some 7 to 12 words."""
        rng = self.rng
        text = f"{rng.choice(_ACTORS)} {rng.choice(_ACTS)} {rng.choice(_KINDS)} {rng.choice(_THINGS)}"
        return text[0].upper() + text[1:]

    def foreign(self, language: str) -> str:
        """A sentence in "fr", "uk" or "ar"."""
        rng = self.rng
        parts = {"fr": _FRENCH, "uk": _UKRAINIAN, "ar": _ARABIC}[language]
        ends = " ".join(rng.sample(parts[-1], 2))
        return self._filled(" ".join((*(rng.choice(choice) for choice in parts[:-1]), ends))) + "."

    def nearly(self, sentence: str) -> str:
        """The same with other numbers, or with one other word."""
        rng = self.rng
        words = sentence.split()
        places = [index for index, word in enumerate(words) if word.isdigit()]
        if places:
            words[rng.choice(places)] = str(int(words[places[0]]) + rng.randint(1, 9))
        else:
            index = rng.randrange(len(words) // 2, len(words) - 1)
            words[index] = "scarcely" if words[index] != "scarcely" else "hardly"
        return " ".join(words)

    def _filled(self, pattern: str) -> str:
        return pattern.format(
            place=self.place(),
            name=self.name(),
            number=self.number(),
            actor=self.rng.choice(_ACTORS),
            day=self.rng.randint(1, 28),
            month=self.rng.choice(_MONTHS),
        )


def several(words: Words, count: int) -> Sequence[str]:
    """So many different sentences."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[words.sentence()] = None
    return tuple(found)
