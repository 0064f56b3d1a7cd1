# The plan with env/dev.tfvars.
mock_provider "google" {}

run "dev" {
  command = plan

  assert {
    condition     = !anytrue([for table in google_bigquery_table.table : table.deletion_protection])
    error_message = "A table of dev is protected from deletion."
  }

  assert {
    condition     = google_storage_bucket.raw.force_destroy && google_storage_bucket.artifacts.force_destroy
    error_message = "A bucket of dev can't be destroyed while it holds files."
  }

  assert {
    condition     = length(google_cloud_run_v2_service.service) == 0 && length(google_dataproc_cluster.jobs) == 0 && length(google_composer_environment.airflow) == 0
    error_message = "dev creates resources by default that cost money by the hour."
  }

  assert {
    condition     = contains(output.grants, "repo:my-shop/trendflow:environment:dev: roles/iam.workloadIdentityUser on trendflow-deploy") && length([for grant in output.grants : grant if startswith(grant, "repo:")]) == 3
    error_message = "The three GitHub subjects do not include dev's environment for the deployment, or there are others."
  }
}
