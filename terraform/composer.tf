resource "google_composer_environment" "airflow" {
  count      = var.composer == null ? 0 : 1
  name       = "trendflow"
  region     = var.region
  depends_on = [google_project_iam_member.grant]

  storage_config {
    bucket = google_storage_bucket.composer[0].name
  }

  config {
    environment_size = var.composer.environment_size

    software_config {
      image_version = var.composer.image_version
    }

    node_config {
      network         = google_compute_network.jobs.id
      subnetwork      = google_compute_subnetwork.jobs.id
      service_account = google_service_account.account["orchestrate"].email
    }

    enable_private_environment = true
  }
}
