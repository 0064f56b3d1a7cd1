"""Invented shop with every case that the models tell apart, and the same shop after a bad week.

Sales come from `tills`, which is silent for 20 days, and weekly from `wholesale`. Each product has one story; the day
of all stories is the last day of sales.
"""

from __future__ import annotations

from collections import defaultdict
from copy import deepcopy
from datetime import date, timedelta

from stores import Rows

LAST = date(2026, 6, 30)
FIRST = date(2025, 11, 15)
HOLE = (date(2025, 12, 1), date(2025, 12, 20))
RUNS = {"early": date(2026, 5, 26), "replaced": LAST, "latest": LAST}
PUBLISHED = {"early": "2026-05-27T06:00:00Z", "replaced": "2026-07-01T06:00:00Z", "latest": "2026-07-01T09:00:00Z"}
CATEGORIES = {"mug": "Mugs", "hat": "Hats", "tee": None}


def clean() -> Rows:
    rows: Rows = defaultdict(dict)
    rows["sales_history.daily_sales"]["i1"] = [*_tills(), *_wholesale()]
    rows["sales_history.daily_sales"]["i2"] = _corrections()
    rows["new_product.catalog"]["i1"] = _catalogue()
    rows["trend.signals"]["i1"] = [*_pull("p1", 10, LAST - timedelta(days=28)), *_pull("p2", 50, LAST)]
    rows["quality.rejects"]["i1"] = [
        {
            "ingest_id": "i1",
            "source": "tills",
            "file": "a.csv",
            "record": n,
            "reason": "bad_date",
            "detail": f"Day {n}.",
        }
        for n in (7, 3)
    ]
    rows["quality.ingests"]["i1"] = [_ingest("i1", "2026-07-01T05:00:00Z", rejected=2)]
    rows["quality.ingests"]["i2"] = [_ingest("i2", "2026-07-01T05:30:00Z", rejected=0)]
    for run, as_of in RUNS.items():
        publish(rows, run, as_of, PUBLISHED[run])
    for monitor, as_of, more in (("early", "2026-06-25", 5), ("late", "2026-07-02", 0)):
        rows["prediction.outcomes"][monitor] = _outcomes(monitor, more)
        rows["quality.monitors"][monitor] = [_monitor(monitor, as_of)]
    rows["prediction.backtest"]["b1"] = _backtest()
    rows["prediction.models"]["b1"] = [_event("backtested", "2026-06-30T08:00:00Z")]
    rows["prediction.models"]["b1-promoted"] = [_event("promoted", "2026-06-30T09:00:00Z")]
    return rows


def after_a_bad_week() -> Rows:
    """Returns the rows of the clean shop and of three superseded ingests, a retracted run, a run in hindsight and a
    killed batch, which readers must not see."""
    rows = deepcopy(clean())
    for n, ingest in enumerate(("bad1", "bad2", "bad3")):
        doubled = [{**row, "ingest_id": ingest} for row in rows["sales_history.daily_sales"]["i1"]]
        rows["sales_history.daily_sales"][ingest] = doubled
        rows["new_product.catalog"][ingest] = [
            {**row, "ingest_id": ingest, "category": "Wrong"} for row in rows["new_product.catalog"]["i1"]
        ]
        rows["quality.ingests"][ingest] = [_ingest(ingest, f"2026-06-30T0{n}:00:00Z", rejected=9, superseded=n)]
    rows["quality.ingests"]["i1"][0]["supersedes"] = ["bad3"]
    publish(rows, "retracted", LAST, "2026-07-01T12:00:00Z")
    rows["prediction.runs"]["retracted-retracted-20260701"] = [
        {**rows["prediction.runs"]["retracted"][0], "retracted": True}
    ]
    publish(rows, "hindsight", LAST, "2026-07-01T13:00:00Z")
    rows["prediction.runs"]["hindsight"][0]["hindsight"] = True
    killed = [{**row, "ingest_id": "killed"} for row in rows["sales_history.daily_sales"]["i1"]]
    rows["sales_history.daily_sales"]["killed"] = killed
    publish(rows, "killed", LAST, "2026-07-01T14:00:00Z")
    del rows["prediction.runs"]["killed"]
    return rows


