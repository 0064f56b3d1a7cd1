# The plan with env/prod.tfvars and a service.
mock_provider "google" {}

variables {
  collect_image    = "europe-west1-docker.pkg.dev/my-shop-prod/trendflow/jobs@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  collect_secrets  = ["SHOPIFY_TOKEN"]
  collect_datasets = ["analytics_1234"]
  alert_secrets    = ["ALERT_WEBHOOK"]
  service_image    = "europe-west1-docker.pkg.dev/my-shop-prod/trendflow/serving@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
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

  assert {
    condition     = jsonencode(output.bucket_access) == jsonencode(jsondecode(file("tests/prod/buckets.json")))
    error_message = "The rights of the accounts in the buckets differ from tests/prod/buckets.json. If the change is intended, run bin/check-infra --update."
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

run "a_job_reaches_no_bucket_but_the_named_ones" {
  command = plan

  # Literal values, because bin/check-infra --update would write a wrong golden file as well.
  assert {
    condition     = output.bucket_access["my-shop-prod-terraform"] == { deploy = "write", plan = "read" }
    error_message = "Other accounts than deploy and plan can use the bucket of Terraform's state."
  }

  assert {
    condition = alltrue([
      for key, grant in google_project_iam_member.grant :
      grant.condition[0].expression == "resource.service != 'storage.googleapis.com' || resource.name == 'projects/_/buckets/my-shop-prod-staging' || resource.name.startsWith('projects/_/buckets/my-shop-prod-staging/')"
      if grant.role == "roles/dataproc.worker"
    ])
    error_message = "A job's roles/dataproc.worker includes another bucket than the staging bucket."
  }

  assert {
    condition     = toset([for grant in google_project_iam_member.grant : grant.member if length(grant.condition) == 0 && !contains(local.without_objects, grant.role)]) == toset(["serviceAccount:trendflow-deploy@my-shop-prod.iam.gserviceaccount.com"])
    error_message = "Another account than deploy has a role on the project that includes the objects of every bucket."
  }
}

run "plan_is_read_only" {
  command = plan

  assert {
    condition     = alltrue([for permission in google_project_iam_custom_role.planner.permissions : can(regex("\\.(get|list)$", permission))])
    error_message = "The custom role of plan can change something."
  }

  assert {
    condition = toset([for grant in output.grants : split(" on ", trimprefix(grant, "plan: "))[0] if startswith(grant, "plan: ")]) == toset([
      "projects/my-shop-prod/roles/trendflowPlanner", "roles/artifactregistry.reader", "roles/bigquery.metadataViewer",
      "roles/compute.networkViewer", "roles/dataproc.viewer", "roles/iam.roleViewer", "roles/iam.securityReviewer",
      "roles/iam.workloadIdentityPoolViewer", "roles/logging.viewer", "roles/monitoring.viewer", "roles/run.viewer",
      "roles/secretmanager.viewer", "roles/serviceusage.serviceUsageConsumer", "roles/serviceusage.serviceUsageViewer",
      "roles/storage.bucketViewer", "roles/storage.objectViewer",
    ])
    error_message = "The roles of plan are not those that are known to be read-only."
  }
}

run "access_to_data_is_logged" {
  command = plan

  assert {
    condition = { for service, config in google_project_iam_audit_config.data_access : service => toset(config.audit_log_config[*].log_type) } == {
      for service in ["iam", "iamcredentials", "secretmanager", "storage", "sts"] : "${service}.googleapis.com" => toset(["ADMIN_READ", "DATA_READ", "DATA_WRITE"])
    }
    error_message = "Reads and writes of buckets, secrets or accounts are not in the audit logs."
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
