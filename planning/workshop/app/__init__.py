"""The facilitator's app: the seven steps as live pages without code, a home page, and what starts and ends them."""
