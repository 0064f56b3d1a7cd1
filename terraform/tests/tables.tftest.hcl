# Each contract becomes a table with the contract's columns, partition, clustering and primary key.
mock_provider "google" {}

variables {
  project           = "my-shop-dev"
  environment       = "dev"
  state_bucket      = "my-shop-dev-terraform"
  github_repository = "my-shop/trendflow"
}

run "every_contract_is_a_table" {
  command = plan

  assert {
    condition = toset(keys(google_bigquery_table.table)) == toset([
      "features/product_keywords", "new_product/calendar", "new_product/catalog", "prediction/backtest", "prediction/decisions",
      "prediction/models", "prediction/orders", "prediction/outcomes", "prediction/plans", "prediction/runs", "prediction/score_inputs", "prediction/scores",
      "quality/findings", "quality/ingests", "quality/monitors", "quality/rejects", "sales_history/daily_sales",
      "sales_history/stock_levels", "trend/signals",
    ])
    error_message = "The tables are not those of the contracts, but ${join(", ", keys(google_bigquery_table.table))}."
  }

  assert {
    condition     = toset([for dataset in google_bigquery_dataset.dataset : dataset.dataset_id]) == toset(["features", "new_product", "prediction", "quality", "sales_history", "trend"])
    error_message = "The datasets are not those of the contracts."
  }

  assert {
    condition     = { for name, table in google_bigquery_table.table : name => table.time_partitioning[0].field } == { for file in fileset(".", "../schemas/src/main/resources/*/*.json") : trimsuffix(trimprefix(file, "../schemas/src/main/resources/"), ".json") => jsondecode(file(file)).partition_by }
    error_message = "A table's partition column differs from its contract."
  }

  assert {
    condition     = alltrue([for table in google_bigquery_table.table : table.time_partitioning[0].type == "DAY"])
    error_message = "A table is not partitioned by day."
  }

  assert {
    condition     = { for name, table in google_bigquery_table.table : name => table.clustering == null ? "[]" : jsonencode(table.clustering) } == { for file in fileset(".", "../schemas/src/main/resources/*/*.json") : trimsuffix(trimprefix(file, "../schemas/src/main/resources/"), ".json") => jsonencode(jsondecode(file(file)).cluster_by) }
    error_message = "A table's clustering columns differ from its contract."
  }

  assert {
    condition     = { for name, table in google_bigquery_table.table : name => jsonencode(table.table_constraints[0].primary_key[0].columns) } == { for file in fileset(".", "../schemas/src/main/resources/*/*.json") : trimsuffix(trimprefix(file, "../schemas/src/main/resources/"), ".json") => jsonencode(jsondecode(file(file)).primary_key) }
    error_message = "A table's primary key differs from its contract."
  }

  assert {
    condition     = { for name, table in google_bigquery_table.table : name => jsondecode(table.schema) } == { for file in fileset(".", "../schemas/src/main/resources/*/*.json") : trimsuffix(trimprefix(file, "../schemas/src/main/resources/"), ".json") => jsondecode(file(file)).fields }
    error_message = "A table's columns, modes or descriptions differ from its contract."
  }

  # One table with literal values, because the comparisons above would also pass if both sides were empty.
  assert {
    condition     = google_bigquery_table.table["prediction/scores"].clustering == tolist(["market", "rank"]) && google_bigquery_table.table["prediction/scores"].time_partitioning[0].field == "as_of" && google_bigquery_table.table["prediction/scores"].table_constraints[0].primary_key[0].columns == tolist(["run_id", "market", "product_id"])
    error_message = "The partition, clustering or primary key of prediction.scores differs from the expected one."
  }

  assert {
    condition     = [for field in jsondecode(google_bigquery_table.table["prediction/scores"].schema) : "${field.type} ${field.mode}: ${field.description}" if field.name == "run_id"] == ["STRING REQUIRED: Id of the batch, the scoring run that wrote the row; the row is visible once prediction.runs has the id."]
    error_message = "The type, mode or description of prediction.scores.run_id differs from the expected one."
  }
}

run "commit_tables_have_views_of_their_visible_rows" {
  command = plan

  assert {
    condition = { for name, view in google_bigquery_table.view : name => "${view.dataset_id}.${view.table_id}: ${view.description}" } == {
      "prediction/visible_runs" = "prediction.visible_runs: Published scoring runs that are neither retracted nor in hindsight."
      "quality/visible_ingests" = "quality.visible_ingests: Finished ingests that no other ingest supersedes."
    }
    error_message = "The views are not those of the contracts: ${join(", ", keys(google_bigquery_table.view))}."
  }

  assert {
    condition     = { for name, view in google_bigquery_table.view : name => view.view[0].query } == { for name, table in { "prediction/visible_runs" = "`my-shop-dev.prediction.runs`", "quality/visible_ingests" = "`my-shop-dev.quality.ingests`" } : name => replace(file("../schemas/src/main/resources/${name}.sql"), "$${table}", table) }
    error_message = "The query of a view differs from its SQL file."
  }

  assert {
    condition     = alltrue([for view in google_bigquery_table.view : !view.view[0].use_legacy_sql])
    error_message = "A view is in legacy SQL."
  }
}

run "datasets_have_the_configured_prefix" {
  command = plan
  variables {
    dataset_prefix = "shop_"
  }

  assert {
    condition     = google_bigquery_table.table["prediction/scores"].dataset_id == "shop_prediction"
    error_message = "prediction.scores is in the dataset ${google_bigquery_table.table["prediction/scores"].dataset_id}, not in shop_prediction."
  }

  assert {
    condition     = google_bigquery_table.view["prediction/visible_runs"].dataset_id == "shop_prediction" && strcontains(google_bigquery_table.view["prediction/visible_runs"].view[0].query, "`my-shop-dev.shop_prediction.runs`")
    error_message = "prediction.visible_runs is not in the dataset shop_prediction, or does not read that dataset's table."
  }
}
