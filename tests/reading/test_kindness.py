"""A kindness in the negative is no refusal; a refusal that hides behind one is."""

from __future__ import annotations

import pytest

from recours.reading.kindness import is_kind


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("We won't ask you to send it back.", True),
        ("You don't need to return the old one.", True),
        ("No need to post it, keep it.", True),
        ("Nothing more will be charged.", True),
        ("You won't be billed again.", True),
        ("We will not charge you for the visit.", True),
        ("I cannot do it sooner than Tuesday.", True),
        ("We can't come out before the 3rd, sorry.", True),
        ("We don't need it back.", True),
        ("We won't let you down.", True),
        ("I can't apologise enough.", True),
        ("On ne vous demandera pas de la renvoyer.", True),
        ("Nous ne vous demanderons rien pour le retour.", True),
        ("Rien ne vous sera facturé.", True),
        ("Vous ne serez plus prélevée.", True),
        ("Pas besoin de nous la retourner.", True),
        ("Nous ne pouvons pas venir avant mardi.", True),
        ("Nous ne pourrons malheureusement pas passer plus tôt.", True),
        ("Vous n’avez rien à payer.", True),
        ("Ce n'est pas de votre faute.", True),
        ("Pas question de vous laisser sans rien.", True),
        ("It's not your fault.", True),
        ("You don't owe us a penny.", True),
        ("It is not our fault.", False),
        ("Ce n'est pas notre faute.", False),
        ("We are not responsible for wear.", False),
        ("Nous ne sommes pas responsables du transport.", False),
        ("Our policy is no refund after 30 days.", False),
        ("We won't refund you.", False),
        ("We cannot replace it, and you won't be charged for the return.", False),
        ("We won't charge you, but we can't refund you either.", False),
        ("We do not accept returns.", False),
        ("Unfortunately we can't help.", False),
        ("Nous ne pouvons pas vous rembourser.", False),
        ("Nous ne vous facturerons pas la visite, mais nous ne remboursons pas.", False),
        ("On ne va pas vous faire attendre une semaine de plus.", True),
        ("Nous n'allons pas vous demander de renvoyer l'article.", True),
        ("Je ne vais pas vous faire remplir un formulaire, ni vous réclamer des photos.", True),
        ("On ne va pas vous rembourser.", False),
        ("Nous n'allons pas vous faire payer le port, mais nous ne pouvons pas vous rembourser.", False),
        ("Aucun remboursement ne sera effectué.", False),
        ("Nous refusons le retour.", False),
        ("It is no longer under warranty.", False),
        ("We will repair it.", False),
    ],
)
def test_what_a_sentence_denies(sentence: str, kind: bool) -> None:
    assert is_kind(sentence) is kind
