"""Prints evidently's population stability index of each pair of columns in a CSV file of bins."""

import sys

import pandas as pd
from evidently.legacy.calculations.stattests import psi_stat_test
from evidently.legacy.core import ColumnType

bins = pd.read_csv(sys.argv[1], dtype=str)
for pair in sorted({name.split("_")[1] for name in bins.columns}, key=int):
    reference = bins[f"reference_{pair}"].dropna()
    current = bins[f"current_{pair}"].dropna()
    print(psi_stat_test.func(reference, current, ColumnType.Categorical, 0.1)[0])
