"""The mandate: the owner of the goods, who did not pay, lets the payer act.  The owner signs it."""

from __future__ import annotations

from recours.papers.letter import Letter, Section
from recours.papers.writer import Writer


def model(writer: Writer, _drop: int) -> Letter:
    """The mandate.  Raises NotReadyError: without a beneficiary nobody has to give one."""
    writer.need("beneficiary.name", "consumer.name", "merchant.name")
    owner, payer = writer.text("beneficiary.name"), writer.text("consumer.name")
    items = writer.text("order.items", writer.say("fact.goods"))
    number = writer.text("order.number")
    order = writer.say("fact.order", number=number) if number else ""
    both = ("beneficiary.name", "consumer.name")
    return writer.letter(
        title=writer.say("mandate.title"),
        sender=(owner,),
        recipient=(writer.say("mandate.to"),),
        delivery="",
        subject=writer.say("mandate.subject_is", items=items, order=order, payer=payer),
        salutation="",
        sections=(
            Section(
                head=writer.say("mandate.what"),
                sentences=(
                    writer.sentence("mandate.owner", facts=both, items=items, payer=payer, owner=owner),
                    writer.sentence(
                        "mandate.act",
                        facts=(*both, "merchant.name"),
                        cited=False,
                        payer=payer,
                        merchant=writer.text("merchant.name"),
                    ),
                ),
            ),
            Section(
                head=writer.say("mandate.does", payer=payer),
                sentences=(
                    writer.sentence("mandate.may", facts=both, cited=False, payer=payer),
                    writer.sentence("mandate.not", facts=both, cited=False),
                    writer.sentence("mandate.end", facts=both, cited=False),
                ),
                numbered=True,
            ),
        ),
        closing=writer.say("mandate.closing"),
        signature=owner,
    )
