"""When it went out: change sets, their impact, and the one transaction that publishes."""
