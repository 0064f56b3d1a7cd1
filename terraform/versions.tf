terraform {
  required_version = ">= 1.9"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.50"
    }
  }

  # terraform init names the bucket: docs/operations.md shows how to create it.
  backend "gcs" {
    prefix = "trendflow"
  }
}

provider "google" {
  project = var.project
  region  = var.region
  # The budget API needs a project that is billed for the call.
  billing_project       = var.project
  user_project_override = true
  default_labels        = local.labels
}

locals {
  labels = { app = "trendflow", environment = var.environment }
}
