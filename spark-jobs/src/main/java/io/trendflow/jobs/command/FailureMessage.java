package io.trendflow.jobs.command;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.trendflow.training.ShortHistoryException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;

/**
 * Turns a failure into the one sentence that a user reads, without the exceptions that Spark wraps
 * around it.
 */
public final class FailureMessage {
  /** Spark's report of a task's exception that it could not send to the driver as an object. */
  private static final Pattern TASK_FAILURE =
      Pattern.compile("executor [^)]*\\): (?:[\\w.$]+(?:Exception|Error): )?(.*)");

  private static final Pattern ERROR_CLASS = Pattern.compile("^\\[[A-Z0-9_.]+] ");

  /** Name of an exception, as exceptions that wrap it repeat it. */
  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b(?:[a-z]\\w*\\.){2,}[A-Z][\\w$]*(?:Exception|Error)(?:: *)?");

  private FailureMessage() {}

  /** Returns the sentence for a failure. */
  public static String sentence(Throwable failure) {
    Throwable root = unwrap(failure);
    if (root instanceof OutOfMemoryError) {
      return ("Java ran out of memory with a heap of %d MiB: set TRENDFLOW_HEAP for bin/trendflow,"
              + " --driver-memory or --executor-memory for spark-submit.")
          .formatted(heap() >> 20);
    }
    String message = root.getMessage() == null ? "" : root.getMessage();
    if (root instanceof NoSuchFileException) {
      return message + " does not exist.";
    }
    if (root instanceof AccessDeniedException) {
      return message + " may not be read or written by this user.";
    }
    if (root instanceof SparkException || root instanceof AnalysisException) {
      return ofSpark(message);
    }
    return isExpected(root) && !message.isBlank()
        ? CLASS_NAME.matcher(firstLine(message)).replaceAll("")
        : unexpected(firstLine(message));
  }

  private static String unexpected(String message) {
    String words = CLASS_NAME.matcher(message).replaceAll("").strip();
    return "The command failed for a reason that it does not know"
        + (words.isEmpty() ? "" : " (" + words + ")")
        + "; --verbose shows where.";
  }

  private static boolean isExpected(Throwable failure) {
    return failure.getClass() == IllegalArgumentException.class
        || failure instanceof ShortHistoryException
        || failure.getClass() == IllegalStateException.class
        || failure.getClass() == RuntimeException.class // Spark's raise_error
        || failure instanceof IOException
        || failure instanceof java.io.UncheckedIOException;
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause != null && isWrapper(failure, cause) ? unwrap(cause) : failure;
  }

  private static boolean isWrapper(Throwable failure, Throwable cause) {
    return failure instanceof SparkException
        || failure instanceof ExecutionException
        || failure instanceof InvocationTargetException
        || failure.getMessage() == null
        || failure.getMessage().equals(cause.toString());
  }

  private static String ofSpark(String message) {
    Matcher task = TASK_FAILURE.matcher(message);
    String sentence = task.find() ? task.group(1) : firstLine(message);
    return ERROR_CLASS.matcher(sentence).replaceFirst("");
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  /** The configured heap in bytes; a collector may offer less of it at a time. */
  private static long heap() {
    HotSpotDiagnosticMXBean options =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return Long.parseLong(options.getVMOption("MaxHeapSize").getValue());
  }
}
