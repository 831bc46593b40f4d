"""What customers of the planted company write, by subject and language. Every sentence is invented here."""

from __future__ import annotations

from typing import Final

import numpy as np

PRAISE: Final = "praise"
SENTENCES: Final = {
    PRAISE: {"en": "All good, thank you.", "de": "Alles gut, danke.", "fr": "Tout va bien, merci.",
             "nl": "Alles goed, dank je.", "es": "Todo bien, gracias."},
    "rage": {"en": "I clicked and clicked and nothing worked.", "de": "Ich habe geklickt und geklickt.",
             "fr": "J'ai cliqué encore et encore.", "nl": "Ik klikte en klikte.", "es": "Hice clic una y otra vez."},
    "dead": {"en": "The button does nothing.", "de": "Der Knopf tut nichts.", "fr": "Le bouton ne fait rien.",
             "nl": "De knop doet niets.", "es": "El botón no hace nada."},
    "form": {"en": "The form refused my address twice.", "de": "Das Formular lehnt meine Adresse ab.",
             "fr": "Le formulaire refuse mon adresse.", "nl": "Het formulier weigert mijn adres.",
             "es": "El formulario rechaza mi dirección."},
    "script": {"en": "The page stayed empty.", "de": "Die Seite blieb leer.", "fr": "La page est restée vide.",
               "nl": "De pagina bleef leeg.", "es": "La página quedó vacía."},
    "slow": {"en": "It took ages to load.", "de": "Es lädt ewig.", "fr": "C'est très lent.", "nl": "Het laadt traag.",
             "es": "Tarda muchísimo."},
    "late": {"en": "My coffee came days after the promised date.", "de": "Mein Kaffee kam Tage zu spät.",
             "fr": "Mon café est arrivé en retard.", "nl": "Mijn koffie kwam te laat.", "es": "Mi café llegó tarde."},
    "declined": {"en": "My payment failed and nobody said why.", "de": "Meine Zahlung schlug fehl.",
                 "fr": "Mon paiement a échoué.", "nl": "Mijn betaling mislukte.", "es": "Mi pago falló."},
    "repeat": {"en": "I had to ask twice.", "de": "Ich musste zweimal fragen.", "fr": "J'ai dû demander deux fois.",
               "nl": "Ik moest twee keer vragen.", "es": "Tuve que preguntar dos veces."},
    "reopened": {"en": "You said it was solved, it was not.", "de": "Es war nicht gelöst.", "fr": "Ce n'était pas résolu.",
                 "nl": "Het was niet opgelost.", "es": "No estaba resuelto."},
}  # fmt: skip
GROWING: Final = "late"
"""The subject that the switch makes three times as frequent."""


def theme_of(rng: np.random.Generator, symptom: str, score: int, times: float) -> str:
    """What somebody with this score writes about; `times` makes the growing subject more frequent."""
    if rng.random() < 0.05 * (times - 1):
        return GROWING
    if score >= 4 or symptom not in SENTENCES:
        return PRAISE
    return symptom if rng.random() < 0.8 else str(rng.choice(["slow", GROWING]))


def comment(theme: str, language: str) -> str:
    """The sentence."""
    return SENTENCES[theme][language]
