# The Cloud Run job that pulls sources from the interfaces of shops; Airflow executes it once for each source.

locals {
  # Secret of each environment variable: SHOPIFY_TOKEN is trendflow-shopify-token.
  source_secrets = { for name in var.collect_secrets : name => "trendflow-${replace(lower(name), "_", "-")}" }
}

# Versions are created by hand (docs/collection.md), so that Terraform's state holds no secret.
resource "google_secret_manager_secret" "source" {
  for_each   = local.source_secrets
  secret_id  = each.value
  depends_on = [google_project_service.api]

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }
}

resource "google_secret_manager_secret_iam_member" "source" {
  for_each   = google_secret_manager_secret.source
  secret_id  = each.value.secret_id
  role       = "roles/secretmanager.secretAccessor"
  member     = local.members.collect
  depends_on = [google_service_account.account]
}

# Search Console, Google Analytics and other exports that sources read by queries.
resource "google_bigquery_dataset_iam_member" "source" {
  for_each   = coalesce(var.collect_datasets, [])
  dataset_id = each.value
  role       = "roles/bigquery.dataViewer"
  member     = local.members.collect
  depends_on = [google_service_account.account]
}

resource "google_cloud_run_v2_job" "collect" {
  count               = var.collect_image == null ? 0 : 1
  name                = "trendflow-collect"
  location            = var.region
  deletion_protection = var.deletion_protection
  depends_on          = [google_secret_manager_secret_iam_member.source, google_storage_bucket_iam_member.grant]

  template {
    template {
      service_account = google_service_account.account["collect"].email
      # Airflow repeats a task; a pull that fails lands nothing that an ingest reads.
      max_retries = 0
      timeout     = "14400s"

      containers {
        image = var.collect_image

        resources {
          limits = { cpu = "1", memory = "2Gi" }
        }

        dynamic "env" {
          for_each = google_secret_manager_secret.source
          content {
            name = env.key
            value_source {
              secret_key_ref {
                secret  = env.value.secret_id
                version = "latest"
              }
            }
          }
        }
      }
    }
  }
}

resource "google_cloud_run_v2_job_iam_member" "executor" {
  for_each = { for job in google_cloud_run_v2_job.collect : "orchestrate" => job.name }
  name     = each.value
  location = var.region
  role     = "roles/run.jobsExecutorWithOverrides"
  member   = local.members[each.key]
}
