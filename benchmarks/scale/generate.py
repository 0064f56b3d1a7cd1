"""Writes the raw files of a shop of any size: daily sales, a catalogue and, if asked for, weekly search trends.

usage: generate.py <folder> --rows 1000000 --products 10000 [--markets 1] [--keywords 0]

Every number is drawn from one seed, so that two runs write the same bytes.
"""

import argparse
from pathlib import Path

import numpy as np
import polars as pl

DAYS = 730
FIRST_DAY = np.datetime64("2022-01-01")
FILES = 24
CATEGORIES = 40
BRANDS = 300
NOUNS = ["mug", "lamp", "basket", "candle", "clock", "frame", "tray", "vase", "cushion", "throw"]
WEEKS_OF_TRENDS = 104


def word(number: int) -> str:
    """Returns a made-up word for a number; different numbers have different words."""
    consonants, vowels = "bdfgklmnprstvz", "aeiou"
    letters = []
    for _ in range(4):
        number, consonant = divmod(number, len(consonants))
        number, vowel = divmod(number, len(vowels))
        letters += [consonants[consonant], vowels[vowel]]
    return "".join(letters)


def names(products: int) -> list[str]:
    """Returns a name for each product: two rare words, a common one and a noun."""
    return [
        f"{word(17 * p + 3)} {word(p // 50)} {word(p % 200)} {NOUNS[p % len(NOUNS)]}"
        for p in range(products)
    ]


def sales(draws: np.random.Generator, rows: int, products: int, markets: int) -> pl.DataFrame:
    """Returns one row for each market, product and day with a sale, about `rows` in all."""
    # Products differ in pace by the square root of their rank, so that each has some rows.
    pace = 1 / np.sqrt(np.arange(1, products + 1))
    share = draws.permutation(pace / pace.sum())
    wanted = np.minimum(rows / markets * share, 0.9 * DAYS)
    # Two draws of the same day make one row, so more are drawn than rows are wanted.
    expected = np.log1p(-wanted / DAYS) / np.log1p(-1 / DAYS)
    frames = []
    for market in range(markets):
        count = draws.poisson(expected)
        product = np.repeat(np.arange(products, dtype=np.int32), count)
        day = draws.integers(0, DAYS, len(product), dtype=np.int32)
        frames.append(
            pl.DataFrame({"market": np.full(len(product), market, np.int32), "product": product, "day": day})
            .unique()
            .sort("market", "product", "day")
        )
    frame = pl.concat(frames)
    units = 1 + draws.poisson(0.8 + 2 * np.sqrt(share * products)[frame["product"]])
    price = np.round(3 + 40 * draws.random(products), 2)[frame["product"]]
    return frame.with_columns(pl.Series("quantity", units), pl.Series("price", price))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--products", type=int, default=10_000)
    parser.add_argument("--markets", type=int, default=1)
    parser.add_argument("--keywords", type=int, default=0)
    options = parser.parse_args()
    draws = np.random.default_rng(1)
    sku = [f"sku-{p:06d}" for p in range(options.products)]
    folders = {name: options.folder / name for name in ("sales", "catalogue", "trends")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)

    frame = sales(draws, options.rows, options.products, options.markets)
    lines = frame.select(
        pl.format("m{}", "market").alias("market"),
        pl.Series(sku).gather(frame["product"]).alias("sku"),
        (pl.lit(FIRST_DAY).cast(pl.Date) + pl.duration(days=pl.col("day"))).alias("day"),
        "quantity",
        "price",
        (pl.col("day") * FILES // DAYS).alias("file"),
    )
    for (number,), part in lines.group_by("file"):
        part.drop("file").sort("day", "market", "sku").write_csv(folders["sales"] / f"sales-{number:02d}.csv")

    titles = names(options.products)
    pl.DataFrame(
        {
            "sku": sku,
            "title": titles,
            "category": [f"category {p % CATEGORIES}" for p in range(options.products)],
            "brand": [word(9_000 + p % BRANDS) for p in range(options.products)],
        }
    ).write_csv(folders["catalogue"] / "products.csv")

    if options.keywords:
        # Half of the keywords belong to a product; the others share its commonest word.
        keyword = [
            " ".join(titles[(7 * k) % options.products].split()[0:2])
            if k % 2 == 0
            else f"{NOUNS[k % len(NOUNS)]} {word(500_000 + k)}"
            for k in range(options.keywords)
        ]
        week = FIRST_DAY + 1 + 7 * np.arange(WEEKS_OF_TRENDS)
        weeks = WEEKS_OF_TRENDS if options.keywords <= 1_000 else 8
        unique = list(dict.fromkeys(keyword))
        pl.DataFrame(
            {
                "keyword": np.repeat(unique, weeks),
                "date": np.tile(week[-weeks:], len(unique)),
                "value": draws.integers(1, 100, weeks * len(unique)),
            }
        ).write_csv(folders["trends"] / "trends.csv")
    print(f"{len(frame)} rows of {options.products} products in {options.folder}")


if __name__ == "__main__":
    main()
