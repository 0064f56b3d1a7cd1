# Addresses and keys of the webhooks that jobs post to; a job reads them from Secret Manager itself.

locals {
  # Accounts whose jobs publish runs or raise findings, by account and variable.
  alert_readers = merge([
    for account in setintersection(local.jobs, ["score", "monitor", "backfill", "cluster"]) : {
      for name in var.alert_secrets : "${account} ${name}" => { account = account, name = name }
    }
  ]...)
}

# Versions are created by hand (docs/operations.md), so that Terraform's state holds no secret.
resource "google_secret_manager_secret" "alert" {
  for_each   = var.alert_secrets
  secret_id  = "trendflow-${replace(lower(each.key), "_", "-")}"
  depends_on = [google_project_service.api]

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }
}

resource "google_secret_manager_secret_iam_member" "alert" {
  for_each   = local.alert_readers
  secret_id  = google_secret_manager_secret.alert[each.value.name].secret_id
  role       = "roles/secretmanager.secretAccessor"
  member     = local.members[each.value.account]
  depends_on = [google_service_account.account]
}
