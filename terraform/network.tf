# Jobs can reach only Google's APIs and each other: their machines have no external addresses, and the network has
# no NAT.
resource "google_compute_network" "jobs" {
  name                            = "trendflow"
  auto_create_subnetworks         = false
  delete_default_routes_on_create = false
  depends_on                      = [google_project_service.api]
}

resource "google_compute_subnetwork" "jobs" {
  name                     = "trendflow-jobs"
  network                  = google_compute_network.jobs.id
  region                   = var.region
  ip_cidr_range            = var.subnet_range
  private_ip_google_access = true

  log_config {
    aggregation_interval = "INTERVAL_10_MIN"
    flow_sampling        = 0.1
    metadata             = "INCLUDE_ALL_METADATA"
  }
}

# Spark's driver and executors communicate on ports that they choose at run time.
resource "google_compute_firewall" "among_jobs" {
  name          = "trendflow-among-jobs"
  network       = google_compute_network.jobs.id
  direction     = "INGRESS"
  source_ranges = [var.subnet_range]

  allow {
    protocol = "tcp"
  }
  allow {
    protocol = "udp"
  }
  allow {
    protocol = "icmp"
  }
}
