"""What ends or begins the names of institutions, which every language translates, so that none can be looked for."""

from __future__ import annotations

import re

_SLAVIC = re.compile(
    r"сь?к(?:ая|ое|ом|ой|ую|а|е|у|ою|ої|ому)$"
    r"|(?:альн|ивн|[иі]чн|[иії]йн|ионн|[еє]нн|южн|верн|адн|[иі]дн|точн)(?:ий|ый|ой|ая|ое|ого|ому|ом|ым|им|ої|ою|ій|ую)$"
    r"|ств\w{1,2}$|^(?:конгресс?|парламент|центр|рад|л[иі]г|кубо?к|захо?д|схо?д|запад|восток)\w{0,3}$",
    re.IGNORECASE,
)
INSTITUTION = {
    "ru": _SLAVIC,
    "uk": _SLAVIC,
    "tr": re.compile(r"\w{4}(?:s[ıiuü]|l[ae]r[ıi]|ezi|aşı)(?:['’]?n\w{1,5})?$", re.IGNORECASE),
    "ko": re.compile(
        r"(?:경찰|부|청|위원회|법원|협회|당국|재단|기구|운동|연맹|연합|연구소|학교|대학|병원|공사|은행|센터|정부|의회|회사|그룹|방송)"
        r"(?:은|는|이|가|을|를|의|에|에서|와|과|도|로|측)?$"
    ),
    "id": re.compile(
        r"^(?:distrik|kongres|majelis|dewan|mahkamah|komite|komisi|kementerian|badan|lembaga|organisasi|universitas|bandara"
        r"|pelabuhan|stadion|rumah|gedung|jalan|taman|pasar|provinsi|kabupaten|kota|pulau|partai|pemilu|pemilihan|piala|liga"
        r"|undang-undang|perjanjian|perang|hari|kantor|rakyat|nasional|negara|tengah|timur|barat|utara|selatan)$",
        re.IGNORECASE,
    ),
}
"""By language: what the words of an institution's name end with, or are."""
COMPOUND_TR = re.compile(
    r"^(?:stad(?:yum)?u|meydanı|alanı|limanı|üssü|istasyonu|köprüsü|sarayı|parkı|kilisesi|camii?|körfezi|boğazı|denizi"
    r"|adası|gölü|nehri|dağı|ovası|vadisi|çölü|eyaleti|bölgesi|ili|ilçesi|kenti|köyü|caddesi|sokağı|kulübü|takımı|ligi"
    r"|okyanusu|yarımadası|kanyonu|şelalesi|ormanı|mağarası|günü|gecesi|haftası|bayramı|festivali|yarışı|turnuvası|şampiyonası"
    r"|savaşı|muharebesi|antlaşması|anlaşması|yasası|davası|krizi|salgını|depremi|kasırgası|fırtınası|hareketi|ittifakı"
    r"|planı|fonu|programı|forumu|ödülü|kanunu|ordusu|kurulu|vakfı|grubu|kanalı|meclisi|komitesi|bankası|ofisi)$",
    re.IGNORECASE,
)
"""The last word of a Turkish compound that names a building, a body, a work, an event or a stretch of land or water."""
OFFICE_TR = re.compile(r"\w{3}(?:s[ıiuü]|kanı|an)$")
"""The Turkish noun of an office before a name: Yardımcısı, Bakanı, Başkan."""
SAID_OF_KO = re.compile("[가-힣][한된은던인는]$")
"""What says in Korean of a person what they did: 방북한 벨로우소프."""
