package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.FileFormat;
import io.trendflow.ingestion.config.FormatConfig;
import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.XmlFile;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Guesses the element of XML that is a record: the most frequent element with several kinds of
 * children.
 */
final class XmlShape {
  private final Map<String, Set<String>> children = new LinkedHashMap<>();
  private final Map<String, Integer> elements = new HashMap<>();

  private XmlShape() {}

  /** Guesses the form of a text from its beginning, which may end within an element. */
  static RawShape of(String encoding, String head) throws FileRejectedException {
    XmlShape shape = new XmlShape();
    shape.read(head);
    String record =
        shape.elements.entrySet().stream()
            .filter(element -> shape.children.getOrDefault(element.getKey(), Set.of()).size() > 1)
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElseThrow(
                () -> new FileRejectedException("its XML has no element that could be a record."));
    List<String> columns = List.copyOf(shape.children.getOrDefault(record, Set.of()));
    FormatConfig format = new FormatConfig(FileFormat.XML, null, encoding, record);
    return new RawShape(
        format, record.equals("item") ? PresetShapes.ofColumns(columns) : null, columns);
  }

  private void read(String head) {
    List<String> open = new ArrayList<>();
    try {
      XMLStreamReader xml = XmlFile.reader(new StringReader(head));
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          begin(open, xml.getLocalName());
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          open.remove(open.size() - 1);
        }
      }
    } catch (XMLStreamException e) {
      // The text is only the beginning of the file and may end within an element.
    }
  }

  private void begin(List<String> open, String name) {
    if (!open.isEmpty()) {
      children.computeIfAbsent(open.get(open.size() - 1), key -> new LinkedHashSet<>()).add(name);
    }
    // The root is not a record, whatever it contains.
    elements.merge(name, open.isEmpty() ? 0 : 1, Integer::sum);
    open.add(name);
  }
}
