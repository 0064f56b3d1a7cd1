package io.trendflow.jobs.config;

import io.trendflow.collection.web.SecretValues;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Address that receives messages.
 *
 * @param url reference to the secret that has the address, such as {@code ${ALERT_WEBHOOK}}
 * @param form slack, also if it is null: lines as {@code {"text": ...}}, which Mattermost, Teams
 *     and Google Chat take too; signed: an event as JSON, signed as by Standard Webhooks
 * @param secret reference to the key that signs, of the form signed only
 * @param events the events that are posted; all if it is null
 */
public record WebhookConfig(
    String url, @Nullable String form, @Nullable String secret, @Nullable List<String> events) {
  private static final String SLACK = "slack";
  private static final String SIGNED = "signed";

  /** Checks the settings; a message never has a literal address or secret. */
  public WebhookConfig {
    reference("url", url);
    if (form != null) {
      KeyValidation.oneOf("form", form, List.of(SLACK, SIGNED));
    }
    if (secret != null) {
      reference("secret", secret);
    }
    KeyValidation.that(
        secret != null || !SIGNED.equals(form),
        "secret is missing, but form signed needs it: set it to ${NAME}, where the environment"
            + " variable NAME has the key.");
    KeyValidation.that(
        secret == null || SIGNED.equals(form),
        "secret is set, but only form signed uses it: remove it or set form: signed.");
    if (events != null) {
      events.forEach(event -> KeyValidation.oneOf("events", event, AlertsConfig.EVENTS));
      events = List.copyOf(events);
    }
  }

  /** Returns whether messages are events with a signature, and not the lines of a chat. */
  public boolean hasSignature() {
    return SIGNED.equals(form);
  }

  /** Returns whether an event is posted. */
  public boolean wants(String event) {
    return events == null || events.contains(event);
  }

  private static void reference(String key, String value) {
    KeyValidation.that(
        SecretValues.isReference(value),
        key
            + " has a literal value: set it to ${NAME}, where the environment variable NAME has the"
            + " value.");
  }
}
