package io.trendflow.jobs.digest;

import io.trendflow.jobs.digest.WeeklyDigest.EarlierList;
import io.trendflow.jobs.digest.WeeklyDigest.FindingLine;
import io.trendflow.jobs.digest.WeeklyDigest.Line;
import io.trendflow.jobs.digest.WeeklyDigest.SourceLine;
import io.trendflow.model.finding.FindingSentences;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.MessageFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The weekly digest as one HTML file in English or French. A mail client may know neither style
 * sheets nor CSS grid nor images: the layout is tables with inline styles.
 */
final class DigestPage {
  private static final String TABLE =
      "<table style=\"width: 100%; border-collapse: collapse; margin: 8px 0 24px\">\n";
  private static final String CELL = "padding: 4px 5px; border-bottom: 1px solid #d0d0d0; ";
  private static final String LEFT = CELL + "text-align: left";
  private static final String RIGHT = CELL + "text-align: right";

  /** A number stays on its line, on a phone too; its heading may take several. */
  private static final String ONE_LINE = "; white-space: nowrap";

  private static final String HEADING = "; font-size: 13px";

  /** Column of a table of products. */
  private record Column(String key, boolean number, Function<Line, String> value) {}

  private final Locale locale;
  private final ResourceBundle texts;
  private final FindingSentences sentences;
  private final StringBuilder html = new StringBuilder();

