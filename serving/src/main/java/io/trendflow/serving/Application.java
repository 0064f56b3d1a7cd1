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
                "Which products will sell more than anyone assumes, by how much, and how sure it"
                    + " is. Every answer says which run it is from, how fresh the data was and"
                    + " whether it is less than it should be."),
    security = @SecurityRequirement(name = "key"))
@SecurityScheme(
    name = "key",
    type = SecuritySchemeType.APIKEY,
    in = SecuritySchemeIn.HEADER,
    paramName = "X-API-Key",
    description = "Needed where the service has keys.")
public final class Application {
  private static final Logger LOG = LoggerFactory.getLogger(Application.class);

  private Application() {}

  /** Runs until it is stopped; where it can't start, exits with 1 and one sentence. */
  public static void main(String[] args) {
    try {
      LOG.info("TrendFlow answers on {}", start(args).getURI());
    } catch (RuntimeException e) {
      sentence(e).ifPresentOrElse(System.err::println, e::printStackTrace);
      System.exit(1); // threads of the half-started service would keep it alive
    }
  }

  private static EmbeddedServer start(String[] args) {
    ApplicationContext context =
        ApplicationContext.builder().args(args).banner(false).bootstrapEnvironment(false).start();
    Runtime.getRuntime().addShutdownHook(new Thread(context::close));
    EmbeddedServer server = context.getBean(EmbeddedServer.class);
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
              + ", where another program may listen: stop that one, or set MICRONAUT_SERVER_PORT to"
              + " a free port.",
          e);
    }
  }

  /** What the operator can mend; empty for a fault of the program. */
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
