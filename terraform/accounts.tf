locals {
  # The tables that each account's code reads and writes; tests of the jobs and of the service compare it with the code.
  needs = jsondecode(file("${path.module}/access.json"))

  # Accounts that need the rights of several others: backfill trains, scores and monitors, a cluster runs every job.
  unions = merge(
    { backfill = { jobs = ["Backfill"], of = ["train", "score", "monitor"] } },
    var.cluster == null ? {} : {
      cluster = {
        jobs = flatten([for needs in values(local.needs) : needs.jobs])
        of   = [for account, needs in local.needs : account if length(needs.jobs) > 0]
      }
    },
  )

  access = merge(local.needs, {
    for account, union in local.unions : account => {
      jobs   = union.jobs
      reads  = distinct(flatten([for of in union.of : local.needs[of].reads]))
      writes = distinct(flatten([for of in union.of : local.needs[of].writes]))
      raw    = contains([for of in union.of : local.needs[of].raw], "read") ? "read" : "none"
      models = contains([for of in union.of : local.needs[of].models], "write") ? "write" : "read"
    }
  })

  jobs = [for account, needs in local.access : account if length(needs.jobs) > 0]

  accounts = merge(var.cluster == null ? {} : { cluster = "Runs every job, on the cluster." }, {
    collect     = "Pulls sources from the interfaces of shops and lands raw files."
    ingest      = "Reads raw files into clean tables."
    train       = "Backtests, fits and promotes models."
    score       = "Scores the products and publishes runs."
    monitor     = "Compares forecasts with what was sold, checks what they are made from, writes the digest."
    backfill    = "Trains and scores for past days."
    maintenance = "Removes superseded and unused data."
    serve       = "Answers the API and the dashboard, and stores decisions."
    dbt         = "Builds the marts; Airflow's account acts as it."
    orchestrate = "Submits the jobs and checks their results; used by Airflow."
    release     = "Stores images and jars; used by GitHub."
    deploy      = "Applies Terraform and shifts the service's traffic; used by GitHub."
    plan        = "Plans Terraform for pull requests, read-only; used by GitHub."
  })

  # Built from names, because a plan knows them before the accounts exist and can show every grant.
  members = {
    for account in keys(local.accounts) :
    account => "serviceAccount:trendflow-${account}@${var.project}.iam.gserviceaccount.com"
  }

  # Google's roles for Dataproc and Composer include every bucket of the project, so also Terraform's state, by which an
  # account could make itself deploy. A condition names the one bucket in which each may be used; other buckets are
  # granted one by one.
  worker_buckets = {
    "roles/dataproc.worker" = { title = "only-staging", bucket = local.buckets.staging }
    "roles/composer.worker" = { title = "only-composer", bucket = "${var.project}-composer" }
  }
}

resource "google_service_account" "account" {
  for_each     = local.accounts
  account_id   = "trendflow-${each.key}"
  display_name = "TrendFlow ${each.key}"
  description  = each.value
  depends_on   = [google_project_service.api]
}

# --- Custom roles, where Google's roles include more than is needed --------------------------------

locals {
  appender  = "projects/${var.project}/roles/trendflowAppender"
  planner   = "projects/${var.project}/roles/trendflowPlanner"
  submitter = "projects/${var.project}/roles/trendflowSubmitter"
}

# Google's BigQuery data editor may also delete and change tables.
resource "google_project_iam_custom_role" "appender" {
  role_id     = "trendflowAppender"
  title       = "TrendFlow appender"
  description = "Reads, appends and removes rows of a table, but can't change the table itself."
  permissions = ["bigquery.tables.get", "bigquery.tables.getData", "bigquery.tables.updateData"]
  depends_on  = [google_project_service.api]
}

# Google's Composer user, the role that may see environments, may also trigger DAGs and run Airflow's commands.
resource "google_project_iam_custom_role" "planner" {
  role_id     = "trendflowPlanner"
  title       = "TrendFlow planner"
  description = "Sees Composer environments, but can't trigger or change anything in them."
  permissions = [
    "composer.environments.get",
    "composer.environments.list",
    "composer.imageversions.list",
    "composer.operations.get",
    "composer.operations.list",
  ]
  depends_on = [google_project_service.api]
}

# Google's Dataproc editor may also change clusters, templates and metastores.
resource "google_project_iam_custom_role" "submitter" {
  role_id     = "trendflowSubmitter"
  title       = "TrendFlow submitter"
  description = "Submits and monitors Dataproc batches and jobs; creates and deletes clusters."
  permissions = [
    "dataproc.batches.cancel",
    "dataproc.batches.create",
    "dataproc.batches.get",
    "dataproc.batches.list",
    "dataproc.clusters.create",
    "dataproc.clusters.delete",
    "dataproc.clusters.get",
    "dataproc.clusters.list",
    "dataproc.clusters.use",
    "dataproc.jobs.cancel",
    "dataproc.jobs.create",
    "dataproc.jobs.get",
    "dataproc.jobs.list",
    "dataproc.operations.get",
    "dataproc.operations.list",
  ]
  depends_on = [google_project_service.api]
}

