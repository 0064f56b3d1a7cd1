"""Calls the tools of the MCP endpoint by the client of the Python SDK.

usage: call_mcp.py <address> <key of all markets> <key of the market uk>
"""

from __future__ import annotations

import asyncio
import json
import sys

from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client


def check(condition: bool, text: object) -> None:
    if not condition:
        raise AssertionError(text)


async def all_markets(session: ClientSession) -> None:
    tools = {tool.name: tool for tool in (await session.list_tools()).tools}
    check(set(tools) == {"list_recommendations", "explain_product", "plan_order", "source_health"}, tools)
    check(all(tool.annotations.readOnlyHint for tool in tools.values()), tools)

    listed = await session.call_tool("list_recommendations", {"market": "uk", "limit": 3})
    items = listed.structuredContent["items"]
    check(not listed.isError and [item["rank"] for item in items] == [1, 2, 3], listed)
    check(json.loads(listed.content[0].text) == listed.structuredContent, listed)
    earlier = await session.call_tool("list_recommendations", {"as_of": "2011-08-24"})
    check(earlier.structuredContent["run_id"] == "r0" and len(earlier.structuredContent["items"]) == 10, earlier)

    explained = await session.call_tool("explain_product", {"product_id": "20000", "market": "uk"})
    check(explained.structuredContent["items"][0]["reasons_in_words"], explained)
    order = await session.call_tool("plan_order", {"market": "uk", "budget": 100, "limit": 1})
    plan = order.structuredContent
    check(len(plan["orders"]) <= 1 <= plan["orders_total"] + plan["incomplete_total"], order)
    check(plan["budget"] == 100 and plan["degraded_reasons"] == [], order)
    health = await session.call_tool("source_health", {})
    check(health.structuredContent["items"][0]["source"] == "shop_orders", health)

    for tool, arguments, sentence in [
        ("explain_product", {}, "Argument 'product_id' is missing"),
        ("explain_product", {"product_id": "nix"}, "Product 'nix' is not known in the latest run."),
        ("list_recommendations", {"market": "atlantis"}, "Parameter 'market' can't be 'atlantis': use one of de, uk."),
        ("list_recommendations", {"markt": "uk"}, "There is no argument 'markt': use one of market, "),
        ("plan_order", {"market": "uk", "limit": 101}, "use a whole number from 1 to 100."),
    ]:
        refused = await session.call_tool(tool, arguments)
        check(refused.isError and sentence in refused.content[0].text, refused)
    try:
        await session.call_tool("no_such_tool", {})
    except Exception as error:  # the SDK raises McpError for an error of JSON-RPC
        check("There is no tool 'no_such_tool'" in str(error), error)
    else:
        raise AssertionError("an unknown tool was called")


async def one_market(session: ClientSession) -> None:
    listed = await session.call_tool("list_recommendations", {"limit": 100})
    check({item["market"] for item in listed.structuredContent["items"]} == {"uk"}, listed)
    refused = await session.call_tool("source_health", {})
    check(refused.isError and "access to single markets" in refused.content[0].text, refused)


async def call(address: str, key: str, steps) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    async with streamablehttp_client(f"{address}/mcp", headers) as (read, write, _):
        async with ClientSession(read, write) as session:
            server = await session.initialize()
            check(server.serverInfo.name == "trendflow" and "degraded" in server.instructions, server)
            await session.send_ping()
            await steps(session)


async def main() -> None:
    address, key, uk = sys.argv[1:]
    await call(address, key, all_markets)
    await call(address, uk, one_market)


if __name__ == "__main__":
    asyncio.run(main())
