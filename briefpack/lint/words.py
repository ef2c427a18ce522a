"""What the rules know of words, by language: abbreviations that need no explanation, names that only look alike, and what needs no brief."""

from __future__ import annotations

import re
from collections.abc import Mapping


def _each(words: str, *, fold: bool = False) -> frozenset[str]:
    """Words that are divided by spaces. fold: in small letters."""
    return frozenset((words.casefold() if fold else words).split())


_EVERYWHERE = (
    "A4 A5 AD AI AM BC BST CD CEO CEST CET CV DC DNA DVD EDT EEST EET EST EU EUR FAQ G7 G8 G20 GBP GDP GMT GPS HIV "
    "ID ISO IT JPY MP NATO NB NGO NY OK PC PDF PHD PIN PM PR PS Q&A QR R&D RSVP SIM SMS SOS SUV TV UK UN UNESCO UNICEF URL US USA "
    "USB USD USSR UTC VAT VIP WIFI WWI WWII XML YAML HTML CSV PNG JPEG SVG"
)

KNOWN: Mapping[str, frozenset[str]] = {
    "en": _each(_EVERYWHERE + " AKA ASAP ETA RIP TBA TBC TBD UAE WW1 WW2"),
    "fr": _each(
        _EVERYWHERE + " UE ONU OTAN ONG PIB TVA RU CE SVP PME PDG RDV SNCF TGV BD CC ADN VIH SIDA URSS PJ"
    ),
}
"""Abbreviations, without dots, that every reader of a language knows; other languages take English's."""

ORDINARY: frozenset[str] = _each(
    "ALL AND ANY ARE AS AT BE BUT BY DO DRAFT FINAL FOR FROM HAS IF IN INTERNAL IS MUST NEW NO NOT NOTE NOW OF ON ONE ONLY OPEN OR OUR OUT "
    "PUBLIC SAY SECRET SPECIMEN STAFF THE THEN THIS TO TOP TOTAL UP VERY WE WHEN WHO WHY YES YOU "
    "AU AUX AVEC CE DE DES DU ELLE EN ET IL LA LE LES NE NI NON NOUS OU OUI PAR PAS POUR PROJET QUE QUI SANS SI SUR TOUS TOUT UN UNE VOUS"
)
"""Words that are written in capitals for weight."""

PROCEDURE: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:arrivals?|departures?|depart|arrive|leave|breaks?|coffee|tea|huddle|debrief\w*|photo\w*|press (?:point|conference|briefing|event|stakeout)"
        r"|doorstep|stakeout|transfer|transport|travel|drive|flight|train|motorcade|check[- ]?(?:in|out)|registration|accreditation"
        r"|welcome|reception|rehearsal|set[- ]?up|free|rest|hotel|pick[- ]?up|return|wreath|tour|adjourn\w*|closing|end of)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:arrivées?|départs?|pause|café|photo\w*|point (?:de )?presse|conférence de presse|transfert|transport|trajet|vol|train"
        r"|inscription|accréditation|accueil|réception|répétition|libre|repos|hôtel|retour|visite|clôture|fin de)\b",
        re.IGNORECASE,
    ),
}
"""What the titles of agenda items say that are got through without a brief; other languages take English's."""

VARIANTS: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split("|"))
    for group in (
        "Kyiv|Kiev",
        "Kharkiv|Kharkov",
        "Odesa|Odessa",
        "Lviv|Lvov",
        "Dnipro|Dnepr|Dnieper",
        "Donbas|Donbass",
        "Chornobyl|Chernobyl|Tchernobyl",
        "Zelenskyy|Zelensky|Zelenskiy|Zelenskyi|Zelenski",
        "Chisinau|Chișinău|Chişinău|Kishinev",
        "Türkiye|Turkiye|Turkey",
        "Myanmar|Burma",
        "Eswatini|Swaziland",
        "Mumbai|Bombay",
        "Beijing|Peking",
        "Yangon|Rangoon",
        "Astana|Nursultan",
        "Gaddafi|Qaddafi|Kadhafi",
        "Assad|Asad",
        "Daesh|Daech|Daish",
        "Taliban|Taleban",
        "Hezbollah|Hizbollah|Hizbullah",
        "Mohammed|Muhammad|Mohamed",
        "Romania|Roumania|Rumania",
        "Belarus|Byelorussia|Belorussia",
    )
)
"""Spellings of one name that differ by more than a letter, or whose forms are all in use."""