def before_the_last_runs() -> Rows:
    """Returns the rows after the bad week before the latest run was retracted and the run of May was published."""
    rows = after_a_bad_week()
    del rows["prediction.runs"]["retracted-retracted-20260701"]
    del rows["prediction.runs"]["early"]
    return rows


def _sale(
    source: str, market: str, product: str, day: date, gross: float, back: float = 0, days: int = 1, **more
) -> dict:
    known = day + timedelta(days=days)
    price = {"mug": 6.25, "hat": 12.1}.get(product)
    return {
        "ingest_id": "i1",
        "source": source,
        "market": market,
        "product_id": product,
        "sale_date": str(day),
        "period_days": days,
        "gross_units": gross,
        "return_units": back,
        "gross_revenue": None if price is None else round(gross * price, 2),
        "refunds": None if price is None else round(back * price, 2),
        "orders": int(gross > 0),
        "currency": "GBP" if market == "uk" else "EUR",
        "available_at": f"{known}T00:00:00Z",
        **more,
    }


def _days(first: date, last: date):
    day = first
    while day <= last:
        if not HOLE[0] <= day <= HOLE[1]:
            yield day
        day += timedelta(days=1)


def _tills() -> list[dict]:
    rows = []
    for n, day in enumerate(_days(FIRST, LAST)):
        for market in ("uk", "fr"):
            rows.append(_sale("tills", market, "mug", day, 1 + n % 5, back=int(n % 9 == 0)))
        if n % 3 == 0:
            rows.append(_sale("tills", "uk", "hat", day, 2))
        if day >= date(2026, 5, 20):
            rows.append(_sale("tills", "uk", "new", day, 1))
        if day <= date(2026, 3, 1) and n % 7 == 0:
            rows.append(_sale("tills", "fr", "old", day, 3))
        if n % 10 == 0:
            rows.append(_sale("tills", "uk", "gone", day, 1))
    return rows


def _wholesale() -> list[dict]:
    first = date(2025, 11, 17)
    weeks = [first + timedelta(days=7 * n) for n in range(33)]
    return [_sale("wholesale", "fr", "tee", week, 14, days=7) for week in weeks if week + timedelta(days=6) <= LAST]


def _corrections() -> list[dict]:
    """A later pull corrects a day; it was known on the day after the last one."""
    corrected = _sale("tills", "uk", "mug", date(2026, 6, 2), 40, ingest_id="i2", available_at="2026-07-01T00:00:00Z")
    return [corrected]


def _catalogue() -> list[dict]:
    def entry(market: str, product: str, **more) -> dict:
        return {
            "ingest_id": "i1",
            "source": "catalogue",
            "market": market,
            "product_id": product,
            "name": f"The {product}",
            "category": CATEGORIES.get(product, "Others"),
            "price": 6.5 if product == "mug" else 12.0,
            "currency": "GBP" if market == "uk" else "EUR",
            "launch_censored": False,
            "available_at": "2025-06-01T00:00:00Z",
            **more,
        }

    return [
        entry("all", "mug", launch_censored=True, currency="EUR"),
        entry("uk", "mug", launch_censored=True, name="The British mug", available_at="2025-07-01T00:00:00Z"),
        entry("uk", "hat", launch_censored=True),
        entry("fr", "tee", launch_censored=True),
        entry("uk", "new", launch_date="2026-05-20"),
        entry("uk", "soon", launch_date="2026-07-10"),
        entry("uk", "far", launch_date="2026-12-01"),
        entry("uk", "late", launch_date="2026-06-10"),
        entry("uk", "gone", launch_censored=True, discontinued_on="2026-06-15"),
        entry("fr", "old", launch_censored=True),
    ]