# --- On the project -----------------------------------------------------------------------------

locals {
  project_roles = merge(
    {
      for account in local.jobs : account => [
        "roles/bigquery.jobUser",
        "roles/bigquery.readSessionUser",
        "roles/dataproc.worker",
      ]
    },
    {
      collect = var.collect_datasets == null ? [] : ["roles/bigquery.jobUser"]
      serve   = ["roles/bigquery.jobUser", "roles/bigquery.readSessionUser"]
      dbt     = ["roles/bigquery.jobUser"]
      orchestrate = concat(
        ["roles/bigquery.jobUser", "roles/logging.logWriter", local.submitter],
        var.composer == null ? [] : ["roles/composer.worker"],
      )
      release = []
      # The account that applies Terraform grants roles, so it could grant itself any role: the GitHub environment
      # requires an approval first.
      deploy = [
        "roles/artifactregistry.admin",
        "roles/bigquery.dataOwner",
        "roles/composer.admin",
        "roles/compute.networkAdmin",
        "roles/compute.securityAdmin",
        "roles/dataproc.admin",
        "roles/iam.roleAdmin",
        "roles/iam.serviceAccountAdmin",
        "roles/iam.workloadIdentityPoolAdmin",
        "roles/logging.configWriter",
        "roles/monitoring.admin",
        "roles/resourcemanager.projectIamAdmin",
        "roles/run.admin",
        "roles/secretmanager.admin",
        "roles/serviceusage.serviceUsageAdmin",
        "roles/storage.admin",
      ]
      plan = [
        "roles/artifactregistry.reader",
        "roles/bigquery.metadataViewer",
        local.planner,
        "roles/compute.networkViewer",
        "roles/dataproc.viewer",
        "roles/iam.roleViewer",
        "roles/iam.securityReviewer",
        "roles/iam.workloadIdentityPoolViewer",
        "roles/logging.viewer",
        "roles/monitoring.viewer",
        "roles/run.viewer",
        "roles/secretmanager.viewer",
        "roles/serviceusage.serviceUsageConsumer",
        "roles/serviceusage.serviceUsageViewer",
        "roles/storage.bucketViewer",
      ]
    },
  )

  project_grants = merge([
    for account, roles in local.project_roles : {
      for role in roles : "${account} ${basename(role)}" => { account = account, role = role }
    }
  ]...)
}

resource "google_project_iam_member" "grant" {
  # checkov:skip=CKV_GCP_41:No account may impersonate others at project level; act_as grants it for single accounts.
  # checkov:skip=CKV_GCP_49:Only deploy administers service accounts, which terraform apply needs; its GitHub environment requires an approval.
  for_each   = local.project_grants
  project    = var.project
  role       = each.value.role
  member     = local.members[each.value.account]
  depends_on = [google_service_account.account, google_project_iam_custom_role.submitter, google_project_iam_custom_role.planner]

  dynamic "condition" {
    for_each = [for role, only in local.worker_buckets : only if role == each.value.role]
    content {
      title       = condition.value.title
      description = "Excludes every other bucket of the project."
      expression = join(" || ", [
        "resource.service != 'storage.googleapis.com'",
        "resource.name == 'projects/_/buckets/${condition.value.bucket}'",
        "resource.name.startsWith('projects/_/buckets/${condition.value.bucket}/')",
      ])
    }
  }
}

# Records who read and wrote what in buckets and secrets, and who took on which account. BigQuery always records it.
resource "google_project_iam_audit_config" "data_access" {
  for_each   = toset(["iam.googleapis.com", "iamcredentials.googleapis.com", "secretmanager.googleapis.com", "storage.googleapis.com", "sts.googleapis.com"])
  project    = var.project
  service    = each.key
  depends_on = [google_project_service.api]

  dynamic "audit_log_config" {
    for_each = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"]
    content {
      log_type = audit_log_config.value
    }
  }
}

# --- On tables ----------------------------------------------------------------------------------

locals {
  table_grants = merge(
    merge([
      for account, needs in local.access : {
        for table in needs.reads : "${account} reads ${table}" => { account = account, table = table, role = "roles/bigquery.dataViewer" }
      }
    ]...),
    merge([
      for account, needs in local.access : {
        for table in needs.writes : "${account} writes ${table}" => { account = account, table = table, role = local.appender }
      }
    ]...),
  )
}

