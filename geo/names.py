"""Folding of place names in Arabic and Latin script into keys that compare equal.

Three keys, each coarser than the one before:

- :func:`fold`: the same name written by another keyboard (case, marks, article, hamza, spaces);
- :func:`sound_key`: the same name spelled by another newspaper (Raqqah and Rakka, Dayr and Deir);
- :func:`consonants` of that: good for ranking guesses, too coarse to decide.

All are pure, idempotent and accept any text; text without a letter or digit gives "".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS_VERSION = 1
"""Raise this when any key changes, and rebuild the tables that store keys."""

_LETTERS = str.maketrans(
    {
        # Arabic: what NFKD leaves undone (it already splits أ إ آ ؤ ئ into letter and mark).
        "ٱ": "ا", "ى": "ي", "ة": "ه", "ء": "", "ـ": "",
        # Persian, Kurdish and Urdu letters, as phones of the region type them.
        "ک": "ك", "گ": "ك", "ی": "ي", "ې": "ي", "ێ": "ي", "ے": "ي", "ە": "ه", "ہ": "ه",
        "ھ": "ه", "ۃ": "ه", "ۀ": "ه", "ۆ": "و", "ۇ": "و", "ڕ": "ر", "ڵ": "ل", "پ": "ب",
        "چ": "ج", "ڤ": "ف", "ژ": "ز",
        # Latin letters that do not decompose.
        "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
        "ə": "e", "ħ": "h",
        # Ayn and hamza signs and apostrophes join what they stand between.
        "'": "", "’": "", "‘": "", "`": "", "´": "", "ʿ": "", "ʾ": "", "ʻ": "", "ʼ": "", "ʽ": "",
        "ˈ": "", "′": "", "＇": "", "ˊ": "", "ˋ": "", "ˌ": "",
    }
)  # fmt: skip

_BREAK = re.compile(r"[\W_]+")
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_ARTICLE = re.compile(r"\b(?:ال)+(?=\w{2})")
_VOWELS = re.compile("[aeiouاوي]")
_DOUBLE = re.compile(r"([a-z])\1+")

# el- before anything; the assimilated forms only before the letter that assimilated them.
_ARTICLES = frozenset({"al", "el", "il", "ul"})
_SUN_ARTICLE = re.compile(r"[aeiu](?:[rzsdtn]|sh|th|dh)")
_ATTACHED_ARTICLE = re.compile(r"^(?:[ae]l(?=[^aeiou\W])|[ae](?=([rzsdtn])\1))(?=\w{3})")
_ATTACHED_ARABIC = re.compile(r"^ا(?=بو\w{2})")
_FATHER = re.compile(r"^ab(?:ou|u|o)(?=\w{3}|$)")

_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"t?ch", "sh"),
        (r"dj", "j"),
        (r"([gtd])h", r"\1"),
        (r"ph", "f"),
        (r"ck|[qc]", "k"),
        (r"x", "ks"),
        (r"v", "w"),
        (r"ou(?=[aei])", "w"),
        (r"(?:ou|oo|a[wu]|ow(?![aei])|o)", "u"),
        (r"ee", "i"),
        (r"(?:[ae][iy]|ie)(?![aeiouy])", "i"),  # Deir, Dayr, Ain, Ayn, Ein
        (r"i?y+(?=[aeiou])|i(?=[aeou])", "y"),  # -iyah, -iya, -ia; Abyad, Abiad
        (r"y(?![aeiou])", "i"),
        (r"(?<=[aeiou])h$", ""),  # a final h after a vowel is only the mark of ة
        (r"e", "a"),
    )
)


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """Key under which every careful way to write one name is the same; "" for no letters.

    Unifies case, Latin accents, alif and hamza forms, ى and ي, ة and ه, vowel marks, tatweel,
    digits of every script, bidi and zero-width marks, presentation forms, Persian letters,
    apostrophes, hyphens and spaces, and drops the article (ال, al-, ar-, ez-, …).
    """
    return _settled(lambda text: "".join(words(text)), name)


@lru_cache(maxsize=4096)
def sound_key(name: str) -> str:
    """Key under which the usual newspaper spellings of one name are the same.

    Beyond :func:`fold`: q and k, doubled letters, -ah/-a/-eh, ou/oo/u/aw, ei/ay/ai, gh/g,
    an article written without a break (Arraqqa, Ezzor), and abu/bu, أبو/بو.
    """
    return _settled(_sound, name)


def consonants(key: str) -> str:
    """A key without its vowels, for ranking guesses only; ا و ي count as vowels."""
    return _VOWELS.sub("", key)


def plain_words(name: str) -> tuple[str, ...]:
    """The folded words of a name, articles included."""
    return tuple(_letters(name).split())


def words(name: str) -> tuple[str, ...]:
    """The folded words of a name, articles dropped unless the name is nothing else."""
    found = plain_words(name)
    if _ARABIC.search(name):
        found = tuple(_ARABIC_ARTICLE.sub("", word) for word in found)
    following = (*found[1:], "")
    kept = tuple(word for word, after in zip(found, following, strict=False) if not _is_article(word, after))
    return kept or found


def is_arabic(name: str) -> bool:
    """Whether the folded name has a letter of the Arabic script."""
    return bool(_ARABIC.search(_letters(name)))


def _settled(step: Callable[[str], str], text: str) -> str:
    # Dropping a letter can bring two others together, so a key is what no step changes any more.
    while (key := step(text)) != text:
        text = key
    return key


def _letters(name: str) -> str:
    if name.isascii():
        plain = name.lower()
    else:
        # Marks go after decomposition: accents, hamza seats, vowel marks; and so do the invisible
        # format characters (bidi, zero-width) and lone surrogates, without breaking the word.
        wide = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
        plain = "".join(c for c in wide if unicodedata.category(c) not in _DROPPED)
        plain = "".join(_digit(c) if c.isdecimal() else c for c in plain)
    return _BREAK.sub(" ", plain.translate(_LETTERS))


def _digit(char: str) -> str:
    return str(unicodedata.decimal(char))


def _is_article(word: str, after: str) -> bool:
    if not after:
        return False
    if word in _ARTICLES:
        return True
    return bool(_SUN_ARTICLE.fullmatch(word)) and after[0] == word[1]


def _sound(name: str) -> str:
    return "".join(map(_sound_of_word, words(name)))


@lru_cache(maxsize=4096)
def _sound_of_word(word: str) -> str:
    if not word.isascii():
        return _ATTACHED_ARABIC.sub("", word)
    word = _FATHER.sub("bu", _ATTACHED_ARTICLE.sub("", word))
    for pattern, to in _SOUNDS:
        word = pattern.sub(to, word)
    return _DOUBLE.sub(_undouble, word)


def _undouble(run: re.Match[str]) -> str:
    # Three in a row is a slip of the finger, not a spelling.
    return run[1] if len(run[0]) == 2 else run[0]


_DROPPED = frozenset({"Mn", "Me", "Cf", "Cs"})
