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

/** Finds the element of XML that is a record: the one that holds most others, by its name. */
final class XmlShape {
  private final Map<String, Set<String>> children = new LinkedHashMap<>();
  private final Map<String, Integer> elements = new HashMap<>();

  private XmlShape() {}

  /** Looks at the beginning of a text, which may end within an element. */
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
      // Only the beginning was given; what was read until here is what there is to go by.
    }
  }

  private void begin(List<String> open, String name) {
    if (!open.isEmpty()) {
      children.computeIfAbsent(open.get(open.size() - 1), key -> new LinkedHashSet<>()).add(name);
    }
    // The root is no record, whatever it holds.
    elements.merge(name, open.isEmpty() ? 0 : 1, Integer::sum);
    open.add(name);
  }
}
