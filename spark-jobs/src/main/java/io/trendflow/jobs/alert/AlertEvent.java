package io.trendflow.jobs.alert;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Event that webhooks receive.
 *
 * @param id id, which is the same if the event is posted again
 * @param type such as {@code finding.raised}
 * @param text the event in words, one line
 * @param data the event's columns: texts, numbers and dates
 */
public record AlertEvent(String id, String type, String text, Map<String, @Nullable Object> data) {}
