output "buckets" {
  description = "The raw, staging and artifacts buckets."
  value       = local.buckets
}

output "images" {
  description = "Where images are pushed to."
  value       = "${var.region}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.images.repository_id}"
}

output "jars" {
  description = "The repository of the jobs' jars."
  value       = google_artifact_registry_repository.jars.repository_id
}

output "service_accounts" {
  description = "The address of each account."
  value       = { for account, member in local.members : account => trimprefix(member, "serviceAccount:") }
}

output "subnet" {
  description = "The subnet of Dataproc's batches."
  value       = google_compute_subnetwork.jobs.id
}

output "airflow" {
  description = "What Airflow's variable trendflow says of this project; jar and config are those of a release."
  value = {
    project    = var.project
    region     = var.region
    location   = var.region
    raw        = "gs://${google_storage_bucket.raw.name}"
    subnetwork = google_compute_subnetwork.jobs.id
  }
}

output "service" {
  description = "Name and address of the service; null before the first release."
  value       = one([for service in google_cloud_run_v2_service.service : { name = service.name, uri = service.uri }])
}

output "workload_identity_provider" {
  description = "What the workflows log in with, as the repository's variable GCP_WORKLOAD_IDENTITY_PROVIDER."
  value       = google_iam_workload_identity_pool_provider.github.name
}

# Read from the resources themselves, so that the test beside the golden file sees what is granted.
output "grants" {
  description = "Who may do what, a line each."
  value = sort(concat(
    [for g in google_project_iam_member.grant : "${local.names[g.member]}: ${g.role} on the project${length(g.condition) == 0 ? "" : ", ${g.condition[0].title}"}"],
    [for g in google_bigquery_table_iam_member.grant : "${local.names[g.member]}: ${g.role} on ${g.dataset_id}.${g.table_id}"],
    [for g in google_bigquery_dataset_iam_member.staging : "${local.names[g.member]}: ${g.role} on ${g.dataset_id}"],
    [for g in google_storage_bucket_iam_member.grant : "${local.names[g.member]}: ${g.role} on gs://${g.bucket}${length(g.condition) == 0 ? "" : ", ${g.condition[0].title}"}"],
    [for key, g in google_service_account_iam_member.act_as : "${local.names[g.member]}: ${g.role} on trendflow-${split(" as ", key)[1]}"],
    [for g in google_artifact_registry_repository_iam_member.release : "${local.names[g.member]}: ${g.role} on ${g.repository}"],
    [for g in google_secret_manager_secret_iam_member.grant : "${local.names[g.member]}: ${g.role} on ${g.secret_id}"],
    [for account, g in google_service_account_iam_member.github : "${local.github_subjects[account]}: ${g.role} on trendflow-${account}"],
    [for g in google_cloud_run_v2_service_iam_member.invoker : "${lookup(local.names, g.member, g.member)}: ${g.role} on ${g.name}"],
  ))
}

locals {
  names = { for account, member in local.members : member => account }
}
