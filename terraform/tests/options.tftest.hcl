# The optional resources: each is absent by default and configured as requested.
mock_provider "google" {}

variables {
  project           = "my-shop-dev"
  environment       = "dev"
  state_bucket      = "my-shop-dev-terraform"
  github_repository = "my-shop/trendflow"
}

run "without_options" {
  command = plan

  assert {
    condition     = length(google_dataproc_cluster.jobs) == 0 && length(google_composer_environment.airflow) == 0 && length(google_cloud_run_v2_service.service) == 0 && length(google_billing_budget.month) == 0
    error_message = "An optional resource is created by default."
  }

  assert {
    condition     = !contains(keys(google_service_account.account), "cluster") && length([for grant in output.grants : grant if strcontains(grant, "composer.worker")]) == 0
    error_message = "A role is granted to a cluster or a Composer environment that does not exist."
  }

  assert {
    condition     = output.service == null
    error_message = "The output service is not null, but there is no service."
  }
}

run "a_cluster" {
  command = plan
  variables {
    cluster = { secondary_workers = 20 }
  }

  assert {
    condition     = google_dataproc_cluster.jobs[0].cluster_config[0].gce_cluster_config[0].internal_ip_only
    error_message = "The cluster's machines have external addresses."
  }

  assert {
    condition     = google_dataproc_cluster.jobs[0].cluster_config[0].lifecycle_config[0].idle_delete_ttl == "1800s" && google_dataproc_autoscaling_policy.jobs[0].secondary_worker_config[0].max_instances == 20
    error_message = "The cluster is not deleted after 1800 idle seconds, or its autoscaling is not limited to 20 secondary workers."
  }

  assert {
    condition     = google_dataproc_cluster.jobs[0].cluster_config[0].software_config[0].override_properties["spark:spark.executorEnv.JAVA_HOME"] == "/opt/jdk-17"
    error_message = "Spark's executors do not run on the JDK in /opt/jdk-17."
  }

  assert {
    condition = toset([for grant in output.grants : trimprefix(grant, "cluster: ") if startswith(grant, "cluster: ") && strcontains(grant, "trendflowAppender")]) == toset([
      for grant in output.grants : split(": ", grant)[1] if can(regex("^(ingest|train|score|monitor|maintenance): .*trendflowAppender", grant))
    ])
    error_message = "The tables that the cluster's account may write are not those that the jobs write."
  }

  assert {
    condition     = { for bucket, accounts in output.bucket_access : bucket => lookup(accounts, "cluster", "none") } == { my-shop-dev-raw = "read", my-shop-dev-staging = "write", my-shop-dev-artifacts = "read, write below-models", my-shop-dev-terraform = "none" }
    error_message = "The cluster's account can use another bucket than the jobs."
  }
}

run "a_composer" {
  command = plan
  variables {
    composer = { image_version = "composer-3-airflow-3.1.0-build.1" }
  }

  assert {
    condition     = google_composer_environment.airflow[0].config[0].enable_private_environment && google_composer_environment.airflow[0].config[0].environment_size == "ENVIRONMENT_SIZE_SMALL"
    error_message = "Composer has external addresses, or its size is not ENVIRONMENT_SIZE_SMALL."
  }

  assert {
    condition     = contains(output.grants, "orchestrate: roles/composer.worker on the project, only-composer")
    error_message = "orchestrate lacks roles/composer.worker, or has it for every bucket."
  }

  assert {
    condition     = google_composer_environment.airflow[0].storage_config[0].bucket == "my-shop-dev-composer" && google_storage_bucket.composer[0].public_access_prevention == "enforced"
    error_message = "Composer does not keep its DAGs in the bucket my-shop-dev-composer, or the bucket can be made public."
  }

  assert {
    condition     = output.bucket_access["my-shop-dev-composer"] == { deploy = "write", orchestrate = "write" }
    error_message = "Other accounts than orchestrate and deploy can use the bucket of Composer's DAGs."
  }

  assert {
    condition     = output.bucket_access["my-shop-dev-terraform"] == { deploy = "write", plan = "read" }
    error_message = "Other accounts than deploy and plan can use the bucket of Terraform's state."
  }
}

run "a_budget" {
  command = plan
  variables {
    budget       = { billing_account = "012345-6789AB-CDEF01", amount = 500 }
    alert_emails = ["data-team@example.com"]
  }

  assert {
    condition     = google_billing_budget.month[0].amount[0].specified_amount[0].units == "500" && google_billing_budget.month[0].threshold_rules[*].threshold_percent == tolist([0.5, 0.9, 1])
    error_message = "The budget is not 500 with alerts at 50, 90 and 100 %."
  }
}
