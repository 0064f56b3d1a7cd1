variable "project" {
  description = "Id of the Google Cloud project, one per environment. It must exist and have a billing account."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "project must be an id of 6 to 30 lower-case letters, digits and hyphens, for example my-shop-prod."
  }
}

variable "environment" {
  description = "Environment of the project: dev or prod. The GitHub environment of the same name may deploy."
  type        = string

  validation {
    condition     = contains(["dev", "prod"], var.environment)
    error_message = "environment must be dev or prod."
  }
}

variable "region" {
  description = "Region of all resources, including the data."
  type        = string
  default     = "europe-west1"

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "region must be a region, for example europe-west1, not a zone or a multi-region."
  }
}

variable "deletion_protection" {
  description = "Whether tables, the service, the cluster's disks and non-empty buckets are protected from deletion."
  type        = bool
  default     = true
}

variable "state_bucket" {
  description = "Name of the bucket that holds Terraform's state; the plan of a pull request reads it."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$", var.state_bucket))
    error_message = "state_bucket must be the name of a bucket without gs://, for example my-shop-terraform."
  }
}

# --- Data ---------------------------------------------------------------------------------------

variable "dataset_prefix" {
  description = "Prefix of every dataset name, for a project that has other datasets of the same names."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^([a-z][a-z0-9_]{0,20}_)?$", var.dataset_prefix))
    error_message = "dataset_prefix must be empty, or lower-case letters, digits and underscores with an underscore at the end, for example shop_."
  }
}

variable "raw_nearline_days" {
  description = "Age in days at which raw files move to Nearline storage, which costs less to keep and more to read."
  type        = number
  default     = 90

  validation {
    condition     = var.raw_nearline_days >= 30 && floor(var.raw_nearline_days) == var.raw_nearline_days
    error_message = "raw_nearline_days must be a whole number of at least 30."
  }
}

variable "soft_delete_days" {
  description = "Number of days during which a deleted file of the raw and artifact buckets can be restored."
  type        = number
  default     = 30

  validation {
    condition     = var.soft_delete_days >= 7 && var.soft_delete_days <= 90
    error_message = "soft_delete_days must be between 7 and 90."
  }
}

# --- Jobs ---------------------------------------------------------------------------------------

variable "subnet_range" {
  description = "Private address range of the jobs' machines, which have no external addresses."
  type        = string
  default     = "10.40.0.0/20"

  validation {
    condition     = can(cidrhost(var.subnet_range, 0)) && can(regex("^10\\.|^172\\.|^192\\.168\\.", var.subnet_range))
    error_message = "subnet_range must be a private IPv4 range, for example 10.40.0.0/20."
  }
}

variable "cluster" {
  description = "Dataproc cluster, as an alternative to Dataproc Serverless; null for none."
  type = object({
    image_version     = optional(string, "2.3-debian12")
    master_type       = optional(string, "n2-standard-4")
    worker_type       = optional(string, "n2-highmem-4")
    workers           = optional(number, 2)
    secondary_workers = optional(number, 10)
    idle_delete       = optional(string, "1800s")
  })
  default = null

  validation {
    condition     = var.cluster == null || try(startswith(var.cluster.image_version, "2.3"), false)
    error_message = "cluster.image_version must start with 2.3, the release line with Spark 3.5, which TrendFlow runs on."
  }

  validation {
    condition     = var.cluster == null || try(var.cluster.workers >= 2 && var.cluster.secondary_workers >= 0, false)
    error_message = "cluster.workers must be at least 2, because HDFS needs two primary workers; cluster.secondary_workers must be at least 0."
  }

  validation {
    condition     = var.cluster == null || can(regex("^[0-9]+s$", var.cluster.idle_delete))
    error_message = "cluster.idle_delete must be a duration in seconds, for example 1800s."
  }
}

variable "composer" {
  description = "Cloud Composer environment (managed Airflow); null for none."
  type = object({
    image_version    = string
    environment_size = optional(string, "ENVIRONMENT_SIZE_SMALL")
  })
  default = null

  validation {
    condition     = var.composer == null || can(regex("^composer-3-airflow-3", var.composer.image_version))
    error_message = "composer.image_version must be a version of Composer 3 with Airflow 3, composer-3-airflow-3...: see `gcloud composer environments list-upgrades` or Composer's release notes for valid versions."
  }

  validation {
    condition     = var.composer == null || contains(["ENVIRONMENT_SIZE_SMALL", "ENVIRONMENT_SIZE_MEDIUM", "ENVIRONMENT_SIZE_LARGE"], try(var.composer.environment_size, ""))
    error_message = "composer.environment_size must be ENVIRONMENT_SIZE_SMALL, ENVIRONMENT_SIZE_MEDIUM or ENVIRONMENT_SIZE_LARGE."
  }
}

# --- Service ------------------------------------------------------------------------------------

