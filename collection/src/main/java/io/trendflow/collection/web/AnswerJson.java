package io.trendflow.collection.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** JSON that APIs answer with. */
public final class AnswerJson {
  private static final JsonMapper JSON = new JsonMapper();

  private AnswerJson() {}

  /**
   * Reads an answer.
   *
   * @param api name of the API, for the message
   * @throws CollectionException if the answer is not valid JSON
   */
  public static JsonNode read(String api, byte[] answer) {
    try {
      return JSON.readTree(answer);
    } catch (IOException e) {
      throw new CollectionException(
          api + "'s answer is not valid JSON: run the command again later.", e);
    }
  }
}
