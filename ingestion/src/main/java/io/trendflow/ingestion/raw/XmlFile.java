package io.trendflow.ingestion.raw;

import io.trendflow.ingestion.config.FormatConfig;
import io.trendflow.ingestion.config.SourceConfig;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Records of XML: the elements with one name. Their fields are their child elements, named without
 * prefix; several children with one name are separated by {@code ;}.
 */
public final class XmlFile implements RecordFile {
  /** Longest text of a field, in characters. */
  private static final int LONGEST_VALUE = 1 << 20;

  private final RawFile file;
  private final FormatConfig format;
  private final NamedFields fields;
  private final Reader text;
  private final XMLStreamReader xml;

  public XmlFile(RawFile file, SourceConfig source, Configuration hadoop)
      throws FileRejectedException {
    this.file = file;
    this.format = source.format();
    this.fields = new NamedFields(file, source);
    try {
      this.text = RawBytes.text(file, format, hadoop);
      this.xml = reader(text);
    } catch (IOException | XMLStreamException e) {
      throw refusal(e);
    }
  }

  /** Creates a reader of XML that opens no other file. */
  public static XMLStreamReader reader(Reader text) throws XMLStreamException {
    // The JDK's own parser is used, whatever else is on a cluster's class path.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    // A feed needs no document type definition, which could make the parser read other files.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    // Long texts come in parts, so that the limit of a value is reached before the memory's.
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    return factory.createXMLStreamReader(text);
  }

  @Override
  public FileHeader header() {
    return fields.header();
  }

  @Override
  public String @Nullable [] next() throws FileRejectedException {
    try {
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT
            && xml.getLocalName().equals(format.records())) {
          Map<String, StringJoiner> texts = children();
          return fields.record(name -> texts.containsKey(name) ? "" + texts.get(name) : null);
        }
      }
    } catch (XMLStreamException e) {
      throw refusal(e);
    } catch (OutOfMemoryError e) {
      throw tooLong("a value");
    }
    fields.checkNames();
    return null;
  }

  @Override
  public void close() {
    try {
      xml.close();
      text.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file.label() + " cannot be closed", e);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(file.label() + " cannot be closed", e);
    }
  }

  /**
   * Reads the texts of the child elements of the current one; the text of deeper elements belongs
   * to these children.
   */
  private Map<String, StringJoiner> children() throws XMLStreamException, FileRejectedException {
    Map<String, StringJoiner> texts = new HashMap<>();
    String name = "";
    StringBuilder own = new StringBuilder();
    for (int depth = 1; depth > 0; ) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          if (depth == 2) {
            name = xml.getLocalName();
            own.setLength(0);
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          own.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
          if (own.length() > LONGEST_VALUE) {
            throw tooLong(name.isEmpty() ? "a value" : name);
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (depth == 2) {
            texts.computeIfAbsent(name, key -> new StringJoiner(";")).add(own.toString().strip());
          }
          depth--;
        }
        default -> {
          // Comments and processing instructions are ignored.
        }
      }
    }
    return texts;
  }

  private FileRejectedException tooLong(String name) {
    return new FileRejectedException(
        file.label()
            + ", after record "
            + fields.records()
            + ": "
            + QuotedText.shortened(name)
            + " is longer than "
            + LONGEST_VALUE
            + " characters; shorten it or leave the record out of the file.");
  }

  private FileRejectedException refusal(Exception e) {
    if (!(e instanceof XMLStreamException) || e.getCause() instanceof IOException) {
      return RawBytes.refusal(file, format, fields.records(), e);
    }
    // The parser repeats names and texts from the file, however long they are.
    String problem =
        String.valueOf(e.getMessage())
            .replaceAll("\\s+", " ")
            .replaceAll("(\\S{60})\\S+", "$1...")
            .replaceAll("^(.{400}).+", "$1...");
    return new FileRejectedException(
        file.label()
            + ", after record "
            + fields.records()
            + ": it is not valid XML ("
            + problem
            + "); copy the file again or correct it.");
  }
}
