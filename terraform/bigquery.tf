locals {
  contracts_folder = "${path.module}/../schemas/src/main/resources"

  # Maps names such as "prediction/scores" to their contracts, which the jobs and the service read too.
  tables = {
    for file in fileset(local.contracts_folder, "*/*.json") :
    trimsuffix(file, ".json") => jsondecode(file("${local.contracts_folder}/${file}"))
  }

  # Maps names such as "quality/visible_ingests" to the commit table whose visible rows the view has, and to its SQL,
  # which the DAGs' checks use too.
  views = {
    for file in fileset(local.contracts_folder, "*/visible_*.sql") :
    trimsuffix(file, ".sql") => { file = "${local.contracts_folder}/${file}", table = replace(trimsuffix(file, ".sql"), "visible_", "") }
  }

  datasets = toset([for table in keys(local.tables) : dirname(table)])
}

resource "google_bigquery_dataset" "dataset" {
  for_each                   = local.datasets
  dataset_id                 = "${var.dataset_prefix}${each.key}"
  description                = "TrendFlow: ${join(", ", [for table in sort(keys(local.tables)) : basename(table) if dirname(table) == each.key])}."
  location                   = var.region
  max_time_travel_hours      = "168"
  delete_contents_on_destroy = !var.deletion_protection
  depends_on                 = [google_project_service.api]
}

resource "google_bigquery_table" "table" {
  for_each            = local.tables
  dataset_id          = google_bigquery_dataset.dataset[dirname(each.key)].dataset_id
  table_id            = basename(each.key)
  description         = each.value.description
  schema              = jsonencode(each.value.fields)
  clustering          = length(each.value.cluster_by) == 0 ? null : each.value.cluster_by
  deletion_protection = var.deletion_protection

  time_partitioning {
    type  = "DAY"
    field = each.value.partition_by
  }

  # BigQuery does not enforce the key, but its query planner uses it.
  table_constraints {
    primary_key {
      columns = each.value.primary_key
    }
  }
}

resource "google_bigquery_table" "view" {
  for_each            = local.views
  dataset_id          = google_bigquery_table.table[each.value.table].dataset_id
  table_id            = basename(each.key)
  description         = trimprefix(split("\n", file(each.value.file))[0], "-- ")
  deletion_protection = var.deletion_protection

  view {
    query = templatefile(each.value.file, {
      table = "`${var.project}.${google_bigquery_table.table[each.value.table].dataset_id}.${google_bigquery_table.table[each.value.table].table_id}`"
    })
    use_legacy_sql = false
  }
}

# Holds the rows of each job in separate tables until their batch is committed.
resource "google_bigquery_dataset" "staging" {
  dataset_id                  = "${var.dataset_prefix}staging"
  description                 = "TrendFlow: rows of batches that are not committed yet, kept for one day."
  location                    = var.region
  default_table_expiration_ms = 24 * 60 * 60 * 1000
  max_time_travel_hours       = "48"
  delete_contents_on_destroy  = true
  depends_on                  = [google_project_service.api]
}

# Holds the tables that people read. dbt makes them from the tables above, so nothing in it needs protection.
resource "google_bigquery_dataset" "marts" {
  dataset_id                 = "${var.dataset_prefix}marts"
  description                = "TrendFlow: tables that people read, built by dbt; see docs/reading.md."
  location                   = var.region
  max_time_travel_hours      = "48"
  delete_contents_on_destroy = true
  depends_on                 = [google_project_service.api]
}
