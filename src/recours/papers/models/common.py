"""What several letters say alike: what is owed, to whom, by when, and why a letter does not fit."""

from __future__ import annotations

from recours.money import Money
from recours.papers.errors import DoesNotFitError, NotReadyError
from recours.papers.models.happened import HELD, NO_GOODS
from recours.papers.models.said import acts
from recours.papers.types import Sentence
from recours.papers.wording import phrase
from recours.papers.writer import Writer
from recours.words import LANGUAGES

LIABLE = "uk.cca.s75"  # the rule by which an issuer answers for the merchant's breach
ANSWER_DAYS = 10  # usage: time enough to answer a letter; no rule sets it


def unfit(writer: Writer, key: str, **values: str) -> DoesNotFitError:
    """The error that says in both languages why the paper does not fit; values: in words or ISO days."""
    return DoesNotFitError(writer.name, {lang: phrase(lang, key, **values) for lang in LANGUAGES})


def owed(writer: Writer) -> Money:
    """What is still owed, above zero.  Raises NotReadyError, DoesNotFitError when all of it came back."""
    left = writer.claimed()
    if left.amount <= 0:
        total = writer.facts["order.total"]
        assert isinstance(total, Money)
        raise _all_back(writer, total)
    return left


def _all_back(writer: Writer, total: Money) -> DoesNotFitError:
    back = f"{writer.received(total.currency)} {total.currency}"
    return unfit(writer, "owed.none", received=back, total=f"{total.amount} {total.currency}")


def owed_of_payment(writer: Writer) -> Money:
    """What is still owed of the payment itself, for who can only take a payment back (a card issuer, a platform): the costs
    that came with it are the merchant's business.  Of a plan that charged more than once the whole sum is payments; an issuer
    that is liable with the merchant owes the whole loss.  Raises as ``owed``, also when the payment itself came back."""
    left, total = owed(writer), writer.facts["order.total"]
    assert isinstance(total, Money)
    several = str(writer.facts.get("problem.kind")) in NO_GOODS
    if several or left.currency != total.currency or _liable(writer):
        return left
    rest = total.amount - writer.received(total.currency)
    if rest <= 0:
        raise _all_back(writer, total)
    return Money(min(left.amount, rest), left.currency)


def _liable(writer: Writer) -> bool:
    """Whether what is asked of the issuer stands on its own liability for the loss."""
    steps = writer.brief.decision.steps
    asked = writer.brief.step.rule if writer.brief.step else ""
    return asked == LIABLE or (
        writer.name == "bank_complaint" and any(s.rule == LIABLE and s.truth == "yes" for s in steps)
    )


def asks_more(writer: Writer) -> bool:
    """More than the price is asked: it is paid, not refunded."""
    claim, price = writer.facts.get("claim.amount"), writer.facts.get("order.total")
    return isinstance(claim, Money) and isinstance(price, Money) and claim.amount > price.amount


def need_address(writer: Writer, ask: str = "merchant.email", *, by_mail: bool = True) -> None:
    """The merchant can be written to.  ask: for what, when it cannot; by_mail: an e-mail address is enough.  Raises
    NotReadyError, which tells of an address that may be a marketplace's."""
    if writer.facts.get("merchant.address") or (by_mail and writer.facts.get("merchant.email")):
        return
    reasons = tuple(
        {str(lang): phrase(lang, "owed.address", address=address, house=house) for lang in LANGUAGES}
        for address, house in writer.not_the_merchant_s
    )
    raise NotReadyError(writer.name, (ask,), reasons)


def answer_within(writer: Writer) -> Sentence:
    """Please answer in writing, and where."""
    email = writer.text("consumer.email")
    return writer.sentence(
        "owed.within",
        facts=("consumer.name", *(("consumer.email",) if email else ())),
        cited=False,
        days=ANSWER_DAYS,
        email=writer.say("demand.at_email", email=email) if email else "",
    )


def gives_back(writer: Writer) -> bool:
    """The buyer has the goods, as far as it is known, and asks the whole price back for them: who asks for a part keeps them."""
    part, price = writer.facts.get("claim.amount"), writer.facts.get("order.total")
    if isinstance(part, Money) and isinstance(price, Money) and part.amount < price.amount:
        return False
    gone = (
        writer.facts.get("goods.returned_on")
        or writer.facts.get("goods.available") is False
        or any(acts(writer, side, "confirm_return") for side in ("consumer", "merchant"))
    )
    return str(writer.facts.get("problem.kind")) in HELD and not gone
