# Workflows get short-lived tokens, each for one service account, instead of keys.
resource "google_iam_workload_identity_pool" "github" {
  workload_identity_pool_id = "github"
  display_name              = "GitHub Actions"
  depends_on                = [google_project_service.api]
}

resource "google_iam_workload_identity_pool_provider" "github" {
  # checkov:skip=CKV_GCP_125:The condition names three exact subjects, which checkov does not resolve.
  workload_identity_pool_id          = google_iam_workload_identity_pool.github.workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  display_name                       = "GitHub Actions"
  # No other subject gets a token.
  attribute_condition = "assertion.sub == '${local.github_subjects.deploy}' || assertion.sub == '${local.github_subjects.release}' || assertion.sub == '${local.github_subjects.plan}'"

  attribute_mapping = {
    "google.subject" = "assertion.sub"
  }

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

locals {
  # Subjects of GitHub's tokens. Protect both environments: require reviewers for the one that deploys, and allow
  # only tags v* for release.
  github_subjects = {
    deploy  = "repo:${var.github_repository}:environment:${var.environment}"
    release = "repo:${var.github_repository}:environment:release"
    plan    = "repo:${var.github_repository}:pull_request"
  }
}

resource "google_service_account_iam_member" "github" {
  for_each           = local.github_subjects
  service_account_id = google_service_account.account[each.key].name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principal://iam.googleapis.com/${google_iam_workload_identity_pool.github.name}/subject/${each.value}"
}
