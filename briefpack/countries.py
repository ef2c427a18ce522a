"""Codes of countries (ISO 3166-1), and what the United Nations call their members in English and French; pure.

Others have their code only: what they are called is for a policy to say, since ministries differ in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

_TABLE = """\
ABW AW
AFG AF Afghanistan
AGO AO Angola
AIA AI
ALA AX
ALB AL Albania|Albanie
AND AD Andorra|Andorre
ARE AE United Arab Emirates|Émirats arabes unis
ARG AR Argentina|Argentine
ARM AM Armenia|Arménie
ASM AS
ATA AQ
ATF TF
ATG AG Antigua and Barbuda|Antigua-et-Barbuda
AUS AU Australia|Australie
AUT AT Austria|Autriche
AZE AZ Azerbaijan|Azerbaïdjan
BDI BI Burundi
BEL BE Belgium|Belgique
BEN BJ Benin|Bénin
BES BQ
BFA BF Burkina Faso
BGD BD Bangladesh
BGR BG Bulgaria|Bulgarie
BHR BH Bahrain|Bahreïn
BHS BS Bahamas
BIH BA Bosnia and Herzegovina|Bosnie-Herzégovine
BLM BL
BLR BY Belarus|Bélarus
BLZ BZ Belize
BMU BM
BOL BO Bolivia|Bolivie
BRA BR Brazil|Brésil
BRB BB Barbados|Barbade
BRN BN Brunei Darussalam|Brunéi Darussalam
BTN BT Bhutan|Bhoutan
BVT BV
BWA BW Botswana
CAF CF Central African Republic|République centrafricaine
CAN CA Canada
CCK CC
CHE CH Switzerland|Suisse
CHL CL Chile|Chili
CHN CN China|Chine
CIV CI Côte d'Ivoire
CMR CM Cameroon|Cameroun
COD CD Democratic Republic of the Congo|République démocratique du Congo
COG CG Congo
COK CK
COL CO Colombia|Colombie
COM KM Comoros|Comores
CPV CV Cabo Verde
CRI CR Costa Rica
CUB CU Cuba
CUW CW
CXR CX
CYM KY
CYP CY Cyprus|Chypre
CZE CZ Czechia|Tchéquie
DEU DE Germany|Allemagne
DJI DJ Djibouti
DMA DM Dominica|Dominique
DNK DK Denmark|Danemark
DOM DO Dominican Republic|République dominicaine
DZA DZ Algeria|Algérie
ECU EC Ecuador|Équateur
EGY EG Egypt|Égypte
ERI ER Eritrea|Érythrée
ESH EH
ESP ES Spain|Espagne
EST EE Estonia|Estonie
ETH ET Ethiopia|Éthiopie
FIN FI Finland|Finlande
FJI FJ Fiji|Fidji
FLK FK
FRA FR France
FRO FO
FSM FM Micronesia|Micronésie
GAB GA Gabon
GBR GB United Kingdom|Royaume-Uni
GEO GE Georgia|Géorgie
GGY GG
GHA GH Ghana
GIB GI
GIN GN Guinea|Guinée
GLP GP
GMB GM Gambia|Gambie
GNB GW Guinea-Bissau|Guinée-Bissau
GNQ GQ Equatorial Guinea|Guinée équatoriale
GRC GR Greece|Grèce
GRD GD Grenada|Grenade
GRL GL
GTM GT Guatemala
GUF GF
GUM GU
GUY GY Guyana
HKG HK
HMD HM
HND HN Honduras
HRV HR Croatia|Croatie
HTI HT Haiti|Haïti
HUN HU Hungary|Hongrie
IDN ID Indonesia|Indonésie
IMN IM
IND IN India|Inde
IOT IO
IRL IE Ireland|Irlande
IRN IR Iran
IRQ IQ Iraq
ISL IS Iceland|Islande
ISR IL Israel|Israël
ITA IT Italy|Italie
JAM JM Jamaica|Jamaïque
JEY JE
JOR JO Jordan|Jordanie
JPN JP Japan|Japon
KAZ KZ Kazakhstan
KEN KE Kenya
KGZ KG Kyrgyzstan|Kirghizistan
KHM KH Cambodia|Cambodge
KIR KI Kiribati
KNA KN Saint Kitts and Nevis|Saint-Kitts-et-Nevis
KOR KR Republic of Korea|République de Corée
KWT KW Kuwait|Koweït
LAO LA Laos
LBN LB Lebanon|Liban
LBR LR Liberia
LBY LY Libya|Libye
LCA LC Saint Lucia|Sainte-Lucie
LIE LI Liechtenstein
LKA LK Sri Lanka
LSO LS Lesotho
LTU LT Lithuania|Lituanie
LUX LU Luxembourg
LVA LV Latvia|Lettonie
MAC MO
MAF MF
MAR MA Morocco|Maroc
MCO MC Monaco
MDA MD Moldova
MDG MG Madagascar
MDV MV Maldives
MEX MX Mexico|Mexique
MHL MH Marshall Islands|Îles Marshall
MKD MK North Macedonia|Macédoine du Nord
MLI ML Mali
MLT MT Malta|Malte
MMR MM Myanmar
MNE ME Montenegro|Monténégro
MNG MN Mongolia|Mongolie
MNP MP
MOZ MZ Mozambique
MRT MR Mauritania|Mauritanie
MSR MS
MTQ MQ
MUS MU Mauritius|Maurice
MWI MW Malawi
MYS MY Malaysia|Malaisie
MYT YT
NAM NA Namibia|Namibie
NCL NC
NER NE Niger
NFK NF
NGA NG Nigeria
NIC NI Nicaragua
NIU NU
NLD NL Netherlands|Pays-Bas
NOR NO Norway|Norvège
NPL NP Nepal|Népal
NRU NR Nauru
NZL NZ New Zealand|Nouvelle-Zélande
OMN OM Oman
PAK PK Pakistan
PAN PA Panama
PCN PN
PER PE Peru|Pérou
PHL PH Philippines
PLW PW Palau|Palaos
PNG PG Papua New Guinea|Papouasie-Nouvelle-Guinée
POL PL Poland|Pologne
PRI PR
PRK KP Democratic People's Republic of Korea|République populaire démocratique de Corée
PRT PT Portugal
PRY PY Paraguay
PSE PS
PYF PF
QAT QA Qatar
REU RE
ROU RO Romania|Roumanie
RUS RU Russian Federation|Fédération de Russie
RWA RW Rwanda
SAU SA Saudi Arabia|Arabie saoudite
SDN SD Sudan|Soudan
SEN SN Senegal|Sénégal
SGP SG Singapore|Singapour
SGS GS
SHN SH
SJM SJ
SLB SB Solomon Islands|Îles Salomon
SLE SL Sierra Leone
SLV SV El Salvador
SMR SM San Marino|Saint-Marin
SOM SO Somalia|Somalie
SPM PM
SRB RS Serbia|Serbie
SSD SS South Sudan|Soudan du Sud
STP ST Sao Tome and Principe|Sao Tomé-et-Principe
SUR SR Suriname
SVK SK Slovakia|Slovaquie
SVN SI Slovenia|Slovénie
SWE SE Sweden|Suède
SWZ SZ Eswatini
SXM SX
SYC SC Seychelles
SYR SY Syrian Arab Republic|République arabe syrienne
TCA TC
TCD TD Chad|Tchad
TGO TG Togo
THA TH Thailand|Thaïlande
TJK TJ Tajikistan|Tadjikistan
TKL TK
TKM TM Turkmenistan|Turkménistan
TLS TL Timor-Leste
TON TO Tonga
TTO TT Trinidad and Tobago|Trinité-et-Tobago
TUN TN Tunisia|Tunisie
TUR TR Türkiye
TUV TV Tuvalu
TWN TW
TZA TZ Tanzania|Tanzanie
UGA UG Uganda|Ouganda
UKR UA Ukraine
UMI UM
URY UY Uruguay
USA US United States|États-Unis
UZB UZ Uzbekistan|Ouzbékistan
VAT VA
VCT VC Saint Vincent and the Grenadines|Saint-Vincent-et-les Grenadines
VEN VE Venezuela
VGB VG
VIR VI
VNM VN Viet Nam
VUT VU Vanuatu
WLF WF
WSM WS Samoa
YEM YE Yemen|Yémen
ZAF ZA South Africa|Afrique du Sud
ZMB ZM Zambia|Zambie
ZWE ZW Zimbabwe
"""
"""A line for each: the code of three letters, that of two, the English name, | and the French one where it is another."""


@cache
def country_codes() -> frozenset[str]:
    """Every code of three letters."""
    return frozenset(line[:3] for line in _TABLE.splitlines())


@cache
def short_codes() -> Mapping[str, str]:
    """Code of two letters → code of three: what authors write by habit, and top-level domains do."""
    return {line[4:6]: line[:3] for line in _TABLE.splitlines()} | {"UK": "GBR", "EL": "GRC"}


@cache
def country_names(language: str) -> Mapping[str, str]:
    """Code → name. language: "en" or "fr"; there are no names in others."""
    if language not in ("en", "fr"):
        return {}
    named = ((line[:3], line[7:].split("|")) for line in _TABLE.splitlines() if len(line) > 7)
    return {code: names[-1] if language == "fr" else names[0] for code, names in named}
