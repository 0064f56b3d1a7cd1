locals {
  # All settings of the service, which tell it where its data is.
  service_settings = {
    MICRONAUT_SERVER_HOST          = "0.0.0.0"
    MICRONAUT_CONFIG_FILES         = "/etc/trendflow/service.properties"
    TRENDFLOW_STORE_PROJECT        = var.project
    TRENDFLOW_STORE_DATASET_PREFIX = var.dataset_prefix
    TRENDFLOW_STORE_ARTIFACTS      = "gs://${google_storage_bucket.artifacts.name}"
  }
}

# The secret settings: hashes of the API keys and the secret of the sessions. Versions are created by hand
# (docs/operations.md), so that Terraform's state holds no secret.
resource "google_secret_manager_secret" "service" {
  secret_id  = "trendflow-service"
  depends_on = [google_project_service.api]

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }
}

# The API key with which the roll-out workflow requests a recommendation from a new revision.
resource "google_secret_manager_secret" "smoke_key" {
  secret_id  = "trendflow-smoke-key"
  depends_on = [google_project_service.api]

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }
}

resource "google_secret_manager_secret_iam_member" "grant" {
  for_each = {
    serve  = google_secret_manager_secret.service.secret_id
    deploy = google_secret_manager_secret.smoke_key.secret_id
  }
  secret_id  = each.value
  role       = "roles/secretmanager.secretAccessor"
  member     = local.members[each.key]
  depends_on = [google_service_account.account]
}

resource "google_cloud_run_v2_service" "service" {
  count               = var.service_image == null ? 0 : 1
  name                = "trendflow"
  location            = var.region
  ingress             = var.ingress
  deletion_protection = var.deletion_protection
  depends_on          = [google_project_iam_member.grant, google_bigquery_table_iam_member.grant, google_storage_bucket_iam_member.grant, google_secret_manager_secret_iam_member.grant]

  template {
    service_account                  = google_service_account.account["serve"].email
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"
    max_instance_request_concurrency = var.service.concurrency
    timeout                          = "60s"

    scaling {
      min_instance_count = var.service.min_instances
      max_instance_count = var.service.max_instances
    }

    volumes {
      name = "settings"
      secret {
        secret       = google_secret_manager_secret.service.secret_id
        default_mode = 256 # 0400
        items {
          version = "latest"
          path    = "service.properties"
        }
      }
    }

    containers {
      image = var.service_image

      ports {
        container_port = 8080
      }

      resources {
        limits            = { cpu = var.service.cpu, memory = var.service.memory }
        startup_cpu_boost = true
        # The service looks for new runs between requests too, so it needs CPU all the time.
        cpu_idle = false
      }

      dynamic "env" {
        for_each = local.service_settings
        content {
          name  = env.key
          value = env.value
        }
      }

      volume_mounts {
        name       = "settings"
        mount_path = "/etc/trendflow"
      }

      # An instance gets no requests until it has loaded a run.
      startup_probe {
        period_seconds    = 2
        timeout_seconds   = 2
        failure_threshold = 90
        http_get {
          path = "/health/readiness"
          port = 8080
        }
      }

      liveness_probe {
        period_seconds    = 30
        timeout_seconds   = 5
        failure_threshold = 3
        http_get {
          path = "/health/liveness"
          port = 8080
        }
      }
    }
  }

  # After the first image, the roll-out workflow creates the revisions and shifts the traffic.
  lifecycle {
    ignore_changes = [client, client_version, traffic, template[0].revision, template[0].containers[0].image]
  }
}

resource "google_cloud_run_v2_service_iam_member" "invoker" {
  for_each = var.service_image == null ? toset([]) : setunion(var.invokers, [local.members.deploy])
  name     = google_cloud_run_v2_service.service[0].name
  location = var.region
  role     = "roles/run.invoker"
  member   = each.key
}
