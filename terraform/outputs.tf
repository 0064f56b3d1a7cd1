output "buckets" {
  description = "Names of the buckets."
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
    [for g in google_bigquery_dataset_iam_member.source : "${local.names[g.member]}: ${g.role} on ${g.dataset_id}"],
    ["${local.names[google_bigquery_dataset_iam_member.marts.member]}: ${google_bigquery_dataset_iam_member.marts.role} on ${google_bigquery_dataset_iam_member.marts.dataset_id}"],
    [for g in google_storage_bucket_iam_member.grant : "${local.names[g.member]}: ${g.role} on gs://${g.bucket}${length(g.condition) == 0 ? "" : ", ${g.condition[0].title}"}"],
    [for key, g in google_service_account_iam_member.act_as : "${local.names[g.member]}: ${g.role} on trendflow-${split(" as ", key)[1]}"],
    ["${local.names[google_service_account_iam_member.impersonate.member]}: ${google_service_account_iam_member.impersonate.role} on trendflow-dbt"],
    [for g in google_artifact_registry_repository_iam_member.release : "${local.names[g.member]}: ${g.role} on ${g.repository}"],
    [for g in google_secret_manager_secret_iam_member.grant : "${local.names[g.member]}: ${g.role} on ${g.secret_id}"],
    [for g in google_secret_manager_secret_iam_member.source : "${local.names[g.member]}: ${g.role} on ${g.secret_id}"],
    [for g in google_secret_manager_secret_iam_member.alert : "${local.names[g.member]}: ${g.role} on ${g.secret_id}"],
    [for g in google_cloud_run_v2_job_iam_member.executor : "${local.names[g.member]}: ${g.role} on ${g.name}"],
    [for account, g in google_service_account_iam_member.github : "${local.github_subjects[account]}: ${g.role} on trendflow-${account}"],
    [for g in google_cloud_run_v2_service_iam_member.invoker : "${lookup(local.names, g.member, g.member)}: ${g.role} on ${g.name}"],
  ))
}

# Collected from the resources too. A role on the project counts in every bucket, unless its condition names another one
# or it is known to have no right on objects.
output "bucket_access" {
  description = "Rights of each account on the objects of each bucket of the project, Terraform's state included: read, write, or write below a folder."
  value = {
    for bucket in local.every_bucket : bucket => {
      for account in keys(local.accounts) : account => (
        length([for r in local.bucket_rights : r if r.bucket == bucket && r.account == account && r.writes && r.folder == ""]) > 0 ? "write" :
        join(", ", concat(
          [for r in local.bucket_rights : "read" if r.bucket == bucket && r.account == account && r.role == "roles/storage.objectViewer" && r.folder == ""],
          [for r in local.bucket_rights : "write ${r.folder}" if r.bucket == bucket && r.account == account && r.writes && r.folder != ""],
        ))
      ) if length([for r in local.bucket_rights : r if r.bucket == bucket && r.account == account]) > 0
    }
  }
}

locals {
  every_bucket = concat(values(local.buckets), [var.state_bucket])

  # Roles on the project that have no right on the objects of a bucket. A role that is missing here counts as writing to
  # every bucket.
  without_objects = [
    local.planner,
    local.submitter,
    "roles/artifactregistry.admin",
    "roles/artifactregistry.reader",
    "roles/bigquery.dataOwner",
    "roles/bigquery.jobUser",
    "roles/bigquery.metadataViewer",
    "roles/bigquery.readSessionUser",
    "roles/composer.admin",
    "roles/compute.networkAdmin",
    "roles/compute.networkViewer",
    "roles/compute.securityAdmin",
    "roles/dataproc.admin",
    "roles/dataproc.viewer",
    "roles/iam.roleAdmin",
    "roles/iam.roleViewer",
    "roles/iam.securityReviewer",
    "roles/iam.serviceAccountAdmin",
    "roles/iam.workloadIdentityPoolAdmin",
    "roles/iam.workloadIdentityPoolViewer",
    "roles/logging.configWriter",
    "roles/logging.logWriter",
    "roles/logging.viewer",
    "roles/monitoring.admin",
    "roles/monitoring.viewer",
    "roles/resourcemanager.projectIamAdmin",
    "roles/run.admin",
    "roles/run.viewer",
    "roles/secretmanager.admin",
    "roles/secretmanager.viewer",
    "roles/serviceusage.serviceUsageAdmin",
    "roles/serviceusage.serviceUsageConsumer",
    "roles/serviceusage.serviceUsageViewer",
    "roles/storage.bucketViewer",
  ]

  bucket_rights = concat(
    [
      for g in google_storage_bucket_iam_member.grant : {
        account = local.names[g.member]
        bucket  = g.bucket
        role    = g.role
        writes  = !contains(local.bucket_reader, g.role)
        folder  = length(g.condition) == 0 ? "" : g.condition[0].title
      }
    ],
    flatten([
      for g in google_project_iam_member.grant : [
        for bucket in local.every_bucket : {
          account = local.names[g.member]
          bucket  = bucket
          role    = g.role
          writes  = true
          folder  = ""
        } if length(g.condition) == 0 || strcontains(try(g.condition[0].expression, ""), "'projects/_/buckets/${bucket}/'")
      ] if !contains(local.without_objects, g.role)
    ]),
  )

  names = { for account, member in local.members : member => account }
}
