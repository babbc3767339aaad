"""An amount and its currency: never one without the other."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import msgspec

CENT = Decimal("0.01")


class Money(msgspec.Struct, frozen=True, order=True):
    """amount: units of the currency, as many decimals as were written; currency: ISO 4217 code."""

    amount: Decimal
    currency: str

    def rounded(self) -> Money:
        """To the cent, half up."""
        return Money(self.amount.quantize(CENT, ROUND_HALF_UP), self.currency)