LOOK_ALIKE: frozenset[str] = _each(
    "Austria Australia Austrian Australian Iran Iraq Iranian Iraqi Niger Nigeria Nigerien Nigerian Mali Malta Malawi Mauritania "
    "Mauritius Slovakia Slovenia Slovak Slovene Slovakian Slovenian Gambia Zambia Gambian Zambian Guinea Guyana Dominica "
    "Dominican Latvia Lithuania Paraguay Uruguay Paraguayan Uruguayan Korea Korean Ireland Iceland Irish Icelandic Jordan Libya "
    "Lebanon Liberia Libyan Liberian Albania Armenia Albanian Armenian Andorra Angola Bahrain Bahamas Belgium Belgian Belize "
    "Bolivia Bosnia Bosnian Bulgaria Bulgarian Burundi Cameroon Chad Chile China Colombia Columbia Congo Croatia Cyprus Denmark "
    "Estonia Finland France French Georgia Germany German Greece Greek Grenada Granada Hungary India Indian Indonesia Italy "
    "Italian Jamaica Japan Kosovo Kuwait Macedonia Moldova Monaco Mongolia Morocco Norway Oman Palau Panama Peru Poland "
    "Portugal Qatar Romania Roma Russia Russian Rwanda Samoa Senegal Serbia Serbian Siberia Singapore Somalia Spain Sudan Sweden "
    "Swedish Switzerland Swiss Syria Taiwan Togo Tonga Tunisia Tunis Uganda Ukraine Vietnam Yemen Zimbabwe Europe European "
    "Johnson Johnston Jonsson Jensen Jansen Hansen Hanson Hanssen Larsen Larson Nielsen Nielson Petersen Peterson Pedersen Olsen Olson "
    "Andersen Anderson Andersson Eriksen Eriksson Ericson Martin Martins Martini Marvin Mario Maria Marie Marina Marino Marine Marian "
    "Marion Daniel Daniela Daniele Gabriel Gabriele Michael Michel Michele Michal Louis Louise Luis Luise Jean Joan John Jon Joanna Johanna "
    "Jana Jane Anna Anne Hanna Hannah Paul Paula Paulo Paolo Peter Petra Petr Pieter Robert Roberto Roberta Victor Viktor Viktoria Victoria "
    "Stefan Stefano Stephan Stephen Steven Kristian Christian Kristin Christin Christine Christina Kristina Katrin Katarina Katharina "
    "Catherine Katherine Simon Simone Eric Erik Erika Karl Carl Carlo Carla Karla Marc Mark Marco Marko Nicolas Nicholas Nikolas "
    "Thomas Tomas Philip Philipp Phillip Alexander Aleksander Alexandre Alexandra Sergei Sergey Andrei Andrey Andrii Andriy Dmitry Dmitri "
    "Yulia Julia Julian Juliana Elena Helena Olena Irina Iryna "
    "Defence Defense Centre Center Labour Labor Organisation Organization Programme Program Theatre Theater Harbour Harbor "
    "Monday Sunday June July First Fifth Sixth Eighth Ninth Tenth Seventh Seventy Fourth Forth East West North South Ministry Minister Ministre "
    "Ministers Council Counsel Counsellor Councillor Session Mission Section Nation National Notional General Central Federal Regional "
    "Eastern Western Northern Southern Permanent Principal Principle Affairs Affaires Summit Submit Committee Community Commission Commissioner "
    "Marshal Martial Marshall Cooperation Co-operation Coordination Co-ordination",
    fold=True,
)
"""Names that are a letter or two apart and different all the same; a pair of them is never one name spelled twice."""

TITLES: frozenset[str] = _each(
    "Mr Mrs Ms Dr Prof Sir Lord Lady Dame Madame Monsieur Minister Ministre President Président Présidente Prime Premier Secretary Secrétaire "
    "General Général Ambassador Ambassadeur Ambassadrice Representative Représentant Représentante High Foreign Commissioner Commissaire "
    "Chancellor King Queen Prince Princess Director Directeur Directrice Chair Chairman Chairwoman Commander Admiral Colonel Captain State "
    "Special Envoy Deputy Vice Senator Judge",
    fold=True,
)
"""What stands before a name and is not part of it."""
