"""Calls every route by the generated Python client and prints the id of each operation that it called.

usage: call_every_route.py <address> <key of all markets> <key of the market uk>
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable

import trendflow_client as trendflow

ID = "20000"


def apis(address: str, settings: dict) -> dict[str, object]:
    client = trendflow.ApiClient(trendflow.Configuration(host=address, **settings))
    names = ["Products", "Orders", "Outcomes", "Decisions", "Overview"]
    return {name.lower(): getattr(trendflow, f"{name}Api")(client) for name in names}


def check(condition: bool, text: object) -> None:
    if not condition:
        raise AssertionError(text)


def refused(status: int, parameter: str | None, call: Callable) -> None:
    """Checks that a call fails with a problem that names a parameter."""
    try:
        call()
    except trendflow.ApiException as error:
        check(error.status == status, error)
        problem = trendflow.Problem.from_json(error.body)
        check(problem.status == status and problem.parameter == parameter, error.body)
        check(problem.detail.endswith("."), error.body)
    else:
        raise AssertionError(f"no error {status}")


def every_operation(api: dict) -> dict[str, Callable]:
    products, overview, outcomes = api["products"], api["overview"], api["outcomes"]
    decision = trendflow.DecisionRequest(market="uk", product_id=ID, action="watch")
    plan = trendflow.WhatIfRequest(market="uk", promotions=[])

    def ask_what_if():  # the sample shop's model refuses every what-if
        refused(409, None, lambda: products.ask_what_if(ID, plan))
        return products.get_product(ID)

    return {
        "listRecommendations": lambda: products.list_recommendations(market="uk", limit=2),
        "listChanges": products.list_changes,
        "getProduct": lambda: products.get_product(ID),
        "getProductHistory": lambda: products.get_product_history(ID, weeks=4),
        "listSimilarProducts": lambda: products.list_similar_products(ID),
        "listComparableLaunches": lambda: products.list_comparable_launches(ID),
        "lookUpProducts": lambda: products.look_up_products(trendflow.Lookup(ids=[ID])),
        "askWhatIf": ask_what_if,
        "proposeOrders": lambda: api["orders"].propose_orders(market="uk", budget=1000),
        "listOutcomes": outcomes.list_outcomes,
        "listRunOutcomes": lambda: outcomes.list_run_outcomes("r-judged"),
        "listFindings": outcomes.list_findings,
        "addDecision": lambda: api["decisions"].add_decision(str(uuid.uuid4()), decision),
        "listDecisions": api["decisions"].list_decisions,
        "listTrends": overview.list_trends,
        "listCategories": overview.list_categories,
        "listSales": lambda: overview.list_sales(category="Lighting", market="uk"),
        "listBrands": overview.list_brands,
        "listMarkets": overview.list_markets,
        "listRuns": overview.list_runs,
        "listModels": overview.list_models,
        "listSourceQuality": overview.list_source_quality,
    }


def main() -> None:
    address, key, uk = sys.argv[1:]
    everything = apis(address, {"access_token": key})
    for operation, call in every_operation(everything).items():
        answer = call()
        check(operation == "addDecision" or answer.as_of is not None, answer)
        print(operation)

    products = everything["products"]
    first = products.list_recommendations(limit=1)
    check(first.items[0].product_id and first.items[0].expected_units > 0, first)
    second = products.list_recommendations(limit=1, cursor=first.next_cursor)
    check(first.items[0] != second.items[0], second)
    some = products.list_recommendations(limit=1, fields=["product_id", "rank"]).items[0]
    check(some.rank == 1 and some.market is None, some)

    earlier = products.list_recommendations(run_id="r0", limit=1)
    check(earlier.run_id == "r0" and earlier.items[0].run_id == "r0", earlier)

    one_market = apis(address, {"api_key": {"key": uk}})
    refused(400, "sort", lambda: products.list_recommendations(cursor=first.next_cursor, sort="growht"))
    refused(404, None, lambda: products.get_product("no-such-product"))
    refused(404, None, lambda: products.list_recommendations(run_id="no-such-run"))
    refused(403, None, one_market["overview"].list_source_quality)
    refused(403, None, every_operation(one_market)["addDecision"])
    refused(401, None, apis(address, {})["overview"].list_markets)


if __name__ == "__main__":
    main()
