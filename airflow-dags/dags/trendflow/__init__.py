"""What the DAGs of TrendFlow share."""
