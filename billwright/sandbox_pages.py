"""Where a payer confirms a sandbox payment, as a bank's 3-D Secure page would let them."""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qs
from uuid import UUID

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from models.payments import Payment, PaymentStatus
from services import payments
from services.gateway.sandbox import SandboxGateway

PATH = "/sandbox/confirm/{payment_id:uuid}"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
CHOICES = {"yes": True, "no": False}
FORM_BYTES_MAX = 1024
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 15vh auto; padding: 0 1rem;
       color: #1d2733; }}
button {{ font: inherit; padding: .6rem 1.2rem; border: 1px solid #1d2733; border-radius: .4rem;
         background: #fff; cursor: pointer; }}
button[value=yes] {{ background: #1d2733; color: #fff; }}
small {{ color: #5c6773; }}
</style>
<h1>{title}</h1>{body}</html>"""


def routes(gateway: SandboxGateway) -> list[BaseRoute]:
    """The page with the question, and the answer to it."""

    async def ask(request: Request) -> Response:
        payment = await _waiting_payment(request, gateway)
        return _question(payment) if payment else _nothing_to_confirm()

    async def answer(request: Request) -> Response:
        payment = await _waiting_payment(request, gateway)
        if payment is None:
            return _nothing_to_confirm()
        choice = await _choice(request)
        if choice not in CHOICES:
            return _question(payment, status=400)
        await gateway.confirm(payment.id, _secret(request), approved=CHOICES[choice])
        return _decided(await payments.find_out(payment.id, gateway))

    return [Route(PATH, ask, methods=["GET"]), Route(PATH, answer, methods=["POST"])]


async def _waiting_payment(request: Request, gateway: SandboxGateway) -> Payment | None:
    """The payment of the address, for who has its secret, while it waits to be confirmed."""
    payment_id: UUID = request.path_params["payment_id"]
    if not await gateway.awaits(payment_id, _secret(request)):
        return None
    payment = await payments.find_out(payment_id, gateway)  # its time may have run out by now
    return payment if payment.status is PaymentStatus.REQUIRES_ACTION else None


async def _choice(request: Request) -> str:
    """Which button was pressed. Read by hand: Starlette's forms need a package more than that."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_BYTES_MAX:
            return ""
    return parse_qs(body.decode(errors="replace")).get("approve", [""])[0]


def _secret(request: Request) -> str:
    return request.query_params.get("client_secret", "")


def _question(payment: Payment, *, status: int = 200) -> Response:
    return _page(
        "Confirm this payment?",
        f"<p>The sandbox bank is asked to pay <strong>{escape(str(payment.amount))}</strong>.</p>"
        '<form method="post"><button name="approve" value="yes">Confirm</button> '
        '<button name="approve" value="no">Refuse</button></form>'
        "<p><small>Sandbox: no real money moves.</small></p>",
        status,
    )


def _decided(payment: Payment) -> Response:
    """What became of it, as it is booked: it may have been called off in the same moment."""
    if payment.status is PaymentStatus.SUCCEEDED:
        return _page("Payment confirmed", "<p>You can close this page.</p>")
    return _page("Payment refused", "<p>Nothing was charged. You can close this page.</p>")


def _nothing_to_confirm() -> Response:
    return _page(
        "Nothing to confirm", "<p>This payment is decided, or the address is wrong.</p>", 404
    )


def _page(title: str, body: str, status: int = 200) -> Response:
    return HTMLResponse(
        PAGE.format(title=title, body=body),
        status_code=status,
        headers={
            "content-security-policy": CONTENT_SECURITY_POLICY,
            "cache-control": "no-store",
            "referrer-policy": "no-referrer",
        },
    )