def _pull(pull: str, scale: float, last: date) -> list[dict]:
    rows = []
    for series, growth in (("mug", 1.0), ("hat", 1.05)):
        week = date(2026, 1, 4)
        n = 0
        while week + timedelta(days=6) <= last:
            rows.append(
                {
                    "ingest_id": "i1",
                    "source": "search",
                    "metric": "interest",
                    "keyword": series,
                    "geo": "GB",
                    "observed_on": str(week),
                    "period_days": 7,
                    "value": round(scale * growth**n, 4),
                    "pull_id": pull,
                    "available_at": f"{last}T12:00:00Z",
                }
            )
            week += timedelta(days=7)
            n += 1
    return rows


def _ingest(ingest: str, finished: str, rejected: int, superseded: int | None = None) -> dict:
    sources = [
        {"source": "tills", "kind": "sales", "first_day": str(FIRST), "watermark": str(LAST)},
        {"source": "wholesale", "kind": "sales", "first_day": "2025-11-17", "watermark": "2026-06-28"},
        {"source": "catalogue", "kind": "catalog", "first_day": None, "watermark": None},
        {"source": "search", "kind": "trends", "first_day": "2026-01-04", "watermark": "2026-06-27"},
    ]
    counts = {"read": 100, "accepted": 97 - rejected, "excluded": 3, "rejected": rejected}
    return {
        "ingest_id": ingest,
        "finished_at": finished,
        "supersedes": [f"bad{superseded}"] if superseded else [],
        "files": [{"source": "tills", "file": "a.csv", "sha256": "0", "bytes": 1, **counts}],
        **counts,
        "exclusions": [{"source": "tills", "rule": "postage", "records": 3}],
        "rejections": [{"source": "tills", "reason": "bad_date", "records": rejected}] if rejected else [],
        "sources": sources,
    }


SCORED = (("uk", "mug", "established"), ("fr", "mug", "established"), ("uk", "hat", "established"))
SCORED += (("fr", "tee", "established"), ("uk", "new", "new"), ("uk", "soon", "launch"), ("uk", "late", "delayed"))
LIFECYCLES = {"established": 4, "new": 1, "launch": 1, "delayed": 1, "dormant": 1, "unreleased": 1, "discontinued": 1}


def publish(rows: Rows, run: str, as_of: date, published: str) -> None:
    """Adds the scores of a run and its commit row."""
    start = as_of + timedelta(days=1)
    scores = []
    ranks: dict[str, int] = defaultdict(int)
    for n, (market, product, lifecycle) in enumerate(SCORED):
        ranks[market] += 1
        expected, baseline = 90.5 - n, 70.25
        scores.append(
            {
                "run_id": run,
                "as_of": str(as_of),
                "horizon_days": 28,
                "horizon_start": "2026-07-10" if lifecycle == "launch" else str(start),
                "market": market,
                "product_id": product,
                "name": f"The {product}",
                "category": CATEGORIES.get(product, "Others"),
                "lifecycle": lifecycle,
                "expected_units": expected,
                "median_units": expected - 1,
                "lower_units": 40.0,
                "upper_units": 120.0,
                "baseline_units": baseline,
                "uplift_units": expected - baseline,
                "uplift_revenue": (expected - baseline) * 6.25,
                "potential": 50.0,
                "rank": ranks[market],
                "growth": expected / baseline - 1,
                "price": 6.25,
                "currency": "GBP" if market == "uk" else "EUR",
                "recent_weekly_units": [1.0, 2.0],
                "model_id": "m1",
                "reasons": [
                    {
                        "feature": "units_28",
                        "family": "recent_sales",
                        "value": 12.5,
                        "category": None,
                        "unit": "units",
                        "source": None,
                        "keyword": None,
                        "contribution": 0.1,
                        "effect": 10.5,
                    }
                ],
                "chance": 0.6,
                "state": "RISER",
            }
        )
    rows["prediction.scores"][run] = scores
    rows["features.product_keywords"][run] = [
        {
            "run_id": run,
            "as_of": str(as_of),
            "market": "uk",
            "product_id": product,
            "source": "search",
            "keyword": product,
            "geo": "GB",
            "confidence": 1.0,
            "matched_by": "declared",
        }
        for product in ("mug", "hat")
    ]
    rows["prediction.runs"][run] = [
        {
            "run_id": run,
            "as_of": str(as_of),
            "horizon_days": 28,
            "model_id": "m1",
            "published_at": published,
            "scored_rows": len(scores),
            "lifecycles": [{"lifecycle": name, "rows": count} for name, count in LIFECYCLES.items()],
            "ranked_by": "uplift_revenue",
            "ingest_ids": ["i1", "i2"],
        }
    ]


