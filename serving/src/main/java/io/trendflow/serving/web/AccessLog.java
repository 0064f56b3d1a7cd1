package io.trendflow.serving.web;

import static net.logstash.logback.argument.StructuredArguments.kv;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each request as a line of JSON, with the logger {@code access}. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(2 * ApiKeyFilter.BEFORE_OTHERS)
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("access");
  private static final String BEGIN = "trendflow.begin";

  @RequestFilter
  void begin(HttpRequest<?> request) {
    request.setAttribute(BEGIN, System.nanoTime());
  }

  @ResponseFilter
  void log(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (LOG.isInfoEnabled()) {
      long begin = request.getAttribute(BEGIN, Long.class).orElseGet(System::nanoTime);
      LOG.info(
          "",
          kv("method", request.getMethodName()),
          kv("uri", request.getUri().toString()),
          kv("status", response.code()),
          kv("ms", TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin) / 1000.0),
          kv(
              "caller",
              request
                  .getAttribute(CallerAccess.ATTRIBUTE, CallerAccess.class)
                  .map(CallerAccess::caller)
                  .orElse("")));
    }
  }
}
