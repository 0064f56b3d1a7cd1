# What env/prod.tfvars makes, with a service.
mock_provider "google" {}

variables {
  service_image = "europe-west1-docker.pkg.dev/my-shop-prod/trendflow/serving@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
}

run "prod" {
  command = plan

  assert {
    condition     = alltrue([for table in google_bigquery_table.table : table.deletion_protection])
    error_message = "A table of prod can be dropped."
  }

  assert {
    condition     = !anytrue([for dataset in google_bigquery_dataset.dataset : dataset.delete_contents_on_destroy])
    error_message = "A dataset of prod can be destroyed with its tables."
  }

  assert {
    condition     = !google_storage_bucket.raw.force_destroy && !google_storage_bucket.artifacts.force_destroy
    error_message = "A bucket of prod can be destroyed while it is filled."
  }

  assert {
    condition     = google_cloud_run_v2_service.service[0].deletion_protection && google_cloud_run_v2_service.service[0].template[0].scaling[0].min_instance_count == 1
    error_message = "prod's service can be deleted, or sleeps."
  }

  assert {
    condition     = toset(keys(google_monitoring_notification_channel.email)) == toset(["data-team@example.com"])
    error_message = "Nobody is told of alerts."
  }

  assert {
    condition     = jsonencode(output.grants) == jsonencode(jsondecode(file("tests/prod/grants.json")))
    error_message = "The grants differ from tests/prod/grants.json. Where that is meant, write it again: bin/check-infra --update"
  }
}

run "nothing_is_public" {
  command = plan

  assert {
    condition = alltrue([
      for bucket in [google_storage_bucket.raw, google_storage_bucket.staging, google_storage_bucket.artifacts] :
      bucket.public_access_prevention == "enforced" && bucket.uniform_bucket_level_access
    ])
    error_message = "A bucket can be made public."
  }

  assert {
    condition     = length([for grant in output.grants : grant if strcontains(grant, "allUsers") || strcontains(grant, "allAuthenticatedUsers")]) == 0
    error_message = "Something is granted to everybody."
  }

  assert {
    condition     = toset([for invoker in google_cloud_run_v2_service_iam_member.invoker : invoker.member]) == toset(["group:merchandisers@example.com", "serviceAccount:trendflow-deploy@my-shop-prod.iam.gserviceaccount.com"])
    error_message = "Others than the configured invokers may call the service."
  }

  assert {
    condition     = google_compute_firewall.among_jobs.source_ranges == toset([google_compute_subnetwork.jobs.ip_cidr_range]) && google_compute_subnetwork.jobs.private_ip_google_access
    error_message = "The jobs' machines can be reached from outside."
  }
}

run "a_key_is_nowhere" {
  command = plan

  assert {
    condition     = length(flatten(google_cloud_run_v2_service.service[0].template[0].containers[0].env[*].value_source)) == 0
    error_message = "A setting of the service comes from elsewhere than its value."
  }

  assert {
    condition     = google_cloud_run_v2_service.service[0].template[0].volumes[0].secret[0].secret == "trendflow-service"
    error_message = "The service's keys don't come from Secret Manager."
  }
}
