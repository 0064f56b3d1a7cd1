package io.trendflow.serving;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Products to look up.
 *
 * @param ids 1 to 500 of them
 */
@Serdeable
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE, requiredProperties = "ids")
record Lookup(
    @ArraySchema(
            minItems = 1,
            maxItems = Lookup.MOST,
            schema =
                @Schema(
                    type = "string",
                    minLength = 1,
                    maxLength = Parameters.LONGEST,
                    pattern = Parameters.TEXT))
        List<Object> ids) {
  static final int MOST = 500;

  /** Refuses too few, too many, and texts that are none. */
  List<String> checked() {
    if (ids == null || ids.isEmpty() || ids.size() > MOST) {
      throw Parameters.refused("ids", "The body needs 'ids', a list of 1 to " + MOST + " texts.");
    }
    return ids.stream().map(Lookup::checked).toList();
  }

  /** Numbers are refused, too, rather than looked up by how they happen to be written. */
  private static String checked(@Nullable Object id) {
    if (!(id instanceof String text) || text.isEmpty()) {
      throw Parameters.refused("ids", "'ids' has an id that is no text or an empty one.");
    }
    Parameters.requireText("ids", text);
    return text;
  }
}
