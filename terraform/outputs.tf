output "buckets" {
  description = "Names of the raw, staging and artifacts buckets."
  value       = local.buckets
}

output "images" {
  description = "Repository that images are pushed to."
  value       = "${var.region}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.images.repository_id}"
}

output "jars" {
  description = "Repository of the jobs' jars."
  value       = google_artifact_registry_repository.jars.repository_id
}

output "service_accounts" {
  description = "E-mail address of each service account."
  value       = { for account, member in local.members : account => trimprefix(member, "serviceAccount:") }
}

output "subnet" {
  description = "Subnet of the Dataproc batches."
  value       = google_compute_subnetwork.jobs.id
}

output "airflow" {
  description = "Values for the Airflow variable trendflow; add the jar and config of a release."
  value = {
    project    = var.project
    region     = var.region
    location   = var.region
    raw        = "gs://${google_storage_bucket.raw.name}"
    subnetwork = google_compute_subnetwork.jobs.id
  }
}

output "service" {
  description = "Name and URL of the service; null before the first release."
  value       = one([for service in google_cloud_run_v2_service.service : { name = service.name, uri = service.uri }])
}

output "workload_identity_provider" {
  description = "Value of the repository's variable GCP_WORKLOAD_IDENTITY_PROVIDER, which the workflows log in with."
  value       = google_iam_workload_identity_pool_provider.github.name
}

# Collected from the resources, so that the test compares the actual grants with the golden file.
output "grants" {
  description = "All grants, one line each: member, role, resource."
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
