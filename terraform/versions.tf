terraform {
  required_version = ">= 1.9"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.50"
    }
  }

  # The bucket is named at init: docs/operations.md tells how it is made.
  backend "gcs" {
    prefix = "trendflow"
  }
}

provider "google" {
  project = var.project
  region  = var.region
  # The budget's API wants a project that pays for the call.
  billing_project       = var.project
  user_project_override = true
  default_labels        = local.labels
}

locals {
  labels = { app = "trendflow", environment = var.environment }
}
