"""The papers by name, and what each is for."""

from __future__ import annotations

PAPERS = {
    "demand": {"fr": "Mise en demeure", "en": "Formal demand"},
    "cancellation": {"fr": "Avis d'annulation du contrat", "en": "Notice of cancellation"},
    "chargeback": {"fr": "Demande à l'émetteur de la carte", "en": "Request to the card issuer"},
    "first_complaint": {"fr": "Plainte au commerçant", "en": "Complaint to the merchant"},
    "reminder": {"fr": "Rappel au commerçant", "en": "Reminder to the merchant"},
    "repeat_answer": {"fr": "Réponse à une demande répétée", "en": "Answer to a repeated request"},
    "issuer_demand": {"fr": "Mise en demeure à l'émetteur", "en": "Formal demand to the issuer"},
    "platform_claim": {
        "fr": "Demande à la plateforme de paiement ou de vente",
        "en": "Claim to the payment or sales platform",
    },
    "manufacturer_demand": {"fr": "Mise en demeure au fabricant", "en": "Formal demand to the manufacturer"},
    "bank_complaint": {"fr": "Plainte contre l'émetteur", "en": "Complaint about the issuer"},
    "regulator": {"fr": "Plainte à l'organisme public", "en": "Complaint to the public body"},
    "second_round": {"fr": "Réponse au commerçant (contestation)", "en": "Answer to the merchant (dispute)"},
    "accept_offer": {"fr": "Acceptation d'une offre", "en": "Acceptance of an offer"},
    "return_slip": {"fr": "Bordereau de retour", "en": "Return slip"},
    "mandate": {"fr": "Mandat", "en": "Mandate"},
    "small_claims": {"fr": "Résumé pour les petites créances", "en": "Summary for small claims"},
    "runaround": {"fr": "Tableau des demandes répétées", "en": "Table of repeated requests"},
    "review": {"fr": "Avis public", "en": "Public review"},
    "one_page": {"fr": "Chronologie d'une page", "en": "Timeline on one page"},
    "timeline": {"fr": "Chronologie", "en": "Timeline"},
    "bundle": {"fr": "Recueil de pièces", "en": "Bundle of exhibits"},
}

_ALIASES = {"complaint": "first_complaint"}  # the merchant's; the issuer's is the bank_complaint


def named(paper: str) -> str:
    """The paper's name, as a person may shorten it."""
    return _ALIASES.get(paper, paper)
