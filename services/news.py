"""What a provider has done or heard, whoever brings it: a webhook, or a look at its lists."""

from __future__ import annotations

from models.payments import MAY_ARRIVE, Payment
from models.refunds import Refund, RefundStatus
from services import disputes, payment_methods, payments, refunds
from services.gateway import (
    DisputeMoved,
    Gateway,
    MethodGone,
    MethodKept,
    News,
    PaymentMoved,
    RefundMade,
    RefundMoved,
)


async def act_on(news: News, gateway: Gateway) -> bool:
    """Do what follows. Safe to repeat. Returns whether it meant something to us."""
    match news:
        case PaymentMoved():
            payment = await Payment.get_or_none(id=news.operation_id)
            if payment is not None and payment.status in MAY_ARRIVE:
                await payments.find_out(payment.id, gateway)
            return payment is not None
        case RefundMoved():
            refund = await Refund.get_or_none(id=news.operation_id)
            # one that went may be sent back by the payer's bank
            if refund is not None and refund.status is not RefundStatus.FAILED:
                await refunds.find_out(refund.id, gateway)
            return refund is not None
        case RefundMade():
            return await refunds.take_in(news, gateway)
        case DisputeMoved():
            return await disputes.find_out(news.reference, gateway)
        case MethodKept():
            await payment_methods.keep(news.workspace_id, news.method)
        case MethodGone():
            await payment_methods.let_go(news.reference)
    return True
