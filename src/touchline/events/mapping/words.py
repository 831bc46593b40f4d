"""The words people put in headers, by role: English, and the common German, French, Spanish and Dutch terms.

A pattern is matched against the header in lower-case words: 'CustomerID' and 'customer_id' are both 'customer id'.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SIGNS = re.compile(r"[^a-z0-9]+")

_ID = r"(?: ?(?:id|ids|no|nr|num|number|code|key|ref|reference|nummer|numero|#))"

STRONG: Final = {
    "time": (
        r"\b(?:time ?stamp|date ?time|datetime|happened at|occurred at|created at|event time|created|tstamp)\b"
        r"|\b(?:date|datum|zeitpunkt|zeitstempel|fecha|tijdstip|horodatage)\b|(?:datum|date|timestamp)$| at$"
    ),
    "clock": r"^(?:time|uhrzeit|heure|hora|tijd|clock|time of day)$|\b(?:uhrzeit|hour|heure|hora)\b",
    "user_id": r"\b(?:user|benutzer|utilisateur|usuario|gebruiker|nutzer)" + _ID + r"\b|^uid$|^user$",
    "email": r"\be ?mail\b|\bcourriel\b|\bcorreo\b|\bmail adress?e?\b|\bmail$",
    "phone": r"\b(?:phone|mobile|telephone|telefon\w*|telefono|handy\w*|gsm|tel|msisdn|rufnummer)\b",
    "external_id": (
        r"\b(?:customer|client|household|member|shopper|subscriber|patient|guest|passenger|contact|buyer|consumer|kunden?"
        r"|klant|cliente|mitglieds?|person|respondent|loyalty card|card holder|student)" + _ID + r"\b"
        r"|\b(?:kundennummer|kundennr|klantnummer|mitgliedsnummer|customerid|external id|personid)\b"
        r"|\b(?:id|numero|no|nr|numero de|numero du|id de|id del) (?:client|cliente|klant|kunde)\b"
    ),
    "anonymous_id": r"\b(?:anonymous|visitor|cookie|device|user pseudo|browser|fullvisitor|ga client)" + _ID + r"\b",
    "name": (
        r"^(?:event|event ?name|event ?type|activity|activity name|activity ?id|action|concept name|what happened)$"
        r"|\b(?:event name|event type|activity|ereignis|evenement|evento|gebeurtenis|aktivitat|aktion|accion)\b"
    ),
    "touchpoint": r"\b(?:touch ?point|kontaktpunkt|point de contact|punto de contacto|contactpunt)\b",
    "channel": r"\b(?:channel|kanal|canal|kanaal|medium|via|source of contact|contact reason channel)\b",
    "score": (
        r"\b(?:nps|csat|ces|score|rating|stars?|satisfaction|likelihood|recommend\w*|effort|bewertung|sterne|zufriedenheit"
        r"|note|satisfaccion|puntuacion|valoracion|beoordeling|tevredenheid|cijfer|weiterempfehl\w*)\b"
    ),
    "text": (
        r"\b(?:comments?|feedback|verbatim|review text|review|message|text|body|answer|remarks?|reason|transcript|suggestions?"
        r"|kommentare?|freitext|notiz(?:en)?|bemerkung\w*|nachricht|commentaires?|avis|remarque|comentarios?|opinion|mensaje|opmerking\w*"
        r"|toelichting|bericht|content)\b"
    ),
    "language": r"\b(?:language|lang|locale|sprache|langue|idioma|taal)\b",
    "value": (
        r"\b(?:amount|total|revenue|sales|value|turnover|spend|gmv|betrag|umsatz|summe|gesamt\w*|montant|chiffre d affaires"
        r"|importe|ingresos|valor|bedrag|omzet|totaal)\b"
    ),
    "quantity": r"\b(?:quantity|qty|units|pieces|menge|anzahl|stuckzahl|quantite|qte|cantidad|aantal|hoeveelheid)\b",
    "unit_price": (
        r"\b(?:unit ?price|price per unit|item price|price each|lineitem price|stuckpreis|einzelpreis|prix unitaire"
        r"|precio unitario|stukprijs|eenheidsprijs)\b|^(?:price|preis|prix|precio|prijs)$"
    ),
    "currency": r"\b(?:currency|wahrung|devise|monnaie|moneda|divisa|valuta|munt)\b",
    "order": (
        r"\b(?:order|invoice|basket|receipt|transaction|purchase|booking|checkout|bestellung|rechnung|beleg|auftrags?|commande"
        r"|facture|pedido|factura|bestelling|factuur)" + _ID + r"\b"
        r"|\b(?:bestellnummer|bestellnr|rechnungsnummer|rechnungsnr|auftragsnummer|belegnummer|bonnummer|bestelnummer"
        r"|ordernummer|factuurnummer|orderid|invoiceno|invoiceid|numero de commande|numero de pedido|numero de factura)\b"
    ),
    "case": (
        r"\b(?:case|ticket|incident|conversation|complaint|claim|request|dossier|vorgangs?|fall|caso|zaak|melding)"
        + _ID
        + r"\b"
        r"|\b(?:caseid|vorgangsnummer|fallnummer|ticketnummer|zaaknummer|case concept name|ticket)\b"
    ),
    "product": (
        r"\b(?:product|stock|item|article|sku|produkt|artikel|produit|producto|articulo)" + _ID + r"\b"
        r"|\b(?:sku|asin|ean|gtin|upc|artikelnummer|artikelnr|productnummer|produktnummer)\b"
    ),
    "account": r"\b(?:account|company|organi[sz]ation|firma|unternehmen|entreprise|empresa|bedrijf)" + _ID + r"?\b",
    "campaign": r"\b(?:campaign|utm campaign|kampagne|campagne|campana)" + _ID + r"?\b",
    "session": r"\b(?:session|visit|sitzung|sesion|sessie)" + _ID + r"\b|^session$",
    "page": r"\b(?:page|url|path|page url|page path|page location|landing page|seite|pagina)\b",
    "device": r"\b(?:device|device type|device category|gerat|appareil|dispositivo|apparaat)\b",
    "key": r"^(?:id|uuid|guid|key|row id)$|\b(?:event|message|record|response|submission|review|row|log|entry) ?(?:id|uuid|no)\b",
}
"""Role -> pattern that says the role outright."""

WEAK: Final = {
    "time": r"\b(?:time|day|when|zeit|tag|jour|dia|dag|moment|on)\b",
    "external_id": r"^(?:customer|client|household|kunde|klant|cliente|member|guest|patient|respondent|requester|id)$",
    "name": r"\b(?:type|status|stage|step|category|kind|typ|etape|tipo|action)\b",
    "touchpoint": r"\b(?:location|branch|filiale|step|place)\b",
    "channel": r"\b(?:source|origin|quelle|platform|contact method)\b",
    "score": r"\b(?:grade|answer|value|points|q\d+)\b",
    "text": r"\b(?:subject|note|notes|open|q\d+|why)\b",
    "value": r"\b(?:price|prix|preis|precio|prijs|paid|net|gross|sum|charge|money|eur|usd|gbp)\b",
    "order": r"^(?:order|invoice|basket|receipt|transaction|bestellung|rechnung|commande|pedido|bestelling|factuur|beleg)s?$",
    "case": r"^(?:case|incident|conversation|vorgang|dossier|zaak)s?$",
    "product": r"^(?:product|item|article|produkt|artikel|produit|producto)(?: name)?s?$",
    "page": r"\b(?:link|href|referrer|address)\b",
    "device": r"\b(?:os|user agent|operating system)\b",
}
"""Role -> pattern that fits it and other things too."""

_STRONG = {role: re.compile(pattern) for role, pattern in STRONG.items()}
_WEAK = {role: re.compile(pattern) for role, pattern in WEAK.items()}

OTHER_AMOUNTS: Final = re.compile(
    r"\b(?:tax|taxes|vat|mwst|shipping|discount|disc|fees?|costs?|tip|balance|points|subtotal|refund\w*|duties|rabatt|versand)\b"
)
"""Headers of amounts that are only a part of what was paid."""
PERSONAL: Final = re.compile(
    r"^(?:(?:first|last|full|middle|customer|user|contact|billing|shipping|sur|vor|nach|reviewer) ?)?names?$|\b(?:street|address\d?"
    r"|zip|postcode|postal code|plz|iban|ip|birth\w*|geburts\w*|password|ssn|passport|vorname|nachname|prenom|nom|apellidos?"
    r"|nombre|voornaam|achternaam|strasse|adresse|adres|direccion|latitude|longitude)\b"
)
"""Headers of facts about a person that no journey needs: never kept as properties."""
ID_WORDS: Final = re.compile(r"\b(?:ids?|no|nr|number|code|key)\b")
"""What headers of numbers and codes say besides what is numbered."""
STAFF: Final = re.compile(
    r"\b(?:(?:contact|lead|deal|company|account|record|ticket) owner|owned by|agent|assignee|assigned|submitter|teammate|sales ?rep|representative|account manager|created by"
    r"|updated by|modified by|sachbearbeiter|bearbeiter)\b"
)
"""Headers of people who work for the company: their addresses name no customer."""
OTHER_TIMES: Final = re.compile(
    r"\b(?:end|ended|due|updated|modified|birth|birthday|expiry|expires|expected|delivery|shipped|last|closed|geburts\w*)\b"
)
"""Headers of times that are rarely the moment the row tells about."""


def words_of(header: str) -> str:
    """Write a header as lower-case words without accents: 'InvoiceDate' is 'invoice date'."""
    spaced = _CAMEL.sub(" ", header.strip().replace("IDs", "Ids"))
    plain = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode().lower()
    return _SIGNS.sub(" ", plain).strip()


def header_fit(role: str, words: str) -> tuple[float, str]:
    """Say how well header words fit a role, 0 to 1, and which words did it."""
    strong = _STRONG[role].search(words)
    if strong:
        return 1.0, strong[0].strip() or words
    weak = _WEAK[role].search(words) if role in _WEAK else None
    return (0.5, weak[0].strip() or words) if weak else (0.0, "")


def title_of(file: str) -> str:
    """Name events after their file, without what changes from export to export: 'orders_2024-03.csv.gz' is 'Orders'."""
    stem = file.split(".")[0]
    told = [word for word in words_of(stem).split() if not any(sign.isdigit() for sign in word)]
    kept = [word for word in told if word not in ("export", "csv", "sample", "final", "copy", "data", "all")] or told
    return " ".join(kept).capitalize() or "Table row"
