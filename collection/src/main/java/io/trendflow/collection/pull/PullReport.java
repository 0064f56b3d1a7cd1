package io.trendflow.collection.pull;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.trendflow.schemas.PullManifest.PullDays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Result of the pull of a source.
 *
 * @param source name of the source
 * @param outcome what came of it
 * @param records number of records that were landed, or would be
 * @param requests number of requests
 * @param days days that the pull has in full; null if its records have no days
 * @param secondsWaited time spent on waiting for the interface
 * @param problem sentence on why the pull failed; null if it did not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PullReport(
    String source,
    PullOutcome outcome,
    long records,
    long requests,
    @Nullable List<PullDays> days,
    double secondsWaited,
    @Nullable String problem) {}
