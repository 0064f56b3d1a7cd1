package io.trendflow.ingestion.raw;

import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Rows of a sheet as texts. */
final class SheetRows {
  private static final int LONGEST_VALUE = 1 << 20;
  private static final int MOST_COLUMNS = 16_384;

  private final RawFile file;
  private final WorkbookParts book;
  private final XMLStreamReader xml;
  private long number;

  SheetRows(RawFile file, WorkbookParts book, XMLStreamReader xml) {
    this.file = file;
    this.book = book;
    this.xml = xml;
  }

  /** Returns the number of the last row, from 1. */
  long number() {
    return number;
  }

  /** Returns the texts of the next row up to its last one that is not blank; null at the end. */
  String @Nullable [] next() throws XMLStreamException, FileRejectedException {
    while (xml.hasNext()) {
      if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("row")) {
        String at = WorkbookParts.attribute(xml, "r");
        number = at.isEmpty() ? number + 1 : Long.parseLong(at);
        return row();
      }
    }
    return null;
  }

  private String[] row() throws XMLStreamException, FileRejectedException {
    List<String> texts = new ArrayList<>();
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("c")) {
        int column = column(WorkbookParts.attribute(xml, "r"), texts.size());
        while (texts.size() < column) {
          texts.add("");
        }
        texts.add(cell());
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("row")) {
        break;
      }
    }
    int filled = texts.size();
    while (filled > 0 && texts.get(filled - 1).isBlank()) {
      filled--;
    }
    return texts.subList(0, filled).toArray(String[]::new);
  }

  /** Returns the column of a place such as {@code AB12}, from 0. */
  private static int column(String place, int next) {
    int column = 0;
    for (int i = 0; i < place.length() && place.charAt(i) >= 'A' && place.charAt(i) <= 'Z'; i++) {
      column = Math.min(26 * column + place.charAt(i) - 'A' + 1, MOST_COLUMNS);
    }
    return column == 0 ? next : column - 1;
  }

  private String cell() throws XMLStreamException, FileRejectedException {
    String type = WorkbookParts.attribute(xml, "t");
    String style = WorkbookParts.attribute(xml, "s");
    StringBuilder text = new StringBuilder();
    boolean value = false;
    boolean phonetic = false;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        String name = xml.getLocalName();
        phonetic |= name.equals("rPh");
        value = !phonetic && (name.equals("v") || name.equals("t"));
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        value = false;
        phonetic &= !xml.getLocalName().equals("rPh");
        if (xml.getLocalName().equals("c")) {
          break;
        }
      } else if (value && xml.isCharacters()) {
        text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
        if (text.length() > LONGEST_VALUE) {
          throw new FileRejectedException(
              "%s, row %d: a cell has more than %d characters; shorten it."
                  .formatted(file.label(), number, LONGEST_VALUE));
        }
      }
    }
    return meant(type, style, text.toString());
  }

  private String meant(String type, String style, String text) {
    if (text.isEmpty()) {
      return "";
    }
    return switch (type) {
      case "s" -> book.text(text);
      case "b" -> text.strip().equals("1") ? "true" : "false";
      case "", "n" -> book.number(text, style);
      default -> text;
    };
  }
}
