"""Reading cells as words of our vocabulary: channels, devices, languages and event names, in the spellings of exports."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from touchline.events.ga4_names import TO_VOCABULARY
from touchline.events.vocabulary import CHANNELS, DEVICES, EVENT_NAMES

_SIGNS = re.compile(r"[^a-z0-9]+")

_CHANNEL_WORDS = {
    "web": "web website site online internet browser desktop webshop www ecommerce organic direct search google bing cpc",
    "app": "app apps ios android application inapp",
    "email": "email emails mail newsletter courriel correo",
    "chat": "chat livechat messenger whatsapp webchat messaging conversation intercom",
    "phone": "phone telephone call calls voice hotline telefon telefono callcenter ivr tel",
    "store": "store instore retail branch offline pos filiale boutique tienda winkel kiosk shopfloor",
    "delivery": "delivery courier shipping post parcel carrier lieferung livraison entrega bezorging",
    "social": "social facebook instagram twitter tiktok linkedin youtube pinterest reddit x socialmedia",
    "review": "review reviews trustpilot googleplay appstore yelp tripadvisor bewertung avis",
    "sms": "sms textmessage",
    "push": "push pushnotification notification",
    "bot": "bot chatbot assistant",
    "other": "other",
}
_DEVICE_WORDS = {
    "desktop": "desktop pc computer laptop mac windows linux macos",
    "mobile": "mobile phone smartphone iphone android handy ios handset",
    "tablet": "tablet ipad",
}
_LANGUAGE_WORDS = {
    "en": "english englisch anglais ingles engels",
    "de": "german deutsch allemand aleman duits",
    "fr": "french francais franzosisch frances frans",
    "es": "spanish espanol spanisch espagnol spaans",
    "nl": "dutch nederlands niederlandisch neerlandais holandes",
    "it": "italian italiano italienisch italien",
    "pt": "portuguese portugues",
    "pl": "polish polski",
}
_CHANNEL_OF = {word: channel for channel, words in _CHANNEL_WORDS.items() for word in words.split()}
_DEVICE_OF = {word: device for device, words in _DEVICE_WORDS.items() for word in words.split()}
_LANGUAGE_OF = {word: code for code, words in _LANGUAGE_WORDS.items() for word in words.split()}
_LANGUAGE_CODE = re.compile(r"([a-z]{2})(?:[-_][A-Za-z]{2,4})?")


def _squeezed(written: str) -> str:
    plain = unicodedata.normalize("NFKD", written.casefold()).encode("ascii", "ignore").decode()
    return _SIGNS.sub("", plain)


_NAME_OF = {
    **{_squeezed(written): name for written, name in TO_VOCABULARY.items()},
    "pageview": "Page Viewed",
    "orderplaced": "Order Completed",
    "orderreturned": "Order Refunded",
    "ordercanceled": "Order Cancelled",
    **{_squeezed(known.name): known.name for known in EVENT_NAMES},
}


def channel_of(written: str) -> str | None:
    """Give the channel a cell names; None for a word we do not know."""
    return _first_known(written, _CHANNEL_OF, CHANNELS)


def device_of(written: str) -> str | None:
    """Give the device a cell names; None for a word we do not know."""
    return _first_known(written, _DEVICE_OF, DEVICES[1:])


def language_of(written: str) -> str | None:
    """Give the two-letter code of the language a cell names; None for a word we do not know."""
    code = _LANGUAGE_CODE.fullmatch(written.strip().replace("_", "-").lower())
    return code[1] if code else _LANGUAGE_OF.get(_squeezed(written))


def event_name_of(written: str, prefix: str = "") -> str:
    """Give the vocabulary's name for what a cell says happened, else the cell itself; bare numbers get the prefix."""
    if written.replace(".", "").isdigit():
        return f"{prefix}{written.removesuffix('.0')}"
    return _NAME_OF.get(_squeezed(written), written)


def _first_known(written: str, known: dict[str, str], names: tuple[str, ...]) -> str | None:
    """Look up the whole cell, then its words: 'Mobile app (iOS)' is app by its word."""
    squeezed = _squeezed(written)
    if squeezed in names:
        return squeezed
    if squeezed in known:
        return known[squeezed]
    words = _SIGNS.sub(" ", written.casefold()).split()
    return next((known[word] for word in words if word in known), None)


_CHANNEL_OF_NAME: Final = (
    ("Email", "email"),
    ("Unsubscribed", "email"),
    ("Live Chat", "chat"),
    ("Application", "app"),
    ("Screen", "app"),
    ("Push", "push"),
    ("Page", "web"),
    ("Review", "review"),
)


def channel_of_name(name: str) -> str | None:
    """Give the channel that an event of the vocabulary can only have happened in; None for any other."""
    return next((channel for start, channel in _CHANNEL_OF_NAME if name.startswith(start)), None)
