variable "project" {
  description = "Id of the project, one for each environment; it exists and has a billing account."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "project must be an id of 6 to 30 lower-case letters, digits and hyphens, such as my-shop-prod."
  }
}

variable "environment" {
  description = "What the project is for: dev or prod. It names the GitHub environment that may deploy."
  type        = string

  validation {
    condition     = contains(["dev", "prod"], var.environment)
    error_message = "environment must be dev or prod."
  }
}

variable "region" {
  description = "Region of everything, data included."
  type        = string
  default     = "europe-west1"

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "region must be a region such as europe-west1, not a zone or a multi-region."
  }
}

variable "deletion_protection" {
  description = "Whether tables, the service, the cluster's disks and filled buckets refuse to be destroyed."
  type        = bool
  default     = true
}

variable "state_bucket" {
  description = "Name of the bucket with Terraform's state, which the plan of a pull request reads."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$", var.state_bucket))
    error_message = "state_bucket must be a bucket's name without gs://."
  }
}

# --- Data ---------------------------------------------------------------------------------------

variable "dataset_prefix" {
  description = "Put before the name of every dataset, where the project has others of the same name."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^([a-z][a-z0-9_]{0,20}_)?$", var.dataset_prefix))
    error_message = "dataset_prefix must be empty, or lower-case letters, digits and underscores that end with one, such as shop_."
  }
}

variable "raw_nearline_days" {
  description = "Age in days from which raw files are kept as Nearline, which is cheaper to keep and dearer to read."
  type        = number
  default     = 90

  validation {
    condition     = var.raw_nearline_days >= 30 && floor(var.raw_nearline_days) == var.raw_nearline_days
    error_message = "raw_nearline_days must be a whole number of days from 30 on."
  }
}

variable "soft_delete_days" {
  description = "Days for which a deleted file of the raw and artifact buckets can be restored."
  type        = number
  default     = 30

  validation {
    condition     = var.soft_delete_days >= 7 && var.soft_delete_days <= 90
    error_message = "soft_delete_days must be from 7 to 90."
  }
}

# --- Jobs ---------------------------------------------------------------------------------------

variable "subnet_range" {
  description = "Addresses of the jobs' machines, which have no others."
  type        = string
  default     = "10.40.0.0/20"

  validation {
    condition     = can(cidrhost(var.subnet_range, 0)) && can(regex("^10\\.|^172\\.|^192\\.168\\.", var.subnet_range))
    error_message = "subnet_range must be a private IPv4 range such as 10.40.0.0/20."
  }
}

variable "cluster" {
  description = "A Dataproc cluster for those who prefer it to Dataproc Serverless; null for none."
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
    error_message = "cluster.image_version must be of 2.3, the line with Spark 3.5 on which TrendFlow runs."
  }

  validation {
    condition     = var.cluster == null || try(var.cluster.workers >= 2 && var.cluster.secondary_workers >= 0, false)
    error_message = "cluster.workers must be 2 or more, and cluster.secondary_workers 0 or more: HDFS needs two primary workers."
  }

  validation {
    condition     = var.cluster == null || can(regex("^[0-9]+s$", var.cluster.idle_delete))
    error_message = "cluster.idle_delete must be a duration in seconds such as 1800s."
  }
}

variable "composer" {
  description = "A Composer environment, which is a managed Airflow; null for none."
  type = object({
    image_version    = string
    environment_size = optional(string, "ENVIRONMENT_SIZE_SMALL")
  })
  default = null

  validation {
    condition     = var.composer == null || can(regex("^composer-3-airflow-3", var.composer.image_version))
    error_message = "composer.image_version must be a version of Composer 3 with Airflow 3, composer-3-airflow-3...: `gcloud composer environments list-upgrades` and the release notes name them."
  }

  validation {
    condition     = var.composer == null || contains(["ENVIRONMENT_SIZE_SMALL", "ENVIRONMENT_SIZE_MEDIUM", "ENVIRONMENT_SIZE_LARGE"], try(var.composer.environment_size, ""))
    error_message = "composer.environment_size must be ENVIRONMENT_SIZE_SMALL, _MEDIUM or _LARGE."
  }
}

# --- Service ------------------------------------------------------------------------------------

variable "service_image" {
  description = "The image that the service begins with, by digest; null before the first release, when there is no service. Later images come by the deploy workflow."
  type        = string
  default     = null

  validation {
    condition     = var.service_image == null || can(regex("@sha256:[0-9a-f]{64}$", var.service_image))
    error_message = "service_image must end with the image's digest, @sha256:<64 hexadecimal digits>, because a tag can be moved."
  }
}

variable "service" {
  description = "Size of the service. A run of a million rows needs about 2Gi."
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
    error_message = "service.min_instances must be 0 or more, and service.max_instances from 1 to 100 and not below it."
  }
}

variable "ingress" {
  description = "From where the service can be reached at all; who may call it is another matter (invokers)."
  type        = string
  default     = "INGRESS_TRAFFIC_ALL"

  validation {
    condition     = contains(["INGRESS_TRAFFIC_ALL", "INGRESS_TRAFFIC_INTERNAL_ONLY", "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"], var.ingress)
    error_message = "ingress must be INGRESS_TRAFFIC_ALL, INGRESS_TRAFFIC_INTERNAL_ONLY or INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER."
  }
}

variable "invokers" {
  description = "Who may call the service, as members of IAM such as group:merchandisers@example.com."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for member in var.invokers : can(regex("^(user|group|serviceAccount|domain):", member))])
    error_message = "invokers must be members such as group:merchandisers@example.com; allUsers and allAuthenticatedUsers would make the service public."
  }
}

# --- GitHub -------------------------------------------------------------------------------------

variable "github_repository" {
  description = "The repository whose workflows release and deploy, as owner/name."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.github_repository))
    error_message = "github_repository must be owner/name."
  }
}

# --- Watching -----------------------------------------------------------------------------------

variable "alert_emails" {
  description = "Who is told when something is wrong."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for address in var.alert_emails : can(regex("^[^@ ]+@[^@ ]+$", address))])
    error_message = "alert_emails must be addresses of e-mail."
  }
}

variable "max_reject_share" {
  description = "Share of rejected records of a day from which somebody is told; an ingest refuses at its own limit, 0.01 by default."
  type        = number
  default     = 0.005

  validation {
    condition     = var.max_reject_share > 0 && var.max_reject_share < 1
    error_message = "max_reject_share must lie between 0 and 1, such as 0.005."
  }
}

variable "budget" {
  description = "Amount per month, in the billing account's currency, at 50, 90 and 100 % of which somebody is told; null for no budget."
  type = object({
    billing_account = string
    amount          = number
  })
  default = null

  validation {
    condition     = var.budget == null || can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.budget.billing_account))
    error_message = "budget.billing_account must be an id such as 012345-6789AB-CDEF01."
  }

  validation {
    condition     = var.budget == null || try(var.budget.amount >= 1, false)
    error_message = "budget.amount must be 1 or more."
  }
}
