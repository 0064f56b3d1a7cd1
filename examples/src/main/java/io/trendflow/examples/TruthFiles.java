package io.trendflow.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes the planted truth beside the raw files, never among them. */
final class TruthFiles {
  static final String TRUTH = "truth.csv";

  private final Path out;

  TruthFiles(Path out) {
    this.out = out;
  }

  void write(PlantedTruth truth) throws IOException {
    try (CsvFileWriter file =
        csv(
            TRUTH,
            "kind",
            "product_id",
            "market",
            "rise_start",
            "factor",
            "lead_weeks",
            "keyword")) {
      for (DemandEpisode e : truth.episodes()) {
        String kind = e.winner() ? "winner" : "episode";
        file.writeValues(
            kind, e.productId(), e.market(), e.riseStart(), e.factor(), e.leadWeeks(), e.keyword());
      }
    }
    writeSupply(truth);
    try (CsvFileWriter file = csv("decoys.csv", "keyword", "resembles")) {
      for (PlantedTruth.Decoy decoy : truth.decoys()) {
        file.writeValues(decoy.keyword(), decoy.resembles());
      }
    }
    try (CsvFileWriter file = csv("dirt.csv", "source", "kind", "records", "outcome")) {
      for (PlantedDirt dirt : truth.dirt()) {
        file.writeValues(dirt.source(), dirt.kind(), dirt.records(), dirt.outcome());
      }
    }
  }

  private void writeSupply(PlantedTruth truth) throws IOException {
    try (CsvFileWriter file =
        csv(
            "supply.csv",
            "kind",
            "product_id",
            "market",
            "starts_on",
            "ends_on",
            "factor",
            "lost_units")) {
      for (SupplyEpisode e : truth.supply()) {
        file.writeValues(
            e.kind(),
            e.productId(),
            e.market(),
            e.startsOn(),
            e.endsOn(),
            e.factor(),
            e.lostUnits());
      }
    }
    try (CsvFileWriter file = csv("lost_sales.csv", "product_id", "market", "day", "units")) {
      for (LostSale lost : truth.lostSales()) {
        file.writeValues(lost.productId(), lost.market(), lost.day(), lost.units());
      }
    }
  }

  private CsvFileWriter csv(String name, String... columns) throws IOException {
    return new CsvFileWriter(out.resolve(name), List.of(columns));
  }
}