resource "google_bigquery_table_iam_member" "grant" {
  for_each   = local.table_grants
  dataset_id = merge(google_bigquery_table.table, google_bigquery_table.view)[each.value.table].dataset_id
  table_id   = merge(google_bigquery_table.table, google_bigquery_table.view)[each.value.table].table_id
  role       = each.value.role
  member     = local.members[each.value.account]
  depends_on = [google_service_account.account, google_project_iam_custom_role.appender]
}

resource "google_bigquery_dataset_iam_member" "staging" {
  for_each   = toset(local.jobs)
  dataset_id = google_bigquery_dataset.staging.dataset_id
  role       = "roles/bigquery.dataEditor"
  member     = local.members[each.value]
  depends_on = [google_service_account.account]
}

# dbt creates and replaces the tables of this dataset.
resource "google_bigquery_dataset_iam_member" "marts" {
  dataset_id = google_bigquery_dataset.marts.dataset_id
  role       = "roles/bigquery.dataEditor"
  member     = local.members.dbt
  depends_on = [google_service_account.account]
}

# --- On buckets ---------------------------------------------------------------------------------

locals {
  # The connector reads the bucket's metadata before it reads objects: legacyBucketReader allows that, objectViewer
  # does not.
  bucket_reader = ["roles/storage.legacyBucketReader", "roles/storage.objectViewer"]

  bucket_roles = concat(
    [for account, needs in local.access : { account = account, bucket = local.buckets.raw, folder = "", roles = local.bucket_reader } if needs.raw == "read"],
    [for account, needs in local.access : { account = account, bucket = local.buckets.raw, folder = "", roles = ["roles/storage.legacyBucketReader", "roles/storage.objectUser"] } if needs.raw == "write"],
    # Every job starts from the jar in this bucket, even if it reads no model.
    [for account, needs in local.access : { account = account, bucket = local.buckets.artifacts, folder = "", roles = local.bucket_reader } if needs.models != "none" || length(needs.jobs) > 0],
    [for account, needs in local.access : { account = account, bucket = local.buckets.artifacts, folder = "models/", roles = ["roles/storage.objectUser"] } if needs.models == "write"],
    [for account in concat(local.jobs, ["orchestrate"]) : { account = account, bucket = local.buckets.staging, folder = "", roles = ["roles/storage.legacyBucketReader", "roles/storage.objectUser"] }],
    [
      # A creator can't overwrite a release that exists.
      { account = "release", bucket = local.buckets.artifacts, folder = "releases/", roles = ["roles/storage.objectCreator", "roles/storage.objectViewer"] },
      { account = "plan", bucket = var.state_bucket, folder = "", roles = ["roles/storage.objectViewer"] },
    ],
  )

  bucket_grants = merge([
    for grant in local.bucket_roles : {
      for role in grant.roles : "${grant.account} ${basename(role)} ${grant.bucket}/${grant.folder}" => merge(grant, { role = role })
    }
  ]...)
}

resource "google_storage_bucket_iam_member" "grant" {
  for_each   = local.bucket_grants
  bucket     = each.value.bucket
  role       = each.value.role
  member     = local.members[each.value.account]
  depends_on = [google_service_account.account, google_storage_bucket.raw, google_storage_bucket.staging, google_storage_bucket.artifacts]

  dynamic "condition" {
    for_each = each.value.folder == "" ? [] : [each.value.folder]
    content {
      title      = "below-${trimsuffix(condition.value, "/")}"
      expression = "resource.name.startsWith('projects/_/buckets/${each.value.bucket}/objects/${condition.value}')"
    }
  }
}

# --- On service accounts ------------------------------------------------------------------------

locals {
  act_as = concat(
    [for account in local.jobs : "orchestrate as ${account}"],
    [for account in concat(local.jobs, ["collect", "serve", "orchestrate"]) : "deploy as ${account}"],
  )
}

resource "google_service_account_iam_member" "act_as" {
  for_each           = toset(local.act_as)
  service_account_id = google_service_account.account[split(" as ", each.key)[1]].name
  role               = "roles/iam.serviceAccountUser"
  member             = local.members[split(" as ", each.key)[0]]
  depends_on         = [google_service_account.account]
}

# dbt runs in a worker of Airflow with a short-lived token of its own account.
resource "google_service_account_iam_member" "impersonate" {
  service_account_id = google_service_account.account["dbt"].name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local.members.orchestrate
  depends_on         = [google_service_account.account]
}

resource "google_artifact_registry_repository_iam_member" "release" {
  for_each = {
    images = google_artifact_registry_repository.images
    jars   = google_artifact_registry_repository.jars
  }
  location   = each.value.location
  repository = each.value.repository_id
  role       = "roles/artifactregistry.writer"
  member     = local.members.release
  depends_on = [google_service_account.account]
}
