# Values that would fail halfway through an apply, or do harm, are rejected by the plan. Terraform reports one failure
# per variable, so a variable with several invalid values needs several runs.
mock_provider "google" {}

run "invalid_values" {
  command = plan

  variables {
    project           = "My Shop"
    environment       = "staging"
    region            = "europe-west1-b" # a zone
    state_bucket      = "gs://my-shop-terraform"
    dataset_prefix    = "shop" # lacks the underscore at the end
    raw_nearline_days = 7
    soft_delete_days  = 1
    subnet_range      = "8.8.8.0/24"
    cluster           = { image_version = "3.0-debian12" }
    composer          = { image_version = "composer-2.9.7-airflow-2.9.3" }
    service_image     = "europe-west1-docker.pkg.dev/my-shop-dev/trendflow/serving:latest"
    service           = { min_instances = 4, max_instances = 3 }
    ingress           = "ALL"
    invokers          = ["allUsers"]
    github_repository = "https://github.com/my-shop/trendflow"
    alert_emails      = ["data team"]
    max_reject_share  = 5 # a percentage, not a share
    budget            = { billing_account = "my account", amount = 100 }
  }

  expect_failures = [
    var.project,
    var.environment,
    var.region,
    var.state_bucket,
    var.dataset_prefix,
    var.raw_nearline_days,
    var.soft_delete_days,
    var.subnet_range,
    var.cluster,
    var.composer,
    var.service_image,
    var.service,
    var.ingress,
    var.invokers,
    var.github_repository,
    var.alert_emails,
    var.max_reject_share,
    var.budget,
  ]
}

run "more_invalid_values" {
  command = plan

  variables {
    project           = "my-shop-dev"
    environment       = "dev"
    state_bucket      = "my-shop-dev-terraform"
    github_repository = "my-shop/trendflow"
    cluster           = { workers = 0 }
    composer          = { image_version = "composer-3-airflow-3.1.0-build.1", environment_size = "SMALL" }
    invokers          = ["group:merchandisers@example.com", "allAuthenticatedUsers"]
    service           = { max_instances = 1000 }
    budget            = { billing_account = "012345-6789AB-CDEF01", amount = 0 }
  }

  expect_failures = [var.cluster, var.composer, var.invokers, var.service, var.budget]
}
