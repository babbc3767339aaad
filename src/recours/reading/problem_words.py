"""What a sentence says is wrong with a purchase: by the words of a table, and by a linear classifier for all other words."""

from __future__ import annotations

import math
import re
from functools import cache
from importlib import resources

import msgspec

from recours.reading.linear.words import Words, logits

FILE = "problem.msgpack"
NONE = "none"
# Best told first: a message that fits several is of the first kind.
_TOLD: tuple[tuple[str, str], ...] = (
    ("counterfeit", r"\bcounterfeit|\bfake\b|\bknock-?off|\bcontrefacon|\bcontrefait|\bfaux\b(?! espoir)(?=.{0,20}(?:sac|montre|produit|parfum))|\bnot (?:genuine|authentic)|pas authentique"),
    ("duplicate_charge", r"\bcharged (?:me )?twice|\bbilled twice|\bdouble charge|\bduplicate (?:charge|payment)|\bdebitee? (?:deux|2) fois|\bpreleve(?:e)? (?:deux|2) fois|\bfacturee? (?:deux|2) fois|\bdouble (?:debit|prelevement|facturation)"),
    ("overcharged", r"\bovercharged?|\bcharged (?:me )?(?:more|too much)|\bhigher (?:amount|price) than|\btrop (?:facture|percu|preleve)|\bfacturee? (?:plus|trop)|\bsurfactur|\bmontant (?:superieur|plus eleve)"),
    ("subscription_trap", r"\b(?:contrat|abonnement|adhesion|contract|membership|subscription)\b.{0,40}\b(?:termine|fini|resilie|clos|ended|over|finished|cancel\w*)\b.{0,120}\b(?:preleve|debite|facture|charged|billed|taken|took)|\bsubscription\b.{0,80}\b(?:never|didn't|did not|without|cancel|kept)|\bnever (?:signed up|subscribed|agreed to)|\b(?:took|charged|billed|debited)\b.{0,40}\b(?:anyway|although|even though|after)\b|\bcancel\w*\b.{0,30}\bbefore\b.{0,20}\brenew|\bfree trial|\bessai gratuit|\babonnement\b.{0,80}\b(?:jamais|sans|resili|pas demande)|\bjamais (?:souscrit|consenti|demande d'abonnement)|\b(?:charged|billed|debited|taken)\b.{0,50}\bafter\b.{0,30}\bcancel|\bcancel\w*\b.{0,40}\b(?:subscription|membership)\b.{0,60}\b(?:charg|bill|still|again)|\b(?:subscription|membership|abonnement)\b.{0,30}\b(?:renew|renouvel|reconduit)|\b(?:preleve|debite|facture)\w*\b.{0,60}\b(?:apres|malgre)\b.{0,30}\b(?:resili|annul)|\b(?:preleve|debite|facture|charge[dr]?|billed|took|taken)\w*\b.{0,80}\b(?:alors que|bien que|quand meme|although|even though|despite|though)\b.{0,40}\b(?:resili|annul|cancel|closed|ended)|\bkeep charging|\bcontinue[zs]? (?:a|de) (?:me )?(?:prelever|debiter|facturer)"),
    ("cancelled_not_refunded", r"\b(?:voyage|sejour|vol|forfait|croisiere|trip|flight|stay|cruise|package|holiday|order|commande|reservation|booking)\b.{0,60}\b(?:a ete annule|est annule|annulee? par|was cancel|been cancel|you cancel|vous avez annule).{0,160}\b(?:acompte|depot|deposit|rembours|refund|argent|money)"),
    ("wrong_item", r"\bwrong (?:item|product|one|size|colou?r|model|order|keyboard|part|version|thing)|\bsent (?:me )?(?:the|a) wrong|\bnot (?:what|the one) i ordered|\b(?:sent|sending|shipped|delivered|got|received|is|was) (?:me |us )?(?:the |a )?wrong \w|\bthe right one\b|\b(?:is|was|it's|got|received|sent|came)\b[^.]{0,50}, (?:but |and |whereas |when )?i(?:'d| had)? ordered|\b(?:recue?s?|est|sont|envoyee?s?|livree?s?)\b[^.]{0,50}(?:alors que|mais|or|,) (?:j'avais|j'ai|nous avions) commande|\bmauvais(?:e)? (?:article|produit|modele|taille|couleur|reference|piece|objet)|\bpas (?:le|la|ce que|celui|celle) .{0,20}commande|\berreur (?:d'article|de produit|de modele|de reference)|\bat (?:me )?(?:sent|received) .{0,30} instead of|\brecu .{0,40}(?:au lieu|a la place) d"),
    ("defective", r"\bdefect|\bdefaut\b|\bdefaillan|\bbroken\b|\bfaulty|\bdoesn'?t work|\bnot working|\bstopped working|\bdoes not work|\bwon'?t (?:turn on|start|charge|boot|power|heat|switch)|\bdead\b|\bmalfunction|\bcasse[es]?\b|\ben panne|\bne (?:fonctionne|marche|s'allume|demarre|charge|chauffe)|\bfonctionne (?:pas|plus)|\bmarche (?:pas|plus)|\bdefectueu|\bbrulee?|\babim|\bendommag|\bdamaged|\bcracked|\bfissur|\bshattered|\bleak(?:s|ing)|\bfuit\b|\bne s'allume|\btombee? en panne|\bjamais fonctionne|\bcame apart|\bfell apart|\btorn\b|\bdechir|\bfaut\b.{0,10}\bfault|\bfault\b|\bsnapped|\bfroze|\bflicker|\bne (?:se |s')?(?:refroidi|gele|tourne|ferme|ouvre|essore|vidange|aspire|imprime|eteint|reagi|repond|tien|chauffe|coupe|recharge|enclenche|verrouille)\w* (?:pas|plus)\b|\b(?:won't|doesn't|does not|no longer|stopped) (?:cool|heat|close|open|spin|print|drain|hold|respond|seal|lock|shut|pump|freeze|turn)(?:s|ing)?\b|\bkeeps? (?:stopping|tripping|cutting out|restarting|freezing|crashing|jamming)|\bdisjoncte|\bfuite\b|\bsplit\b|\brusted|\bwarped|\bgrinds?\b"),
    ("incomplete", r"\b(?:only|just) (?:one|two|three|half|part|\d) (?:of|box\w*|parcel\w*|piece\w*)|\bone of (?:the )?(?:two|three|four|\d)\b|\bthe rest of (?:it|the|my)|\b(?:is|are)(?:n't| not) (?:there|in the (?:box|parcel|package|bag))|\bnot in the (?:box|parcel|package)|\bannounced and (?:one|two|\w+) came|\bun seul (?:colis|carton|paquet)|\ble reste de (?:la|ma) commande|\bpas dans le (?:carton|colis|paquet)|\bpas dans la (?:boite|caisse)|\bsur (?:les )?(?:deux|trois|quatre|\d) (?:colis|cartons|pieces)|\bmissing (?:part|piece|item|from|one|the|screw|cable|a\b)|\b(?:is|are|was|were) missing\b|\bincomplete|\bmanqu(?:e|ent|ait|ante?s?)\b.{0,25}|\bpiece manquante|\bil manque|\bpartial (?:order|delivery)|\bonly (?:received|got) (?:one|two|\d)|\bincomplet"),
    ("not_received", r"\bnever (?:arrived|received|came|got|showed|turned|delivered|shipped)|\bnot (?:arrived|received|been delivered|come|shown|shipped)|\b(?:hasn'?t|haven'?t|didn'?t|did not|has not|have not|still not)\s+(?:\w+\s+){0,2}(?:arrived?|receiv\w+|come|got|gotten|shown|turned|shipped|been delivered|been shipped)|\bnon[- ](?:livr|recu|recept)|\bpas (?:encore )?(?:ete )?(?:recu|livre|arrive)|\bjamais (?:ete )?(?:recu|livre|arrive)|\brien (?:recu|n'est arrive)|\btoujours (?:pas|rien|aucun)\b.{0,40}(?:recu|livr|arriv|colis|commande)|\bwhere is my (?:order|parcel|package)|\bou est (?:ma commande|mon colis)|\bno sign of|\blost (?:parcel|package|in transit)|\bcolis perdu|\bstill waiting for (?:my|the|it|delivery)|\battends toujours (?:ma|mon|le|la)|\bno-?show|\bnobody (?:came|showed)|\bpersonne n'est (?:venu|passe)"),
    ("service_not_provided", r"\b(?:aucune?|no|not a single|any) (?:cours|class|classes|lesson|seance|soiree|session)\b|\b(?:concert|show|event|flight|class|course|tour|festival|spectacle|vol|stage|sejour|cours|evenement|match|performance|workshop|atelier|hotel|booking|reservation)\b.{0,60}\b(?:cancell?ed|moved|rescheduled|deplacee?s?|annulee?s?|did not take place|n'a pas (?:eu lieu)|reportee?|postponed|closed|ferme)|\b(?:annulation|cancellation) (?:du|de la|of the) (?:concert|spectacle|show|event|flight|vol|sejour|festival)|\bservice (?:not|never|n'a (?:pas|jamais)) |\bprestation\b.{0,40}\b(?:pas|jamais|non)"),
    ("not_as_described", r"\bnot as (?:described|advertised|pictured|shown)|\b(?:nothing like|different from|doesn'?t match|does not match|not match)\b.{0,60}|\bnot (?:what|the) (?:was )?(?:described|advertised)|\bpas (?:conforme|comme (?:decrit|sur la photo|annonce))|\bnon[- ]conform|\bne correspond(?:ent)? (?:pas|en rien)|\bdifferente?s? de (?:la description|l'annonce|la photo|ce qui)|\bmisleading|\bmensong|\bsmaller than|\bplus petite? que|\bused (?:item|one|product)|\brefurbished|\breconditionn|\bd'occasion|\bscratche[sd]|\brayee?s?\b"),
    ("late", r"\blate\b|\boverdue|\bdelayed|\ben retard|\bretard\b|\bpast (?:the )?(?:delivery|promised) date|\bpas (?:livree?|arrivee?) (?:a temps|dans les delais)|\bdate (?:promise|prevue) .{0,20}passee"),
)  # fmt: skip
_RULES = tuple((kind, re.compile(pattern, re.DOTALL)) for kind, pattern in _TOLD)


def told(folded: str) -> str:
    """The kind of problem that a folded sentence names, "" for none."""
    return next((kind for kind, rule in _RULES if rule.search(folded)), "")


@cache
def model() -> Words:
    """The model that Recours ships; ``tools/problem_model`` fits it."""
    data = resources.files(__package__).joinpath(FILE).read_bytes()
    return msgspec.msgpack.decode(data, type=Words)


def likely(folded: str, words: Words) -> dict[str, float]:
    """Folded sentence -> the probability of each kind of problem, and of none (NONE)."""
    found = logits(folded, words)
    most = max(found.values())
    shares = {kind: math.exp(logit - most) for kind, logit in found.items()}
    whole = sum(shares.values())
    return {kind: share / whole for kind, share in shares.items()}
