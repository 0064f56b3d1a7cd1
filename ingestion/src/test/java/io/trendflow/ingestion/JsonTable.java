package io.trendflow.ingestion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Writes objects with texts, numbers and omitted values. */
record JsonTable(Random random) {
  private static final JsonMapper PLAIN = new JsonMapper();
  private static final JsonMapper ESCAPED =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  String lines(List<String> header, List<List<String>> rows) {
    return objects(header, rows).stream().collect(Collectors.joining("\n"));
  }

  String document(List<String> header, List<List<String>> rows) {
    String list = String.join(random.nextBoolean() ? "," : ",\r\n", objects(header, rows));
    String guard = random.nextInt(4) == 0 ? ")]}',\n".replace(",", "") : "";
    return guard + "{\"code\": [0, {}], \"data\": {\"more\": null, \"list\": [" + list + "]}}";
  }

  private List<String> objects(List<String> header, List<List<String>> rows) {
    List<String> objects = new ArrayList<>();
    for (List<String> row : rows) {
      // A required name that no record has would be rejected.
      objects.add(object(header, row, objects.isEmpty()));
    }
    return objects;
  }

  private String object(List<String> header, List<String> row, boolean whole) {
    List<String> members = new ArrayList<>(List.of("\"else\": {\"deep\": [1, \"x\"]}"));
    for (int i = 0; i < row.size(); i++) {
      if (whole || !row.get(i).isEmpty() || random.nextBoolean()) {
        members.add(quoted(header.get(i)) + ":" + value(row.get(i), whole));
      }
    }
    return "{" + String.join(", ", members) + "}";
  }

  private String value(String text, boolean whole) {
    // JSON's number -0 has no sign, so that a text with one needs quotes.
    boolean number = text.matches("(?!-[0.]+$)-?(0|[1-9]\\d{0,40})(\\.\\d{1,40})?");
    if (random.nextBoolean() && (number || text.equals("true"))) {
      return text;
    }
    return text.isEmpty() && !whole && random.nextBoolean() ? "null" : quoted(text);
  }

  private String quoted(String text) {
    try {
      return (random.nextBoolean() ? PLAIN : ESCAPED).writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
