"""Replays a shop's orders on the origins of a backtest and compares their profits with that of perfect foresight.

usage: replay_orders.py STORE [SPREAD]

STORE is the folder of the tables, SPREAD the least share by which greedy must exceed a spread in proportion (default .03; the
invented demand of the tests' shop differs less between products, so that a spread is nearly as good). Every product of an
origin is ordered once for the whole horizon, without stock and salvage, at one margin for all. The table has the profit as a
share of perfect foresight, the mean over the origins and markets. Prints the shares as JSON and exits with 1 if one of the
checks below fails by more than two standard errors over origins and markets. It shares no code with the jobs: the quantity is
read from the quantiles directly.
"""

import json
import math
import statistics
import sys

import duckdb

LEVELS = [5, 10, 25, 50, 75, 90, 95]
MARGINS = [0.3, 0.4, 0.6]

ROWS = """
with latest as (
  select backtest_id, recipe_id from read_parquet('{store}/prediction/models/*/*.parquet', union_by_name = true)
  where event = 'backtested' order by horizon_days, changed_at desc limit 1
)
select cutoff, market, price, greatest(actual_units, 0), expected_units, median_units, baseline_units, {quantiles}
from read_parquet('{store}/prediction/backtest/*/*.parquet', union_by_name = true)
where (backtest_id, recipe_id) in (select (backtest_id, recipe_id) from latest) and price > 0 and units_q50 is not null
order by cutoff, market, product_id
"""


class Product:
    """A product at an origin."""

    def __init__(self, price, actual, expected, median, baseline, quantiles):
        self.price = price
        self.actual = actual
        self.expected = expected
        self.median = median
        self.baseline = baseline
        self.knots = [(0.0, max(0.0, 2 * quantiles[0] - quantiles[1]))]
        self.knots += [(level / 100, units) for level, units in zip(LEVELS, quantiles)]

    def quantile(self, level):
        """Returns the units at a level, linear between the quantiles and exponential above the highest."""
        (below, before), (top, last) = self.knots[-2:]
        if level >= top:
            return last + (last - before) / math.log((1 - below) / (1 - top)) * math.log((1 - top) / (1 - level))
        for (low, less), (high, more) in zip(self.knots, self.knots[1:]):
            if level <= high:
                return less + (more - less) * (level - low) / (high - low)
        raise AssertionError(level)

    def uplift(self):
        return self.price * (self.expected - self.baseline)


def profit(products, units, margin):
    return sum(p.price * (min(p.actual, q) - (1 - margin) * q) for p, q in zip(products, units))


def cost(products, units, margin):
    return sum(p.price * (1 - margin) * q for p, q in zip(products, units))


def greedy(products, margin, budget):
    """Orders where the next unit has the highest expected profit for the money, until the money is spent.

    With one margin for all, that is up to the same level for all products. Units below the level 0 are certain to sell;
    if they cost more than the budget, all of them are equally good.
    """
    certain = [p.quantile(0) for p in products]
    if cost(products, certain, margin) >= budget:
        return [units * budget / cost(products, certain, margin) for units in certain]
    low, high = 0.0, margin
    for _ in range(60):
        middle = (low + high) / 2
        if cost(products, [p.quantile(middle) for p in products], margin) > budget:
            high = middle
        else:
            low = middle
    return [p.quantile(low) for p in products]


def down_the_list(products, margin, budget):
    """Orders the expected units in the order of the list until the money is spent."""
    left = budget
    units = [0.0] * len(products)
    for i in sorted(range(len(products)), key=lambda i: -products[i].uplift()):
        unit = products[i].price * (1 - margin)
        units[i] = min(products[i].expected, left / unit)
        left -= units[i] * unit
    return units


def shares(products):
    result = {}
    for margin in MARGINS:
        perfect = profit(products, [p.actual for p in products], margin)
        orders = {
            "expected": [p.expected for p in products],
            "median": [p.median for p in products],
            "baseline": [p.baseline for p in products],
            "newsvendor": [p.quantile(margin) for p in products],
        }
        for name, units in orders.items():
            result[f"{name} {margin}"] = profit(products, units, margin) / perfect
        budget = cost(products, orders["newsvendor"], margin) / 4
        # All products give the same profit for the money to whoever knows the demand, since their margin is the same.
        foresight = min(budget * margin / (1 - margin), perfect)
        scale = budget / cost(products, orders["expected"], margin)
        quarter = {
            "greedy": greedy(products, margin, budget),
            "spread": [p.expected * scale for p in products],
            "list": down_the_list(products, margin, budget),
        }
        for name, units in quarter.items():
            result[f"{name} {margin}"] = profit(products, units, margin) / foresight
    return result


def below(each, floor, order, *others):
    """Returns whether an order's share is below the best of others plus a floor, by more than two standard errors."""
    best = max(others, key=lambda name: sum(one[name] for one in each), default=None)
    above = [one[order] - (one[best] if best else 0) for one in each]
    return statistics.fmean(above) + 2 * statistics.stdev(above) / math.sqrt(len(above)) < floor


def failures(each, spread):
    """Returns a sentence for each way in which the orders earn less than they should."""
    found = []
    for margin in MARGINS:
        others = [f"{name} {margin}" for name in ("expected", "median", "baseline")]
        if below(each, -0.02, f"newsvendor {margin}", *others):
            found.append(f"At a margin of {margin} the newsvendor is more than .02 below the best other order.")
        if below(each, 0.95, f"greedy {margin}"):
            found.append(f"At a margin of {margin} greedy is below .95 of perfect foresight.")
        if below(each, spread, f"greedy {margin}", f"spread {margin}"):
            found.append(f"At a margin of {margin} greedy is less than {spread} above a spread in proportion.")
        if below(each, 0.30, f"greedy {margin}", f"list {margin}"):
            found.append(f"At a margin of {margin} greedy is less than .30 above the order of the list.")
    if below(each, 0.20, "newsvendor 0.3", "expected 0.3"):
        found.append("At a margin of 0.3 the newsvendor is less than .20 above the expected units.")
    return found


def main(store, spread=0.03):
    quantiles = ", ".join(f"units_q{level:02d}" for level in LEVELS)
    rows = duckdb.connect().execute(ROWS.format(store=store, quantiles=quantiles)).fetchall()
    groups = {}
    for cutoff, market, price, *numbers in rows:
        product = Product(float(price), *numbers[:4], numbers[4:])
        groups.setdefault((cutoff, market), []).append(product)
    each = [shares(products) for products in groups.values()]
    means = {name: sum(one[name] for one in each) / len(each) for name in each[0]}
    print(json.dumps({"groups": len(each), "rows": len(rows), "shares": means}, indent=1))
    problems = failures(each, spread)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(float, sys.argv[2:])))
