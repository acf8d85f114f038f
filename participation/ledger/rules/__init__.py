"""Pure decisions of the ledger: clocks, conditions, figures."""
