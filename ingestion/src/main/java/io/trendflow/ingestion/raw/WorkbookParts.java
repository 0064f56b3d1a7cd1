package io.trendflow.ingestion.raw;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Parts of an Excel workbook that its sheets refer to: names, texts and formats of cells. */
final class WorkbookParts {
  private static final String BOOK = "xl/workbook.xml";
  private static final String RELATIONS = "xl/_rels/workbook.xml.rels";
  private static final String STYLES = "xl/styles.xml";
  private static final String TEXTS = "xl/sharedStrings.xml";

  /** Ids of built-in formats that show a date. */
  private static final Set<Integer> DATES =
      Set.of(
          14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58);

  /** Ids of built-in formats that show a time of day. */
  private static final Set<Integer> TIMES = Set.of(18, 19, 20, 21, 32, 33, 45, 46, 47);

  /** The digits that a spreadsheet computes with; further ones are noise. */
  private static final MathContext DIGITS = new MathContext(15);

  private static final LocalDateTime ZERO = LocalDateTime.of(1899, 12, 30, 0, 0);
  private static final LocalDateTime ZERO_1904 = LocalDateTime.of(1904, 1, 1, 0, 0);
  private static final long SECONDS = 86_400;

  private final Map<String, String> sheets = new LinkedHashMap<>();
  private final List<String> visible = new ArrayList<>();
  private final Map<String, String> targets = new HashMap<>();
  private final Map<Integer, String> formats = new HashMap<>();
  private final List<Integer> styles = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private LocalDateTime zero = ZERO;

  static boolean isPart(String name) {
    return name.equals(BOOK) || name.equals(RELATIONS) || name.equals(STYLES) || name.equals(TEXTS);
  }

  void read(String name, XMLStreamReader xml) throws XMLStreamException {
    boolean cells = false;
    StringBuilder text = new StringBuilder();
    boolean open = false;
    boolean phonetic = false;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        String element = xml.getLocalName();
        switch (element) {
          case "workbookPr" ->
              zero =
                  "1".equals(attribute(xml, "date1904"))
                          || "true".equals(attribute(xml, "date1904"))
                      ? ZERO_1904
                      : ZERO;
          case "sheet" -> sheet(xml);
          case "Relationship" -> targets.put(attribute(xml, "Id"), attribute(xml, "Target"));
          case "numFmt" ->
              formats.put(number(attribute(xml, "numFmtId")), attribute(xml, "formatCode"));
          case "cellXfs" -> cells = true;
          case "xf" -> {
            if (cells) {
              styles.add(number(attribute(xml, "numFmtId")));
            }
          }
          case "si" -> text.setLength(0);
          case "rPh" -> phonetic = true;
          case "t" -> open = !phonetic;
          default -> {
            // Other elements have nothing that a table needs.
          }
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        switch (xml.getLocalName()) {
          case "cellXfs" -> cells = false;
          case "si" -> texts.add(text.toString());
          case "rPh" -> phonetic = false;
          case "t" -> open = false;
          default -> {
            // The start of the element was read.
          }
        }
      } else if (open && xml.isCharacters()) {
        text.append(xml.getText());
      }
    }
  }

  private void sheet(XMLStreamReader xml) {
    String name = attribute(xml, "name");
    sheets.put(name, attribute(xml, "id"));
    if (attribute(xml, "state").isEmpty() || attribute(xml, "state").equals("visible")) {
      visible.add(name);
    }
  }

  List<String> visibleSheets() {
    return List.copyOf(visible);
  }

  /** Returns the path of a sheet, by default of the first visible one; null if there is none. */
  @Nullable String part(@Nullable String name) {
    String wanted = name != null ? name : visible.isEmpty() ? "" : visible.get(0);
    String target = targets.get(sheets.getOrDefault(wanted, ""));
    if (target == null) {
      return null;
    }
    return target.startsWith("/") ? target.substring(1) : "xl/" + target;
  }

  /** Returns a text that cells share. */
  String text(String index) {
    return texts.get(Integer.parseInt(index.strip()));
  }

  /** Returns a number as text, in the way in which the style of its cell means it. */
  String number(String text, String style) {
    double value = Double.parseDouble(text);
    int format = style.isEmpty() ? 0 : styles.get(Integer.parseInt(style));
    String code = formats.getOrDefault(format, "").replaceAll("\"[^\"]*\"|\\[[^\\]]*]|\\\\.", "");
    boolean date = DATES.contains(format) || code.matches("(?s).*[dDyY].*");
    boolean time = TIMES.contains(format) || code.matches("(?s).*[hHsS].*");
    if (!date && !time) {
      return new BigDecimal(text.strip()).round(DIGITS).stripTrailingZeros().toPlainString();
    }
    long seconds = Math.round(value * SECONDS);
    if (!date && value < 1) {
      return LocalTime.ofSecondOfDay(Math.min(seconds, SECONDS - 1)).toString();
    }
    LocalDateTime moment = zero.plusSeconds(seconds);
    return seconds % SECONDS == 0 ? moment.toLocalDate().toString() : moment.toString();
  }

  private static int number(String text) {
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }

  /** Returns an attribute by its name without prefix; empty if the element does not have it. */
  static String attribute(XMLStreamReader xml, String name) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).equals(name)) {
        return xml.getAttributeValue(i);
      }
    }
    return "";
  }
}
