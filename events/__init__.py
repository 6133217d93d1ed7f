"""What happened: events, the claims behind them, and everything that filters, counts and exports them."""
