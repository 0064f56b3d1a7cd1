package io.trendflow.jobs.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of the messages to webhooks.
 *
 * @param minLevel lowest level of the findings that are posted: warn or alert
 * @param webhooks name to address
 */
public record AlertsConfig(
    @JsonProperty(required = true) String minLevel,
    @JsonProperty(required = true) Map<String, WebhookConfig> webhooks) {
  /** Event of a run that was published. */
  public static final String RUN_PUBLISHED = "run.published";

  /** Event of a finding that reached the lowest level. */
  public static final String FINDING_RAISED = "finding.raised";

  static final List<String> EVENTS = List.of(FINDING_RAISED, RUN_PUBLISHED);

  public AlertsConfig {
    KeyValidation.oneOf("min_level", minLevel, List.of("warn", "alert"));
    webhooks = Collections.unmodifiableMap(new TreeMap<>(webhooks));
  }
}
