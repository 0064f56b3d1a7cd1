package io.trendflow.ingestion.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.ingestion.config.FileFormat;
import io.trendflow.ingestion.config.FormatConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XlsxFileTest {
  private static final String BOOK =
      """
      <workbook xmlns:r="r"><sheets><sheet name="Hidden" state="hidden" r:id="r1"/>\
      <sheet name="Orders" r:id="r2"/><sheet name="More" r:id="r3"/></sheets></workbook>""";

  private static final String RELATIONS =
      """
      <Relationships><Relationship Id="r1" Target="worksheets/a.xml"/>\
      <Relationship Id="r2" Target="worksheets/b.xml"/>\
      <Relationship Id="r3" Target="/xl/worksheets/c.xml"/></Relationships>""";

  private static final String STYLES =
      """
      <styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/>\
      <numFmt numFmtId="165" formatCode="[Red]0.00&quot; days&quot;"/></numFmts>\
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
      <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>\
      </cellXfs></styleSheet>""";

  private static final String TEXTS =
      "<sst><si><t>sku</t></si><si><r><t>A</t></r><r><t>1</t></r><rPh><t>x</t></rPh></si></sst>";

  private final Configuration hadoop = new Configuration();
  private final Path folder;

  XlsxFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void cellsAreReadAsTheSheetShowsThem() throws Exception {
    List<List<String>> rows =
        read(
            "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"inlineStr\"><is><t>day</t></is></c>"
                + "<c r=\"C3\" t=\"str\"><v>at</v></c><c t=\"inlineStr\"><is><t>qty</t></is></c></row>"
                + "<row r=\"5\"><c r=\"A5\" t=\"s\"><v>1</v></c><c r=\"B5\" s=\"1\"><v>46023</v></c>"
                + "<c r=\"C5\" s=\"2\"><v>46023.5</v></c><c r=\"D5\"><v>29.699999999999999</v></c></row>"
                + "<row r=\"6\"/>"
                + "<row r=\"7\"><c r=\"B7\" s=\"3\"><v>376000000000</v></c><c r=\"D7\" t=\"b\"><v>1</v></c></row>",
            new FormatConfig(FileFormat.XLSX, null, null, null));
    assertThat(rows)
        .containsExactly(
            List.of("sku", "day", "at", "qty"),
            List.of("A1", "2026-01-01", "2026-01-01T12:00", "29.7"),
            List.of("", "376000000000", "", "true"));
  }

  @Test
  void rowsAboveTheHeaderAreSkippedByTheirNumbers() throws Exception {
    FormatConfig plain = new FormatConfig(FileFormat.XLSX, null, null, null);
    String sheet =
        "<row r=\"1\"><c t=\"inlineStr\"><is><t>Report</t></is></c></row>"
            + "<row r=\"4\"><c t=\"inlineStr\"><is><t>sku</t></is></c></row>"
            + "<row r=\"5\"><c><v>7</v></c></row>";
    assertThat(read(sheet, plain.skipping(3, 0))).containsExactly(List.of("sku"), List.of("7"));
  }

  @Test
  void aSheetIsChosenByItsName() throws Exception {
    FormatConfig more = new FormatConfig(FileFormat.XLSX, null, null, "More");
    assertThat(read("", more)).containsExactly(List.of("other"));
    FormatConfig none = new FormatConfig(FileFormat.XLSX, null, null, "Orderz");
    assertThatThrownBy(() -> read("", none))
        .hasMessageContaining("has no sheet Orderz: its sheets are [Orders, More]");
  }

  @Test
  void anotherFileIsRefusedInASentence() throws Exception {
    Files.writeString(folder.resolve("book.xlsx"), "sku,day\n");
    FormatConfig plain = new FormatConfig(FileFormat.XLSX, null, null, null);
    assertThatThrownBy(() -> XlsxFile.open(file(), plain, hadoop))
        .isInstanceOf(FileRejectedException.class)
        .hasMessageNotContaining("Exception");
  }

  @Test
  void aCellHasALimit() {
    String sheet = "<row><c t=\"inlineStr\"><is><t>" + "x".repeat(2 << 20) + "</t></is></c></row>";
    FormatConfig plain = new FormatConfig(FileFormat.XLSX, null, null, null);
    assertThatThrownBy(() -> read(sheet, plain)).hasMessageContaining("a cell has more than");
  }

  private List<List<String>> read(String sheet, FormatConfig format) throws Exception {
    write(
        Map.of(
            "xl/workbook.xml",
            BOOK,
            "xl/_rels/workbook.xml.rels",
            RELATIONS,
            "xl/styles.xml",
            STYLES,
            "xl/sharedStrings.xml",
            TEXTS,
            "xl/worksheets/b.xml",
            "<worksheet><sheetData>" + sheet + "</sheetData></worksheet>",
            "xl/worksheets/c.xml",
            "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>other</t></is></c></row>"
                + "</sheetData></worksheet>"));
    List<List<String>> rows = new ArrayList<>();
    try (RecordFile file = XlsxFile.open(file(), format, hadoop)) {
      rows.add(file.header().columns());
      for (String[] row = file.next(); row != null; row = file.next()) {
        rows.add(List.of(row));
      }
    }
    return rows;
  }

  private void write(Map<String, String> parts) throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve("book.xlsx"));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(UTF_8));
      }
    }
  }

  private RawFile file() {
    return RawFiles.all(hadoop, folder.toString()).get(0);
  }
}
