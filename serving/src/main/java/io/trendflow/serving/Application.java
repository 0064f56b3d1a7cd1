package io.trendflow.serving;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.DependencyInjectionException;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeIn;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.servers.Server;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the service: {@code java -jar trendflow-serving.jar [--trendflow.store.path=...]}. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "TrendFlow",
            version = "1",
            description =
                "Which products will outsell expectations in the next 28 days, by how much, how"
                    + " certain that is, and why. Every answer names its run, says how fresh the"
                    + " data was and whether the results are degraded, and why."),
    servers = {
      @Server(url = "/", description = "The service that serves this description."),
      @Server(
          url = "http://127.0.0.1:8080",
          description = "A service on this machine: bin/trendflow serve.")
    },
    tags = {
      @Tag(name = "products", description = "Recommended products, and what is known about each."),
      @Tag(name = "orders", description = "Proposed order quantities."),
      @Tag(name = "outcomes", description = "Earlier forecasts beside what was sold."),
      @Tag(name = "decisions", description = "Decisions of people about products."),
      @Tag(name = "overview", description = "Sums, trends, runs, models and sources.")
    },
    security = {@SecurityRequirement(name = "key"), @SecurityRequirement(name = "bearer")})
@SecurityScheme(
    name = "key",
    type = SecuritySchemeType.APIKEY,
    in = SecuritySchemeIn.HEADER,
    paramName = "X-API-Key",
    description = "Required if the service has API keys.")
@SecurityScheme(
    name = "bearer",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description = "The same API key, for clients that send the header Authorization.")
public final class Application {
  private static final Logger LOG = LoggerFactory.getLogger(Application.class);

  private Application() {}

  /**
   * Runs the service until it is stopped. Exits with status 1 and a one-sentence message if it
   * can't start.
   */
  public static void main(String[] args) {
    try {
      LOG.info("TrendFlow is listening on {}", start(args).getURI());
    } catch (RuntimeException e) {
      sentence(e).ifPresentOrElse(System.err::println, e::printStackTrace);
      System.exit(1); // threads of the half-started service would keep it alive
    }
  }

  private static EmbeddedServer start(String[] args) {
    ApplicationContext context =
        ApplicationContext.builder().args(args).banner(false).bootstrapEnvironment(false).start();
    EmbeddedServer server = context.getBean(EmbeddedServer.class);
    Runtime.getRuntime().addShutdownHook(new Thread(context::close)); // ends requests in progress
    String address =
        context.getRequiredProperty("micronaut.server.host", String.class)
            + ":"
            + context.getRequiredProperty("micronaut.server.port", String.class);
    try {
      return server.start();
    } catch (ServerStartupException e) {
      throw new IllegalArgumentException(
          "The service can't listen on "
              + address
              + ": stop the program that uses the port, or set MICRONAUT_SERVER_PORT to a free"
              + " port.",
          e);
    }
  }

  /** Returns the message of a failure that the operator can fix; empty for a bug. */
  private static Optional<String> sentence(Throwable failure) {
    return Stream.iterate(failure, e -> e != null, Throwable::getCause)
        .flatMap(cause -> mendable(cause).stream())
        .findFirst();
  }

  private static Optional<String> mendable(Throwable cause) {
    if (cause instanceof DependencyInjectionException) {
      String message = String.valueOf(cause.getMessage());
      return message
          .lines()
          .filter(line -> line.contains("property value"))
          .map(line -> line.replaceFirst("^Message: ", ""))
          .findFirst();
    }
    return cause instanceof IllegalArgumentException
        ? Optional.ofNullable(cause.getMessage())
        : Optional.empty();
  }
}
