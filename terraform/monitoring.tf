locals {
  channels = [for channel in google_monitoring_notification_channel.email : channel.id]

  # The last line of a job's output is one line of JSON.
  job_logs = "resource.type=(\"cloud_dataproc_batch\" OR \"cloud_dataproc_job\")"

  # Numbers of an ingest's line that become metrics.
  job_numbers = {
    read     = "Records read by ingests."
    rejected = "Records rejected by ingests."
  }

  service_requests = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"trendflow\""
}

resource "google_monitoring_notification_channel" "email" {
  for_each     = var.alert_emails
  display_name = each.key
  type         = "email"
  labels       = { email_address = each.key }
  depends_on   = [google_project_service.api]
}

resource "google_logging_metric" "published" {
  name        = "trendflow_published"
  description = "Successful score jobs."
  filter      = "${local.job_logs} AND jsonPayload.message:\"\\\"job\\\":\\\"score\\\"\""
  depends_on  = [google_project_service.api]

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }
}

resource "google_logging_metric" "records" {
  for_each        = local.job_numbers
  name            = "trendflow_${each.key}"
  description     = each.value
  filter          = "${local.job_logs} AND jsonPayload.message:\"\\\"job\\\":\\\"ingest\\\"\" AND jsonPayload.message:\"\\\"already_done\\\":false\""
  value_extractor = "REGEXP_EXTRACT(jsonPayload.message, \"\\\"${each.key}\\\":(\\\\d+)\")"
  depends_on      = [google_project_service.api]

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
  }
}

resource "google_monitoring_alert_policy" "job_failed" {
  display_name          = "TrendFlow: a job failed"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local.channels
  depends_on            = [google_project_service.api]

  conditions {
    display_name = "A Dataproc batch or job logged an error"
    condition_matched_log {
      filter = "${local.job_logs} AND severity>=ERROR"
    }
  }

  alert_strategy {
    auto_close = "86400s"
    notification_rate_limit {
      period = "3600s"
    }
  }

  documentation {
    content = "The last line of the job's output names the problem and the fix. The service still serves the last published run. See docs/operations.md."
  }
}

resource "google_monitoring_alert_policy" "stale_run" {
  display_name          = "TrendFlow: no run was published for a day"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = local.channels

  conditions {
    display_name = "No score job succeeded in 25 hours"
    condition_threshold {
      filter                  = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.published.name}\" AND resource.type=\"cloud_dataproc_batch\""
      comparison              = "COMPARISON_LT"
      threshold_value         = 1
      duration                = "3600s"
      evaluation_missing_data = "EVALUATION_MISSING_DATA_ACTIVE"
      aggregations {
        alignment_period     = "90000s"
        per_series_aligner   = "ALIGN_SUM"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    content = "The service still serves the latest run and marks it as degraded. Check whether ingest or score failed, or whether raw files are missing."
  }
}

resource "google_monitoring_alert_policy" "rejects" {
  display_name          = "TrendFlow: many records are rejected"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = local.channels

  conditions {
    display_name = "Share of rejected records in one day"
    condition_prometheus_query_language {
      query               = "sum(increase(logging_googleapis_com:user_${google_logging_metric.records["rejected"].name}_sum[1d])) / sum(increase(logging_googleapis_com:user_${google_logging_metric.records["read"].name}_sum[1d])) > ${var.max_reject_share}"
      duration            = "0s"
      evaluation_interval = "3600s"
    }
  }

  documentation {
    content = "The table quality.rejects has each rejected record with its reason; docs/reject-codes.md explains what to do. After you correct the configuration, run replay."
  }
}

resource "google_monitoring_alert_policy" "service_errors" {
  display_name          = "TrendFlow: the service fails"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local.channels
  depends_on            = [google_project_service.api]

  conditions {
    display_name = "More than 1 % of the responses are server errors"
    condition_threshold {
      filter             = "metric.type=\"run.googleapis.com/request_count\" AND ${local.service_requests} AND metric.labels.response_code_class=\"5xx\""
      denominator_filter = "metric.type=\"run.googleapis.com/request_count\" AND ${local.service_requests}"
      comparison         = "COMPARISON_GT"
      threshold_value    = 0.01
      duration           = "300s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
      denominator_aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    content = "If the errors began with a deployment, shift the traffic back: see docs/operations.md."
  }
}

resource "google_monitoring_alert_policy" "service_latency" {
  display_name          = "TrendFlow: the service is slow"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = local.channels
  depends_on            = [google_project_service.api]

  conditions {
    display_name = "The 95th percentile of the latency is above one second"
    condition_threshold {
      filter          = "metric.type=\"run.googleapis.com/request_latencies\" AND ${local.service_requests}"
      comparison      = "COMPARISON_GT"
      threshold_value = 1000
      duration        = "600s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_PERCENTILE_95"
        cross_series_reducer = "REDUCE_MAX"
      }
    }
  }
}

resource "google_monitoring_dashboard" "trendflow" {
  depends_on = [google_project_service.api]
  dashboard_json = jsonencode({
    displayName = "TrendFlow"
    gridLayout = {
      columns = "2"
      widgets = [
        for chart in [
          { title = "Responses per second, by status class", filter = "metric.type=\"run.googleapis.com/request_count\" AND ${local.service_requests}", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = ["metric.label.response_code_class"] },
          { title = "Latency, 95th percentile", filter = "metric.type=\"run.googleapis.com/request_latencies\" AND ${local.service_requests}", aligner = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX", by = [] },
          { title = "Instances", filter = "metric.type=\"run.googleapis.com/container/instance_count\" AND ${local.service_requests}", aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", by = ["metric.label.state"] },
          { title = "Memory of the instances, 95th percentile", filter = "metric.type=\"run.googleapis.com/container/memory/utilizations\" AND ${local.service_requests}", aligner = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX", by = [] },
          { title = "Published runs", filter = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.published.name}\"", aligner = "ALIGN_SUM", reducer = "REDUCE_SUM", by = [] },
          { title = "Rejected records", filter = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.records["rejected"].name}\"", aligner = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX", by = [] },
          ] : {
          title = chart.title
          xyChart = {
            dataSets = [{
              timeSeriesQuery = {
                timeSeriesFilter = {
                  filter = chart.filter
                  aggregation = {
                    alignmentPeriod    = "300s"
                    perSeriesAligner   = chart.aligner
                    crossSeriesReducer = chart.reducer
                    groupByFields      = chart.by
                  }
                }
              }
            }]
          }
        }
      ]
    }
  })
}

resource "google_billing_budget" "month" {
  count           = var.budget == null ? 0 : 1
  billing_account = var.budget.billing_account
  display_name    = "TrendFlow ${var.environment}"
  depends_on      = [google_project_service.api]

  budget_filter {
    projects = ["projects/${var.project}"]
  }

  amount {
    specified_amount {
      units = tostring(var.budget.amount)
    }
  }

  dynamic "threshold_rules" {
    for_each = [0.5, 0.9, 1.0]
    content {
      threshold_percent = threshold_rules.value
    }
  }

  all_updates_rule {
    monitoring_notification_channels = local.channels
  }
}
