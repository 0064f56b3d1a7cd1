resource "google_composer_environment" "airflow" {
  count      = var.composer == null ? 0 : 1
  name       = "trendflow"
  region     = var.region
  depends_on = [google_project_iam_member.grant]

  config {
    environment_size = var.composer.environment_size

    software_config {
      image_version = var.composer.image_version
      env_variables = {
        TRENDFLOW_PROJECT        = var.project
        TRENDFLOW_REGION         = var.region
        TRENDFLOW_RAW            = "gs://${google_storage_bucket.raw.name}"
        TRENDFLOW_RELEASES       = "gs://${google_storage_bucket.artifacts.name}/releases"
        TRENDFLOW_STAGING_BUCKET = google_storage_bucket.staging.name
        TRENDFLOW_SUBNET         = google_compute_subnetwork.jobs.id
        TRENDFLOW_DATASET_PREFIX = var.dataset_prefix
      }
    }

    node_config {
      network         = google_compute_network.jobs.id
      subnetwork      = google_compute_subnetwork.jobs.id
      service_account = google_service_account.account["orchestrate"].email
    }

    enable_private_environment = true
  }
}