  private DigestPage(Locale locale) {
    this.locale = locale;
    this.texts =
        ResourceBundle.getBundle(
            "io.trendflow.jobs.digest.digest",
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    this.sentences = new FindingSentences(locale, input -> input.replace('_', ' '));
  }

  /**
   * Returns the file.
   *
   * @param locale English or French
   */
  static String html(WeeklyDigest digest, Locale locale) {
    DigestPage page = new DigestPage(locale);
    page.write(digest);
    return page.html.toString();
  }

  private void write(WeeklyDigest digest) {
    String title = text("title", day(digest.asOf()));
    html.append("<!DOCTYPE html>\n<html lang=\"")
        .append(locale.getLanguage())
        .append("\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
        .append(title)
        .append("</title>\n</head>\n<body style=\"margin: 0; background: #ffffff; color: #1a1a1a; ")
        .append("font-family: Helvetica, Arial, sans-serif; font-size: 15px; line-height: 1.4\">\n")
        .append("<main>\n<table role=\"presentation\" align=\"center\" style=\"width: 100%; ")
        .append("max-width: 680px; margin: 0 auto\"><tr><td style=\"padding: 12px\">\n")
        .append("<h1 style=\"font-size: 22px; margin: 0 0 8px\">")
        .append(title)
        .append("</h1>\n");
    paragraph(text("lead", period(digest.asOf(), digest.horizonDays())));
    result(digest.result());
    products("risers", digest.risers(), forecast());
    if (digest.added() != null) {
      products("added", digest.added(), forecast());
    }
    products("slowing", digest.slowing(), forecast());
    findings(digest.findings());
    sources(digest.sources());
    html.append("</td></tr></table>\n</main>\n</body>\n</html>\n");
  }

  private void result(@Nullable EarlierList result) {
    heading(text("result"));
    if (result == null) {
      paragraph(text("result.none"));
      return;
    }
    paragraph(
        text(
            "result.hits",
            period(result.asOf(), result.horizonDays()),
            number((double) result.hits()),
            number((double) result.products())));
    paragraph(
        result.promised() > 0
            ? text(
                "result.kept",
                number(result.promised()),
                number(result.realised()),
                number(100 * result.realised() / result.promised()))
            : text("result.nothing"));
    table(
        result.first(),
        List.of(
            new Column("product", false, Line::product),
            new Column("market", false, Line::market),
            new Column("usual", true, line -> number(line.usual())),
            new Column("expected", true, line -> number(line.expected())),
            new Column("sold", true, this::sold),
            new Column("won", false, line -> text(won(line) ? "won.yes" : "won.no"))));
  }

  private String sold(Line line) {
    return line.sold() == null ? "–" : number(line.sold());
  }

  private static boolean won(Line line) {
    return line.sold() != null && line.sold() > line.usual();
  }

  private List<Column> forecast() {
    return List.of(
        new Column("product", false, Line::product),
        new Column("market", false, Line::market),
        new Column("usual", true, line -> number(line.usual())),
        new Column("expected", true, line -> number(line.expected())),
        new Column(
            "range", true, line -> text("from.to", number(line.lower()), number(line.upper()))));
  }

  private void products(String key, List<Line> lines, List<Column> columns) {
    heading(text(key));
    if (lines.isEmpty()) {
      paragraph(text(key + ".none"));
    } else {
      table(lines, columns);
    }
  }

  private void table(List<Line> lines, List<Column> columns) {
    html.append(TABLE).append("<tr>");
    columns.forEach(column -> columnHead(column.key(), column.number() ? RIGHT : LEFT));
    html.append("</tr>\n");
    for (Line line : lines) {
      html.append("<tr>");
      columns.forEach(
          column -> cell(column.value().apply(line), column.number() ? RIGHT + ONE_LINE : LEFT));
      html.append("</tr>\n");
    }
    html.append("</table>\n");
  }

  private void columnHead(String key, String style) {
    html.append("<th scope=\"col\" style=\"" + style + HEADING + "\">")
        .append(text("column." + key))
        .append("</th>");
  }

  private void cell(String text, String style) {
    html.append("<td style=\"").append(style).append("\">").append(escaped(text)).append("</td>");
  }

  private void findings(@Nullable List<FindingLine> findings) {
    heading(text("findings"));
    if (findings == null || findings.isEmpty()) {
      paragraph(text(findings == null ? "findings.never" : "findings.none"));
      return;
    }
    html.append(TABLE).append("<tr>");
    columnHead("level", LEFT);
    columnHead("finding", LEFT);
    html.append("</tr>\n");
    for (FindingLine finding : findings) {
      html.append("<tr>");
      cell(text("level." + finding.level()), LEFT + ONE_LINE);
      cell(sentences.sentence(finding.figure()), LEFT);
      html.append("</tr>\n");
    }
    html.append("</table>\n");
  }

  private void sources(List<SourceLine> sources) {
    heading(text("sources"));
    html.append(TABLE).append("<tr>");
    columnHead("source", LEFT);
    columnHead("until", LEFT);
    html.append("</tr>\n");
    for (SourceLine source : sources) {
      html.append("<tr>");
      cell(source.source(), LEFT);
      cell(source.lastDay() == null ? "–" : day(source.lastDay()), LEFT);
      html.append("</tr>\n");
    }
    html.append("</table>\n");
  }

  private void heading(String text) {
    html.append("<h2 style=\"font-size: 17px; margin: 16px 0 4px\">")
        .append(text)
        .append("</h2>\n");
  }

  private void paragraph(String text) {
    html.append("<p style=\"margin: 4px 0\">").append(text).append("</p>\n");
  }

  /** Returns a text whose placeholders are formatted already. */
  private String text(String key, Object... values) {
    return new MessageFormat(texts.getString(key), locale).format(values);
  }

  private String period(LocalDate asOf, long days) {
    return text("from.until", day(asOf.plusDays(1)), day(asOf.plusDays(days)));
  }

  private String day(LocalDate date) {
    boolean ordinal = locale.getLanguage().equals("fr") && date.getDayOfMonth() == 1;
    return DateTimeFormatter.ofPattern(ordinal ? "d'er' MMMM yyyy" : "d MMMM yyyy", locale)
        .format(date);
  }

  private String number(double value) {
    double rounded = Math.rint(value) + 0.0; // not -0
    return new DecimalFormat("#,##0;−#,##0", DecimalFormatSymbols.getInstance(locale))
        .format(rounded);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
