package io.trendflow.jobs.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.List;

/** Reader of horizons: a number of days, or a list of such numbers. */
final class HorizonDays extends StdDeserializer<List<Integer>> {
  HorizonDays() {
    super(List.class);
  }

  @Override
  public List<Integer> deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    return parser.isExpectedStartArrayToken()
        ? context.readValue(
            parser, context.getTypeFactory().constructCollectionType(List.class, Integer.class))
        : List.of(context.readValue(parser, Integer.class));
  }
}
