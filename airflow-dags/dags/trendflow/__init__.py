"""Modules shared by the DAGs of TrendFlow."""