variable "collect_image" {
  description = "Image of the jobs, by digest, with which sources are collected; null if none is collected."
  type        = string
  default     = null

  validation {
    condition     = var.collect_image == null || can(regex("@sha256:[0-9a-f]{64}$", var.collect_image))
    error_message = "collect_image must end with the image's digest, @sha256:<64 hexadecimal digits>, because a tag can be moved."
  }
}

variable "collect_secrets" {
  description = "Environment variables whose secrets the collected sources need, such as SHOPIFY_TOKEN; each is a secret of the same name in lower case."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.collect_secrets : can(regex("^[A-Z][A-Z0-9_]*$", name))])
    error_message = "collect_secrets must be names of environment variables such as SHOPIFY_TOKEN."
  }
}

variable "collect_datasets" {
  description = "Datasets of this project that sources in BigQuery read, such as analytics_1234; null if no source is in BigQuery, [] if their datasets are in other projects."
  type        = set(string)
  default     = null

  validation {
    condition     = alltrue([for name in coalesce(var.collect_datasets, []) : can(regex("^[A-Za-z0-9_]+$", name))])
    error_message = "collect_datasets must be names of datasets such as analytics_1234."
  }
}

variable "alert_secrets" {
  description = "Environment variables whose secrets the webhooks of the jobs need, such as ALERT_WEBHOOK; each is a secret of the same name in lower case."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.alert_secrets : can(regex("^[A-Z][A-Z0-9_]*$", name))])
    error_message = "alert_secrets must be names of environment variables such as ALERT_WEBHOOK."
  }
}

variable "service_image" {
  description = "First image of the service, by digest; null before the first release, while there is no service. The roll-out workflow installs later images."
  type        = string
  default     = null

  validation {
    condition     = var.service_image == null || can(regex("@sha256:[0-9a-f]{64}$", var.service_image))
    error_message = "service_image must end with the image's digest, @sha256:<64 hexadecimal digits>, because a tag can be moved."
  }
}

variable "service" {
  description = "Size and scaling of the service. A run of one million rows needs about 2Gi of memory."
  type = object({
    cpu           = optional(string, "1")
    memory        = optional(string, "2Gi")
    min_instances = optional(number, 0)
    max_instances = optional(number, 3)
    concurrency   = optional(number, 80)
  })
  default = {}

  validation {
    condition     = var.service.min_instances >= 0 && var.service.max_instances >= max(1, var.service.min_instances) && var.service.max_instances <= 100
    error_message = "service.min_instances must be at least 0; service.max_instances must be between 1 and 100 and not less than service.min_instances."
  }
}

variable "ingress" {
  description = "Networks from which the service can be reached; the variable invokers sets who may call it."
  type        = string
  default     = "INGRESS_TRAFFIC_ALL"

  validation {
    condition     = contains(["INGRESS_TRAFFIC_ALL", "INGRESS_TRAFFIC_INTERNAL_ONLY", "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"], var.ingress)
    error_message = "ingress must be INGRESS_TRAFFIC_ALL, INGRESS_TRAFFIC_INTERNAL_ONLY or INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER."
  }
}

variable "invokers" {
  description = "IAM members who may call the service, for example group:merchandisers@example.com."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for member in var.invokers : can(regex("^(user|group|serviceAccount|domain):", member))])
    error_message = "invokers must be IAM members, for example group:merchandisers@example.com; allUsers and allAuthenticatedUsers are not allowed, because they would make the service public."
  }
}

# --- GitHub -------------------------------------------------------------------------------------

variable "github_repository" {
  description = "Repository whose workflows release and deploy, as owner/name."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.github_repository))
    error_message = "github_repository must have the form owner/name, for example my-shop/trendflow."
  }
}

# --- Monitoring ---------------------------------------------------------------------------------

variable "alert_emails" {
  description = "E-mail addresses that receive alerts."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for address in var.alert_emails : can(regex("^[^@ ]+@[^@ ]+$", address))])
    error_message = "alert_emails must be e-mail addresses, for example data-team@example.com."
  }
}

variable "max_reject_share" {
  description = "Share of rejected records in a day above which an alert is sent. An ingest fails at its own limit, which is 0.01 by default."
  type        = number
  default     = 0.005

  validation {
    condition     = var.max_reject_share > 0 && var.max_reject_share < 1
    error_message = "max_reject_share must be greater than 0 and less than 1, for example 0.005."
  }
}

variable "budget" {
  description = "Monthly budget in the billing account's currency, with alerts at 50, 90 and 100 % of it; null for no budget."
  type = object({
    billing_account = string
    amount          = number
  })
  default = null

  validation {
    condition     = var.budget == null || can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.budget.billing_account))
    error_message = "budget.billing_account must be the id of a billing account, for example 012345-6789AB-CDEF01."
  }

  validation {
    condition     = var.budget == null || try(var.budget.amount >= 1, false)
    error_message = "budget.amount must be at least 1."
  }
}
