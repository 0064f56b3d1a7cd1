package io.trendflow.jobs;

import io.trendflow.ingestion.ExclusionCount;
import io.trendflow.ingestion.FileCount;
import io.trendflow.ingestion.IngestCounts;
import io.trendflow.ingestion.RejectionCount;
import io.trendflow.ingestion.SourceExtent;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.config.ContentIds;
import io.trendflow.jobs.store.CommitRow;
import io.trendflow.schemas.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the row of {@code quality.ingests} that makes an ingest visible. */
final class IngestCommit {
  private IngestCommit() {}

  static void write(
      JobContext context,
      String ingestId,
      IngestCounts counts,
      List<String> superseded,
      Instant startedAt) {
    Map<String, @Nullable Object> row = new HashMap<>();
    row.put("ingest_id", ingestId);
    row.put("ingested_on", LocalDate.ofInstant(startedAt, ZoneOffset.UTC));
    row.put("finished_at", context.clock().instant());
    row.put("config_hash", ContentIds.hash(Ingest.configuration(context.config())));
    row.put("code_version", context.codeVersion());
    row.put("supersedes", superseded);
    row.put("files", counts.files().stream().map(IngestCommit::file).toList());
    row.put("read", counts.read());
    row.put("accepted", counts.accepted());
    row.put("excluded", counts.excluded());
    row.put("rejected", counts.rejected());
    row.put("exclusions", counts.exclusions().stream().map(IngestCommit::exclusion).toList());
    row.put("rejections", counts.rejections().stream().map(IngestCommit::rejection).toList());
    row.put("sources", counts.sources().stream().map(IngestCommit::source).toList());
    context
        .store()
        .commit(Table.INGESTS, ingestId, CommitRow.of(context.spark(), Table.INGESTS, row));
  }

  private static Map<String, @Nullable Object> file(FileCount count) {
    RawFile file = count.file();
    Map<String, @Nullable Object> row = new HashMap<>();
    row.put("source", file.source());
    row.put("file", file.file());
    row.put("sha256", file.sha256());
    row.put("bytes", file.bytes());
    row.put("modified_millis", millis(file.modifiedAt()));
    row.put("read", count.read());
    row.put("accepted", count.accepted());
    row.put("excluded", count.excluded());
    row.put("rejected", count.rejected());
    return row;
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  private static Map<String, Object> exclusion(ExclusionCount rule) {
    return Map.of("source", rule.source(), "rule", rule.rule(), "records", rule.records());
  }

  private static Map<String, Object> rejection(RejectionCount reason) {
    return Map.of(
        "source", reason.source(), "reason", reason.reason().code(), "records", reason.records());
  }

  private static Map<String, @Nullable Object> source(SourceExtent source) {
    Map<String, @Nullable Object> row = new HashMap<>();
    row.put("source", source.source());
    row.put("kind", source.kind().name().toLowerCase(Locale.ROOT));
    row.put("first_day", source.firstDay());
    row.put("watermark", source.watermark());
    return row;
  }
}
