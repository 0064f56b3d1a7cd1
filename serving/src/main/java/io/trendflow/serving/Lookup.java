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
 * @param market only this market
 */
@Serdeable
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
record Lookup(
    @ArraySchema(
            minItems = 1,
            maxItems = Lookup.MOST,
            schema = @Schema(type = "string", minLength = 1, maxLength = 1000))
        @Nullable List<String> ids,
    @Nullable String market) {
  static final int MOST = 500;

  /** Refuses too few, too many, and texts that are none. */
  List<String> checked() {
    if (ids == null || ids.isEmpty() || ids.size() > MOST) {
      throw Parameters.refused("ids", "The body needs 'ids', a list of 1 to " + MOST + " texts.");
    }
    for (String id : ids) {
      if (id == null || id.isEmpty()) {
        throw Parameters.refused("ids", "'ids' has an id that is empty.");
      }
      Parameters.requireText("ids", id);
    }
    return ids;
  }
}
