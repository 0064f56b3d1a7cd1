/**
 * Calls every route by the generated TypeScript client and prints the id of each operation that it called.
 *
 * usage: node call-every-route.js <address> <key of all markets> <key of the market uk>
 */
import * as trendflow from "./client";

const ID = "20000";

function apis(basePath: string, key?: string) {
  const settings = new trendflow.Configuration({ basePath, accessToken: key, apiKey: key });
  return {
    products: new trendflow.ProductsApi(settings),
    orders: new trendflow.OrdersApi(settings),
    outcomes: new trendflow.OutcomesApi(settings),
    decisions: new trendflow.DecisionsApi(settings),
    overview: new trendflow.OverviewApi(settings),
  };
}

function check(condition: boolean, text: unknown): void {
  if (!condition) {
    throw new Error(JSON.stringify(text));
  }
}

/** Checks that a call fails with a problem that names a parameter. */
async function refused(status: number, parameter: string | undefined, call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    check(error instanceof trendflow.ResponseError, String(error));
    const problem = trendflow.ProblemFromJSON(await (error as trendflow.ResponseError).response.json());
    check(problem.status === status && (problem.parameter ?? undefined) === parameter, problem);
    return;
  }
  throw new Error(`no error ${status}`);
}

function everyOperation(api: ReturnType<typeof apis>): Record<string, () => Promise<{ asOf?: Date }>> {
  const { products, orders, outcomes, decisions, overview } = api;
  const decisionRequest = { market: "uk", productId: ID, action: "watch" };
  return {
    listRecommendations: () => products.listRecommendations({ market: "uk", limit: 2 }),
    listChanges: () => products.listChanges(),
    getProduct: () => products.getProduct({ id: ID }),
    getProductHistory: () => products.getProductHistory({ id: ID, weeks: 4 }),
    listSimilarProducts: () => products.listSimilarProducts({ id: ID }),
    listComparableLaunches: () => products.listComparableLaunches({ id: ID }),
    lookUpProducts: () => products.lookUpProducts({ lookup: { ids: [ID] } }),
    askWhatIf: async () => {
      // The sample shop's model refuses every what-if.
      const plan = { id: ID, whatIfRequest: { market: "uk", promotions: [] } };
      await refused(409, undefined, () => products.askWhatIf(plan));
      return products.getProduct({ id: ID });
    },
    proposeOrders: () => orders.proposeOrders({ market: "uk", budget: 1000 }),
    listOutcomes: () => outcomes.listOutcomes(),
    listRunOutcomes: () => outcomes.listRunOutcomes({ id: "r-judged" }),
    listFindings: () => outcomes.listFindings(),
    addDecision: async () => {
      const added = await decisions.addDecision({ idempotencyKey: crypto.randomUUID(), decisionRequest });
      return { asOf: added.decidedOn };
    },
    listDecisions: () => decisions.listDecisions(),
    listTrends: () => overview.listTrends(),
    listCategories: () => overview.listCategories(),
    listSales: () => overview.listSales({ category: "Lighting", market: "uk" }),
    listBrands: () => overview.listBrands(),
    listMarkets: () => overview.listMarkets(),
    listRuns: () => overview.listRuns(),
    listModels: () => overview.listModels(),
    listSourceQuality: () => overview.listSourceQuality(),
  };
}

async function main(): Promise<void> {
  const [address, key, uk] = process.argv.slice(2);
  const everything = apis(address, key);
  for (const [operation, call] of Object.entries(everyOperation(everything))) {
    const answer = await call();
    check(answer.asOf instanceof Date, answer);
    console.log(operation);
  }

  const { products } = everything;
  const first = await products.listRecommendations({ limit: 1 });
  const second = await products.listRecommendations({ limit: 1, cursor: first.nextCursor ?? undefined });
  check(first.items[0].productId !== undefined && first.items[0].rank === 1, first);
  check(JSON.stringify(first.items[0]) !== JSON.stringify(second.items[0]), second);

  const oneMarket = apis(address, uk);
  await refused(400, "market", () => products.listRecommendations({ market: "atlantis" }));
  await refused(404, undefined, () => products.getProduct({ id: "no-such-product" }));
  await refused(403, undefined, () => oneMarket.overview.listSourceQuality());
  await refused(403, undefined, everyOperation(oneMarket).addDecision);
  await refused(401, undefined, () => apis(address).overview.listMarkets());
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
