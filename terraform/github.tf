# Workflows get short-lived tokens for the one account that their part of the repository may use; there
# are no keys.
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
  # Only these subjects get a token at all, each for its account.
  attribute_condition = "assertion.sub == '${local.github_subjects.deploy}' || assertion.sub == '${local.github_subjects.release}' || assertion.sub == '${local.github_subjects.plan}'"

  attribute_mapping = {
    "google.subject" = "assertion.sub"
  }

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

locals {
  # The subject of GitHub's tokens. Protect the two environments: required reviewers for the one that
  # deploys, tags v* only for release.
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
