"""Finds the optimum of purchase plans with OR-tools' CP-SAT.

usage: optimal_plans.py PLANS.json OPTIMA.csv

PLANS.json is what OptimalPlansTest writes with TRENDFLOW_UPDATE_DOCS=true: of each plan the budget, and of each product
the cost and the expected profit of each quantity. OPTIMA.csv gets a line for each plan: the best profit found and the
solver's bound. Needs ortools 9.x, which is not a dependency of the tests: they read OPTIMA.csv.
"""

import json
import sys

from ortools.sat.python import cp_model

SCALE = 10_000  # money is solved in whole hundredths of a penny


def optimum(plan):
    model = cp_model.CpModel()
    spent, earned = [], []
    for product in plan["products"]:
        chosen = [model.new_bool_var("") for _ in product["costs"]]
        model.add_at_most_one(chosen)
        spent += [round(cost * SCALE) * one for cost, one in zip(product["costs"], chosen)]
        earned += [round(profit * SCALE) * one for profit, one in zip(product["profits"], chosen)]
    model.add(sum(spent) <= round(plan["budget"] * SCALE))
    model.maximize(sum(earned))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = 20
    solver.parameters.num_workers = 1
    solver.parameters.relative_gap_limit = 1e-5
    solver.solve(model)
    return solver.objective_value / SCALE, solver.best_objective_bound / SCALE


def main(plans, optima):
    with open(plans) as read, open(optima, "w") as written:
        for plan in json.load(read):
            best, bound = optimum(plan)
            print(f"{best:.4f},{bound:.4f}", file=written, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
