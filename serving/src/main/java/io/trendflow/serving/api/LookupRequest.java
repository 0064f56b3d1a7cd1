package io.trendflow.serving.api;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.trendflow.serving.web.QueryParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Products to look up.
 *
 * @param ids 1 to 500 product ids
 */
@Serdeable
@Schema(
    name = "Lookup",
    additionalProperties = Schema.AdditionalPropertiesValue.FALSE,
    requiredProperties = "ids")
record LookupRequest(
    @ArraySchema(
            minItems = 1,
            maxItems = LookupRequest.MOST,
            schema =
                @Schema(
                    type = "string",
                    minLength = 1,
                    maxLength = QueryParameters.LONGEST,
                    pattern = QueryParameters.TEXT))
        List<Object> ids) {
  static final int MOST = 500;

  /**
   * Returns the ids.
   *
   * @throws io.trendflow.serving.web.ProblemException if there are too few or too many, or an id is
   *     malformed
   */
  List<String> checked() {
    if (ids == null || ids.isEmpty() || ids.size() > MOST) {
      throw QueryParameters.refused(
          "ids", "'ids' must be a list of 1 to " + MOST + " product ids.");
    }
    return ids.stream().map(LookupRequest::checked).toList();
  }

  /** Rejects ids that are JSON numbers: their spelling would decide whether they are found. */
  private static String checked(@Nullable Object id) {
    if (!(id instanceof String text) || text.isEmpty()) {
      throw QueryParameters.refused("ids", "'ids' contains an id that is empty or not a string.");
    }
    QueryParameters.requireText("ids", text);
    return text;
  }
}
