package io.trendflow.serving;

import io.micronaut.context.ApplicationContext;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.BindException;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the service: {@code java -jar trendflow-serving.jar [--trendflow.store.path=...]}. */
public final class Application {
  private static final Logger LOG = LoggerFactory.getLogger(Application.class);

  private Application() {}

  /** Runs until it is stopped; where it can't start, exits with 1 and one sentence. */
  public static void main(String[] args) {
    ApplicationContext context = ApplicationContext.builder().args(args).banner(false).build();
    try {
      EmbeddedServer server = context.start().getBean(EmbeddedServer.class).start();
      Runtime.getRuntime().addShutdownHook(new Thread(context::close));
      LOG.info("TrendFlow answers on {}", server.getURI());
    } catch (RuntimeException e) {
      System.err.println(sentence(e, context).orElseThrow(() -> e));
      System.exit(1);
    }
  }

  /** What the operator can mend; empty for a fault of the program. */
  private static Optional<String> sentence(Throwable failure, ApplicationContext context) {
    return Stream.iterate(failure, e -> e != null, Throwable::getCause)
        .filter(
            e ->
                e instanceof BindException
                    || e instanceof IllegalArgumentException
                    || e instanceof ConversionErrorException)
        .findFirst()
        .map(e -> e instanceof BindException ? busy(context) : String.valueOf(e.getMessage()));
  }

  private static String busy(ApplicationContext context) {
    String host = context.getProperty("micronaut.server.host", String.class, "127.0.0.1");
    String port = context.getProperty("micronaut.server.port", String.class, "8080");
    return "Port "
        + port
        + " of "
        + host
        + " is taken by another program: stop it, or set"
        + " MICRONAUT_SERVER_PORT to a free port.";
  }
}
