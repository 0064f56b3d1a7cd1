locals {
  buckets = merge(
    {
      raw       = "${var.project}-raw"
      staging   = "${var.project}-staging"
      artifacts = "${var.project}-artifacts"
    },
    var.composer == null ? {} : { composer = "${var.project}-composer" },
  )
}

# Pulled and exported files, which are never changed: all tables can be made from them again.
resource "google_storage_bucket" "raw" {
  name                        = local.buckets.raw
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !var.deletion_protection
  depends_on                  = [google_project_service.api]

  versioning {
    enabled = true
  }

  soft_delete_policy {
    retention_duration_seconds = var.soft_delete_days * 86400
  }

  lifecycle_rule {
    condition {
      age = var.raw_nearline_days
    }
    action {
      type          = "SetStorageClass"
      storage_class = "NEARLINE"
    }
  }

  lifecycle_rule {
    condition {
      days_since_noncurrent_time = 90
      with_state                 = "ARCHIVED"
    }
    action {
      type = "Delete"
    }
  }
}

# Temporary files of Spark.
resource "google_storage_bucket" "staging" {
  # checkov:skip=CKV_GCP_78:Files are deleted after 14 days, so old versions are of no use.
  name                        = local.buckets.staging
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = true
  depends_on                  = [google_project_service.api]

  soft_delete_policy {
    retention_duration_seconds = 0
  }

  lifecycle_rule {
    condition {
      age = 14
    }
    action {
      type = "Delete"
    }
  }

  lifecycle_rule {
    condition {
      age = 1
    }
    action {
      type = "AbortIncompleteMultipartUpload"
    }
  }
}

# Holds model files and reports in models/, and the jobs' jar and configurations in releases/.
resource "google_storage_bucket" "artifacts" {
  name                        = local.buckets.artifacts
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !var.deletion_protection
  depends_on                  = [google_project_service.api]

  versioning {
    enabled = true
  }

  soft_delete_policy {
    retention_duration_seconds = var.soft_delete_days * 86400
  }

  lifecycle_rule {
    condition {
      days_since_noncurrent_time = 90
      num_newer_versions         = 5
      with_state                 = "ARCHIVED"
    }
    action {
      type = "Delete"
    }
  }
}

# Holds the DAGs and logs of Composer. Composer would create a bucket of its own whose name is not known in advance, and
# no condition could name it.
resource "google_storage_bucket" "composer" {
  count                       = var.composer == null ? 0 : 1
  name                        = local.buckets.composer
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !var.deletion_protection
  depends_on                  = [google_project_service.api]

  versioning {
    enabled = true
  }

  lifecycle_rule {
    condition {
      days_since_noncurrent_time = 90
      with_state                 = "ARCHIVED"
    }
    action {
      type = "Delete"
    }
  }
}

resource "google_artifact_registry_repository" "images" {
  location      = var.region
  repository_id = "trendflow"
  description   = "Images of the service and of the jobs."
  format        = "DOCKER"
  depends_on    = [google_project_service.api]

  docker_config {
    immutable_tags = true
  }

  cleanup_policies {
    id     = "keep-latest"
    action = "KEEP"
    most_recent_versions {
      keep_count = 20
    }
  }

  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"
    condition {
      older_than = "7776000s"
    }
  }
}

# Holds each version of the jobs' jar; the jobs run from the copy in the artifacts bucket.
resource "google_artifact_registry_repository" "jars" {
  location      = var.region
  repository_id = "trendflow-jars"
  description   = "The jobs' jar."
  format        = "GENERIC"
  depends_on    = [google_project_service.api]
}
