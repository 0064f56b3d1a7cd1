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
 * @param ids 1 to 500 of them
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

  /** Refuses too few, too many, and texts that are none. */
  List<String> checked() {
    if (ids == null || ids.isEmpty() || ids.size() > MOST) {
      throw QueryParameters.refused(
          "ids", "The body needs 'ids', a list of 1 to " + MOST + " texts.");
    }
    return ids.stream().map(LookupRequest::checked).toList();
  }

  /** Numbers are refused, too, rather than looked up by how they happen to be written. */
  private static String checked(@Nullable Object id) {
    if (!(id instanceof String text) || text.isEmpty()) {
      throw QueryParameters.refused("ids", "'ids' has an id that is no text or an empty one.");
    }
    QueryParameters.requireText("ids", text);
    return text;
  }
}
