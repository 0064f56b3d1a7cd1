package io.trendflow.collection.pull;

import io.trendflow.collection.web.CollectionException;
import io.trendflow.collection.web.MachineAccount;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Access token of a source at Google, which is valid for an hour. */
public final class AccessToken {
  private AccessToken() {}

  /**
   * Returns the token that {@code collect.token} refers to, or else one of the machine's service
   * account.
   *
   * @param reference the setting; null if it is not set
   * @param endpoint address of the metadata server instead of Google's, for tests
   * @param scope scope of the machine's token
   * @throws CollectionException if there is neither
   */
  public static String of(
      PullTask task, @Nullable String reference, @Nullable String endpoint, String scope) {
    if (reference != null) {
      return task.secret("token", reference);
    }
    MachineAccount account =
        endpoint == null
            ? MachineAccount.ofThisMachine()
            : new MachineAccount(URI.create(endpoint));
    return account
        .token(scope)
        .orElseThrow(
            () ->
                new CollectionException(
                    "%s is missing, and this machine has no service account of Google Cloud: set it to ${NAME}, where the environment variable NAME has an access token."
                        .formatted(task.key("token"))));
  }
}
