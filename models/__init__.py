"""What is true: tables, money, credits, constraints."""

MODULES = (
    "models.catalog",
    "models.workspaces",
    "models.contracts",
    "models.subscriptions",
    "models.clients",
    "models.seats",
    "models.phone_numbers",
    "models.credits",
    "models.invoices",
    "models.payments",
    "models.webhooks",
    "models.refunds",
    "models.disputes",
    "models.reconciliations",
    "models.balances",
    "models.usage",
    "models.calls",
    "models.recharges",
)
