package io.trendflow.features;

import io.trendflow.history.HorizonPlan;
import io.trendflow.history.PlannedEvent;
import io.trendflow.history.ProductState;
import java.time.LocalDate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Column of what is planned for a row's horizon: prices, and events that change them. */
final class PlanColumn {
  static final StructType TYPE =
      new StructType()
          .add("list_price", DataTypes.DoubleType, true)
          .add("current_price", DataTypes.DoubleType, true)
          .add(
              "planned_events",
              new ArrayType(
                  new StructType()
                      .add("kind", DataTypes.StringType, false)
                      .add("starts_on", DataTypes.DateType, false)
                      .add("ends_on", DataTypes.DateType, false)
                      .add("depth", DataTypes.DoubleType, true),
                  false),
              false);

  private PlanColumn() {}

  static Row of(ProductState product) {
    HorizonPlan plan = product.plan();
    return RowFactory.create(
        known(plan.listPrice()),
        known(plan.currentPrice()),
        plan.events().stream().map(PlanColumn::row).toArray());
  }

  private static Row row(PlannedEvent event) {
    return RowFactory.create(
        event.kind().label(),
        LocalDate.ofEpochDay(event.days().first()),
        LocalDate.ofEpochDay(event.days().last()),
        known(event.depth()));
  }

  private static @Nullable Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