def _outcomes(monitor: str, more: float) -> list[dict]:
    """Returns the outcomes of the early run by a naive loop, with some units more than were sold."""
    first = RUNS["early"] + timedelta(days=1)
    last = first + timedelta(days=27)
    sold: dict[tuple, dict] = {}
    for row in [*_tills(), *_wholesale(), *_corrections()]:
        day = date.fromisoformat(row["sale_date"])
        if first <= day and day + timedelta(days=row["period_days"] - 1) <= last:
            sold[row["market"], row["product_id"], row["sale_date"]] = row
    outcomes = []
    for n, (market, product, lifecycle) in enumerate(SCORED):
        if lifecycle != "launch":
            rows = [row for key, row in sold.items() if key[:2] == (market, product)]
            units = sum(row["gross_units"] - row["return_units"] for row in rows) + more
            outcomes.append(
                {
                    "monitor_id": monitor,
                    "run_id": "early",
                    "as_of": str(RUNS["early"]),
                    "market": market,
                    "product_id": product,
                    "lifecycle": lifecycle,
                    "horizon_start": str(first),
                    "horizon_days": 28,
                    "rank": n + 1,
                    "expected_units": 90.5 - n,
                    "baseline_units": 70.25,
                    "actual_units": units,
                    "inside": 40 <= units <= 120,
                    "hit": units > 70.25,
                    "known_at": f"{last + timedelta(days=1)}T00:00:00Z",
                }
            )
    return outcomes


def _monitor(monitor: str, as_of: str) -> dict:
    return {
        "monitor_id": monitor,
        "as_of": as_of,
        "finished_at": f"{as_of}T06:00:00Z",
        "run_id": "early",
        "model_id": "m1",
        "ingest_ids": ["i1", "i2"],
    }


def _event(event: str, changed: str) -> dict:
    return {
        "model_id": "m1",
        "changed_at": changed,
        "event": event,
        "recipe_id": "own",
        "backtest_id": "b1",
        "as_of": str(LAST),
        "horizon_days": 28,
        "metrics": [
            {"method": "model", "metric": "wape", "value": 0.25, "standard_error": 0.01},
            {"method": "baseline", "metric": "wape", "value": 0.5, "standard_error": None},
        ],
    }


def _backtest() -> list[dict]:
    return [
        {
            "backtest_id": "b1",
            "recipe_id": recipe,
            "cutoff": cutoff,
            "horizon_days": 28,
            "horizon_start": cutoff,
            "market": market,
            "product_id": product,
            "lifecycle": lifecycle,
            "actual_units": 60.0,
            "expected_units": 61.5,
            "median_units": 60.0,
            "lower_units": 50.0,
            "upper_units": 80.0,
            "baseline_units": 55.0,
        }
        for recipe in ("own", "ablation")
        for cutoff in ("2026-03-31", "2026-04-28")
        for market, product, lifecycle in SCORED[:4]
    ]
