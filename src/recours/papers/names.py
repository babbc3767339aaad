"""The papers by name, and what each is for."""

from __future__ import annotations

PAPERS = {
    "demand": {"fr": "Mise en demeure", "en": "Formal demand"},
    "cancellation": {"fr": "Avis d'annulation du contrat", "en": "Notice of cancellation"},
    "chargeback": {"fr": "Demande à l'émetteur de la carte", "en": "Request to the card issuer"},
    "timeline": {"fr": "Chronologie", "en": "Timeline"},
    "bundle": {"fr": "Recueil de pièces", "en": "Bundle of exhibits"},
}
