# The plan with env/prod.tfvars and a service.
mock_provider "google" {}

variables {
  service_image = "europe-west1-docker.pkg.dev/my-shop-prod/trendflow/serving@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
}

run "prod" {
  command = plan

  assert {
    condition     = alltrue([for table in google_bigquery_table.table : table.deletion_protection])
    error_message = "A table of prod is not protected from deletion."
  }

  assert {
    condition     = !anytrue([for dataset in google_bigquery_dataset.dataset : dataset.delete_contents_on_destroy])
    error_message = "A dataset of prod can be destroyed with its tables."
  }

  assert {
    condition     = !google_storage_bucket.raw.force_destroy && !google_storage_bucket.artifacts.force_destroy
    error_message = "A bucket of prod can be destroyed while it holds files."
  }

  assert {
    condition     = google_cloud_run_v2_service.service[0].deletion_protection && google_cloud_run_v2_service.service[0].template[0].scaling[0].min_instance_count == 1
    error_message = "prod's service is not protected from deletion, or its minimum is not one instance."
  }

  assert {
    condition     = toset(keys(google_monitoring_notification_channel.email)) == toset(["data-team@example.com"])
    error_message = "Alerts are not sent to data-team@example.com."
  }

  assert {
    condition     = jsonencode(output.grants) == jsonencode(jsondecode(file("tests/prod/grants.json")))
    error_message = "The grants differ from tests/prod/grants.json. If the change is intended, run bin/check-infra --update."
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
    error_message = "A role is granted to allUsers or allAuthenticatedUsers."
  }

  assert {
    condition     = toset([for invoker in google_cloud_run_v2_service_iam_member.invoker : invoker.member]) == toset(["group:merchandisers@example.com", "serviceAccount:trendflow-deploy@my-shop-prod.iam.gserviceaccount.com"])
    error_message = "The members who may call the service are not the configured invokers and the deploy account."
  }

  assert {
    condition     = google_compute_firewall.among_jobs.source_ranges == toset([google_compute_subnetwork.jobs.ip_cidr_range]) && google_compute_subnetwork.jobs.private_ip_google_access
    error_message = "The jobs' machines can be reached from outside."
  }
}

run "keys_come_from_secret_manager" {
  command = plan

  assert {
    condition     = length(flatten(google_cloud_run_v2_service.service[0].template[0].containers[0].env[*].value_source)) == 0
    error_message = "An environment variable of the service has a source instead of a value."
  }

  assert {
    condition     = google_cloud_run_v2_service.service[0].template[0].volumes[0].secret[0].secret == "trendflow-service"
    error_message = "The service's keys don't come from Secret Manager."
  }
}
