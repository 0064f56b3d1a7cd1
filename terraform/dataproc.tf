# Dataproc Serverless needs no resources of its own: a batch names the subnet, the account and the bucket
# (outputs.tf). A cluster is useful for many jobs a day or for Spark's own tools.

# Image 2.3 runs Java 11. This script installs a JDK 17, which is uploaded once by hand: docs/operations.md.
resource "google_storage_bucket_object" "java17" {
  count  = var.cluster == null ? 0 : 1
  bucket = google_storage_bucket.artifacts.name
  name   = "init/java17.sh"
  source = "${path.module}/init/java17.sh"
}

resource "google_dataproc_autoscaling_policy" "jobs" {
  count      = var.cluster == null ? 0 : 1
  policy_id  = "trendflow"
  location   = var.region
  depends_on = [google_project_service.api]

  worker_config {
    min_instances = var.cluster.workers
    max_instances = var.cluster.workers
  }

  secondary_worker_config {
    min_instances = 0
    max_instances = var.cluster.secondary_workers
  }

  basic_algorithm {
    cooldown_period = "120s"
    yarn_config {
      graceful_decommission_timeout = "3600s"
      scale_up_factor               = 0.5
      scale_down_factor             = 1.0
    }
  }
}

resource "google_dataproc_cluster" "jobs" {
  # checkov:skip=CKV_GCP_91:Google's keys encrypt the disks, which hold intermediate data only.
  count                         = var.cluster == null ? 0 : 1
  name                          = "trendflow"
  region                        = var.region
  graceful_decommission_timeout = "3600s"
  depends_on                    = [google_project_iam_member.grant, google_storage_bucket_iam_member.grant]

  cluster_config {
    staging_bucket = google_storage_bucket.staging.name
    temp_bucket    = google_storage_bucket.staging.name

    gce_cluster_config {
      subnetwork             = google_compute_subnetwork.jobs.id
      internal_ip_only       = true
      service_account        = google_service_account.account["cluster"].email
      service_account_scopes = ["cloud-platform"]
      metadata = {
        trendflow-jdk = "gs://${google_storage_bucket.artifacts.name}/init/jdk-17.tar.gz"
      }
      shielded_instance_config {
        enable_secure_boot          = true
        enable_vtpm                 = true
        enable_integrity_monitoring = true
      }
    }

    master_config {
      num_instances = 1
      machine_type  = var.cluster.master_type
      disk_config {
        boot_disk_type    = "pd-balanced"
        boot_disk_size_gb = 100
      }
    }

    worker_config {
      num_instances = var.cluster.workers
      machine_type  = var.cluster.worker_type
      disk_config {
        boot_disk_type    = "pd-balanced"
        boot_disk_size_gb = 200
      }
    }

    preemptible_worker_config {
      preemptibility = "SPOT"
      disk_config {
        boot_disk_type    = "pd-balanced"
        boot_disk_size_gb = 200
      }
    }

    software_config {
      image_version = var.cluster.image_version
      override_properties = {
        "dataproc:dataproc.logging.stackdriver.job.driver.enable" = "true"
        "spark-env:JAVA_HOME"                                     = "/opt/jdk-17"
        "spark:spark.yarn.appMasterEnv.JAVA_HOME"                 = "/opt/jdk-17"
        "spark:spark.executorEnv.JAVA_HOME"                       = "/opt/jdk-17"
      }
    }

    initialization_action {
      script      = "gs://${google_storage_bucket.artifacts.name}/${google_storage_bucket_object.java17[0].name}"
      timeout_sec = 300
    }

    autoscaling_config {
      policy_uri = google_dataproc_autoscaling_policy.jobs[0].id
    }

    lifecycle_config {
      idle_delete_ttl = var.cluster.idle_delete
    }
  }

  # The autoscaler sets the number of secondary workers.
  lifecycle {
    ignore_changes = [cluster_config[0].preemptible_worker_config[0].num_instances]
  }
}
