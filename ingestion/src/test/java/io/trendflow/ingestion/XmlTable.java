package io.trendflow.ingestion;

import java.util.List;
import java.util.Random;

/** Writes elements, with entities, CDATA sections and parts that readers ignore. */
record XmlTable(Random random) {
  /** Returns the text without the characters that XML forbids. */
  static String allowed(String text) {
    return text.codePoints()
        .filter(c -> c >= ' ' || c == '\t' || c == '\n' || c == '\r')
        .filter(c -> c < 0xFFFE || c > 0xFFFF)
        .filter(c -> c < 0xD800 || c > 0xDFFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  String text(List<String> header, List<List<String>> rows) {
    StringBuilder xml = new StringBuilder();
    if (random.nextBoolean()) {
      xml.append("<?xml version=\"1.0\"?>\n<!-- made -->");
    }
    xml.append("<feed xmlns:g=\"urn:g\"><title>not an entry</title>");
    boolean whole = true;
    for (List<String> row : rows) {
      xml.append(random.nextBoolean() ? "<entry>" : "<entry id='1'>\n ");
      for (int i = 0; i < row.size(); i++) {
        if (whole || !row.get(i).isEmpty() || random.nextBoolean()) {
          xml.append(element(header.get(i), row.get(i)));
        }
      }
      xml.append("</entry>");
      whole = false;
    }
    return xml.append("<end/></feed>\n").toString();
  }

  private String element(String name, String text) {
    String tag = random.nextBoolean() ? name : "g:" + name;
    boolean section = random.nextInt(3) == 0 && !text.contains("]]>") && !text.contains("\r");
    String inner = section ? "<![CDATA[" + text + "]]>" : escaped(text);
    String more = random.nextInt(5) == 0 ? "<!-- c --><?p i?>" : "";
    return "<" + tag + ">" + more + inner + "</" + tag + ">";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\r", "&#13;");
  }
}
