"""Language: which one a text is in, and how that one is written."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNKNOWN = "und"
_SAMPLE = 1_000  # characters looked at
_RTL = frozenset(["ar", "fa", "ur", "he", "ckb", "ps", "yi", "sd", "ug", "dv"])
_SCRIPT_OF_LANGUAGE = {
    "th": "Thai", "lo": "Laoo", "km": "Khmr", "my": "Mymr", "el": "Grek", "ka": "Geor", "hy": "Armn", "am": "Ethi",
    "he": "Hebr", "yi": "Hebr", "ar": "Arab", "fa": "Arab", "ur": "Arab", "ckb": "Arab", "ps": "Arab", "ug": "Arab",
    "sd": "Arab", "ru": "Cyrl", "uk": "Cyrl", "be": "Cyrl", "bg": "Cyrl", "sr": "Cyrl", "mk": "Cyrl", "kk": "Cyrl",
    "ky": "Cyrl", "mn": "Cyrl", "tg": "Cyrl", "hi": "Deva", "mr": "Deva", "ne": "Deva", "bn": "Beng", "ta": "Taml",
    "te": "Telu", "kn": "Knda", "ml": "Mlym", "gu": "Gujr", "pa": "Guru", "or": "Orya", "si": "Sinh", "ja": "Jpan",
    "ko": "Kore", "zh": "Hani", "bo": "Tibt",
}  # fmt: skip
# Blocks of 128 code points, by their first; the few that share a block are told apart in `_script_of`.
_RANGES = (
    (0x0041, 0x024F, "Latn"), (0x1E00, 0x1EFF, "Latn"), (0x0370, 0x03FF, "Grek"), (0x0400, 0x052F, "Cyrl"),
    (0x0530, 0x058F, "Armn"), (0x0590, 0x05FF, "Hebr"), (0x0600, 0x06FF, "Arab"), (0x0750, 0x077F, "Arab"),
    (0x08A0, 0x08FF, "Arab"), (0xFB50, 0xFDFF, "Arab"), (0xFE70, 0xFEFE, "Arab"), (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"), (0x0A00, 0x0A7F, "Guru"), (0x0A80, 0x0AFF, "Gujr"), (0x0B00, 0x0B7F, "Orya"),
    (0x0B80, 0x0BFF, "Taml"), (0x0C00, 0x0C7F, "Telu"), (0x0C80, 0x0CFF, "Knda"), (0x0D00, 0x0D7F, "Mlym"),
    (0x0D80, 0x0DFF, "Sinh"), (0x0E00, 0x0E7F, "Thai"), (0x0E80, 0x0EFF, "Laoo"), (0x0F00, 0x0FFF, "Tibt"),
    (0x1000, 0x109F, "Mymr"), (0x10A0, 0x10FF, "Geor"), (0x1200, 0x139F, "Ethi"), (0x1780, 0x17FF, "Khmr"),
    (0x3005, 0x3007, "Hani"), (0x3041, 0x30FF, "Kana"), (0x3400, 0x9FFF, "Hani"), (0xF900, 0xFAFF, "Hani"),
    (0x20000, 0x3FFFF, "Hani"), (0x1100, 0x11FF, "Hang"), (0x3130, 0x318F, "Hang"), (0xAC00, 0xD7AF, "Hang"),
    (0xFF21, 0xFF5A, "Latn"), (0xFF66, 0xFF9D, "Kana"),
)  # fmt: skip
_ONE_LANGUAGE = {
    "Thai": "th", "Laoo": "lo", "Khmr": "km", "Mymr": "my", "Grek": "el", "Geor": "ka", "Armn": "hy", "Ethi": "am",
    "Beng": "bn", "Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml", "Gujr": "gu", "Guru": "pa", "Orya": "or",
    "Sinh": "si", "Tibt": "bo", "Hang": "ko",
}  # fmt: skip
_LATIN = (
    "en", "vi", "id", "tr", "es", "fr", "de", "pt", "it", "pl", "nl", "sv", "da", "nb", "fi", "cs", "sk", "sl",
    "hr", "ro", "hu", "et", "lv", "lt", "sq", "az", "uz", "ms", "tl", "sw", "ca", "eu", "gl", "is", "ga", "cy",
)  # fmt: skip
# Log-odds granted to the languages that news is mostly written in, and to what the source claims.
_COMMON = frozenset(["en", "vi", "id", "tr", "es", "fr", "de", "pt", "it", "pl", "ru", "uk", "bg", "nl"])
_PRIOR, _HINT, _ASCII = 3.0, 6.0, 4.0
_CYRILLIC = ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg")
_ARABIC = ("ar", "fa", "ur", "ckb", "ps", "ug")


@cache
def _script_of(char: str) -> str:
    """The script of a letter as an ISO 15924 code (Kana and Hang for themselves), or '' for anything else."""
    if not char.isalpha():
        return ""
    point = ord(char)
    for first, last, script_code in _RANGES:
        if first <= point <= last:
            return script_code
    return "Zyyy"


def scripts(text: str) -> Counter[str]:
    """Count the letters of each script in the first thousand characters: ``{"Latn": 40, "Thai": 3}``."""
    found = Counter(map(_script_of, text[:_SAMPLE]))
    found.pop("", None)
    return found


def script(language: str) -> str:
    """Give the ISO 15924 code of the script a language is written in, ``Latn`` where nothing else is known."""
    return _SCRIPT_OF_LANGUAGE.get(language.split("-")[0], "Latn")


def direction(language: str) -> str:
    """Give ``rtl`` for a language written from right to left, else ``ltr``."""
    return "rtl" if language.split("-")[0] in _RTL else "ltr"


def spaced(language: str) -> bool:
    """Whether a language puts spaces between words (Thai, Lao, Khmer, Burmese, Tibetan, Chinese, Japanese do not)."""
    return language.split("-")[0] not in _UNSPACED


_UNSPACED = frozenset(["th", "lo", "km", "my", "bo", "zh", "ja", "yue"])


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # slow to import: only when Latin text comes

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=False)
    identifier.set_languages({*_LATIN, *_CYRILLIC, "no"} & set(identifier.labels))
    return identifier


def detect(text: str, hint: str | None = None) -> str:
    """Give the ISO 639-1 code of the language of a line, a headline or a text; ``und`` where nothing tells.

    Scripts decide first; languages that share a script are told apart by letters and by py3langid among the candidates
    of that script. ``hint`` (what the source or the page claims) decides only where the text leaves it open.
    """
    return _detect(text[:_SAMPLE], (hint or "").replace("_", "-").split("-")[0].lower())


def _detect(text: str, hint: str) -> str:
    found = scripts(text)
    if not found:
        return hint or UNKNOWN
    total = sum(found.values())
    cjk = found["Hani"] + found["Kana"] + found["Hang"]
    # Latin names stand in texts of every script, seldom the other way round.
    leading, _ = max(found.items(), key=lambda item: item[1] * (1 if item[0] == "Latn" else 2))
    if cjk * 2 > total - cjk and cjk:
        return _cjk(found, text, hint)
    if leading in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[leading]
    if leading == "Arab":
        return _arabic(text, hint)
    if leading == "Hebr":
        return "yi" if hint == "yi" or re.search("[ױײװ]|אַ|אָ", text) else "he"
    if leading == "Cyrl":
        return _cyrillic(text, hint)
    if leading == "Deva":
        return _devanagari(text, hint)
    if leading == "Latn":
        return _latin(text, hint)
    return hint or UNKNOWN


def _cjk(found: Counter[str], text: str, hint: str) -> str:
    if found["Hang"] * 2 >= found["Hani"] + found["Kana"]:
        return "ko"
    if found["Kana"] >= 2 or (found["Kana"] and hint != "zh"):
        return "ja"
    return hint if hint in ("ja", "zh", "ko", "yue") else "zh"


_AR_CUES = (
    ("ckb", re.compile("[ێۆڕڵەڤ]")), ("ur", re.compile("[ٹڈڑںےۓہھ]")), ("ps", re.compile("[ټډړږښځڅۍې]")),
    ("ug", re.compile("[ېۇۈۋ]")), ("fa", re.compile("[پچژگکی]")), ("ar", re.compile("[يكةىإأؤئء]")),
)  # fmt: skip
_FA_WORDS = re.compile(
    r"(?<!\w)(?:و|در|به|از|که|را|این|با|است|برای|آن|شد|می|کرد|تا|خود|بر|یک|های|شود|هم|نیز|اما|ها|بود)(?!\w)"
)
_UR_WORDS = re.compile(r"(?<!\w)(?:کے|کی|کا|میں|سے|ہے|کو|نے|اور|پر|ہیں|کہ|یہ|اس|ایک|بھی|تھا|گیا|لیے)(?!\w)")
_AR_WORDS = re.compile(
    r"(?<!\w)(?:في|من|على|إلى|الى|أن|عن|مع|التي|الذي|هذا|هذه|بعد|ما|لا|كان|بين|قال|و?ال\w{3,})(?!\w)"
)


def _arabic(text: str, hint: str) -> str:
    counts = {language: len(letters.findall(text)) for language, letters in _AR_CUES}
    scores = {
        "ckb": 4.0 * counts["ckb"],
        "ur": 1.5 * counts["ur"] + 3 * len(_UR_WORDS.findall(text)),
        "ps": 4.0 * counts["ps"],
        "ug": 4.0 * counts["ug"],
        "fa": counts["fa"] + 2.0 * len(_FA_WORDS.findall(text)),
        "ar": counts["ar"] + 2.0 * len(_AR_WORDS.findall(text)),
    }
    if hint in scores:
        scores[hint] += 1.0
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] else (hint or "ar")


_CY_LETTERS = {
    "uk": "іїєґ", "ru": "ыэёъ", "be": "ўі", "sr": "јљњђћџ", "mk": "ѓќѕјљњџ", "kk": "әғқңөұүһі", "ky": "өүң", "mn": "өү",
    "tg": "ӣӯҳҷғқ", "bg": "ъ",
}  # fmt: skip


def _cyrillic(text: str, hint: str) -> str:
    folded = Counter(text.casefold())
    marked = {language: sum(folded[letter] for letter in letters) for language, letters in _CY_LETTERS.items()}
    if not any(marked.values()):
        candidates: tuple[str, ...] = ("ru", "uk", "bg", "mk", "sr")
    else:
        most = max(marked.values())
        candidates = tuple(language for language in _CYRILLIC if marked[language] >= most * 0.6)
    if folded["ы"] or folded["э"]:
        candidates = tuple(c for c in candidates if c in ("ru", "be", "kk", "ky", "mn")) or ("ru",)
    elif folded["і"] and not folded["ў"] and not marked["kk"] > folded["і"]:
        candidates = ("uk",)
    return _classify(text, candidates, hint)


def _devanagari(text: str, hint: str) -> str:
    scores = {
        "hi": len(re.findall(r"(?<!\S)(?:है|हैं|में|के|का|की|को|से|और|ने|पर|नहीं|यह|कि|था|थी|गया)(?!\w)", text)),
        "mr": len(re.findall(r"(?<!\S)(?:आहे|आहेत|आणि|या|नाही|होते|होता|केली|केले|यांनी)(?!\w)|ळ", text)),
        "ne": len(re.findall(r"(?<!\S)(?:छ|छन्|गरेको|भएको|हुन्|लागि|पनि|रहेको)(?!\w)|ले(?!\w)", text)),
    }
    if hint in scores:
        scores[hint] += 1
    return max(scores, key=lambda language: scores[language])


_VIETNAMESE = re.compile("[ăắằẳẵặđơớờởỡợưứừửữựấầẩẫậếềểễệốồổỗộạảẹẻẽịỉĩọỏụủũỵỷỹ]", re.IGNORECASE)


def _latin(text: str, hint: str) -> str:
    letters = sum(map(str.isalpha, text))
    if len(_VIETNAMESE.findall(text)) * 12 > letters:
        return "vi"
    return _classify(text, _LATIN, hint)


def _classify(text: str, candidates: tuple[str, ...], hint: str) -> str:
    if len(candidates) == 1:
        return candidates[0]
    ranked = _identifier().rank(text.casefold() if text.isupper() else text)
    scores = {language: score for language, score in ranked if language in candidates or language == "no"}
    if "no" in scores:
        scores["nb"] = max(scores.pop("no"), scores.get("nb", -1e9))
    for language in _COMMON.intersection(scores):
        scores[language] += _PRIOR
    if "en" in scores and text.isascii():
        scores["en"] += _ASCII
    if hint in scores:
        scores[hint] += _HINT
    best = max(scores, key=lambda language: float(scores[language]), default=UNKNOWN)
    return "no" if best == "nb" else best
