package io.trendflow.jobs.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trendflow.collection.web.SecretManager;
import io.trendflow.collection.web.SecretValues;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.jobs.config.RecordJson;
import io.trendflow.jobs.config.SpellingHint;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a job from its command line to its exit code: 0 done, 1 failed, 2 called in a wrong way. The
 * result is one JSON line on standard output; everything else goes to the error stream.
 */
public final class JobLauncher {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;

  private static final double NANOS = 1e9;

  private final Map<String, String> env;
  private final PrintStream out;
  private final PrintStream err;

  public JobLauncher(Map<String, String> env, PrintStream out, PrintStream err) {
    this.env = env;
    this.out = out;
    this.err = err;
  }

  /** Runs a job and ends the JVM if it fails. The {@code main} of every job does only this. */
  public static void start(SparkJob job, String... args) {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    int code = new JobLauncher(System.getenv(), System.out, System.err).run(job, args);
    // YARN counts a driver that calls System.exit as failed, even with 0.
    if (code != DONE) {
      System.exit(code);
    }
  }

  /** Runs a command without a session and ends the JVM with its exit code. */
  public static void start(PlainCommand tool, String... args) {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    System.exit(new JobLauncher(System.getenv(), System.out, System.err).run(tool, args));
  }

  /** Runs a command without a session and returns its exit code. */
  public int run(PlainCommand tool, String... args) {
    CommandLine command = new CommandLine(tool);
    try {
      command.parseArgs(args);
      if (tool.options().help) {
        command.usage(out);
        return DONE;
      }
      return tool.run(env, out);
    } catch (ParameterException e) {
      return usage(e, command.getCommandName());
    } catch (Throwable e) {
      return fail(e, tool.options(), FAILED);
    } finally {
      out.flush();
    }
  }

  /** Runs a job in a session and returns its exit code. */
  public int run(SparkJob job, String... args) {
    JobOptions options = new JobOptions();
    CommandLine command = new CommandLine(job).addMixin("options", options);
    JobConfig config;
    try {
      command.parseArgs(args);
      if (options.help) {
        command.usage(out);
        return DONE;
      }
      config = JobConfig.load(options.config, env, options.sets);
    } catch (ParameterException e) {
      return usage(e, command.getCommandName());
    } catch (IllegalArgumentException e) {
      return fail(e, options, USAGE);
    }
    err.print(config.toYaml());
    return run(job, command.getCommandName(), options, config);
  }

  private int run(SparkJob job, String name, JobOptions options, JobConfig config) {
    long started = System.nanoTime();
    JobProgress progress = new JobProgress(name, err);
    try (JobSession session = JobSession.open(name, config.spark())) {
      JobContext context =
          JobContext.open(session.spark(), config, progress, Clock.systemUTC(), secrets(config));
      Record result = job.run(context, options);
      logResult(name, (System.nanoTime() - started) / NANOS, result);
      return DONE;
    } catch (Throwable e) {
      return fail(e, options, FAILED);
    }
  }

  /** Returns the secrets of the environment, and of the project of a store in BigQuery. */
  private SecretValues secrets(JobConfig config) {
    String project = config.store().project();
    return project == null
        ? new SecretValues(env)
        : new SecretValues(env, SecretManager.of(project)::read);
  }

  private void logResult(String name, double seconds, Record result) {
    ObjectNode line = RecordJson.object();
    line.put("job", name);
    line.put("seconds", Math.round(seconds * 10) / 10.0);
    line.setAll(RecordJson.tree(result));
    out.println(RecordJson.line(line));
    out.flush();
  }

  private int usage(ParameterException problem, String name) {
    Set<String> known = problem.getCommandLine().getCommandSpec().optionsMap().keySet();
    String hint =
        unknownOption(problem)
            .flatMap(option -> SpellingHint.closest(option, known))
            .map(option -> "did you mean " + option + "?")
            .orElse(name + " --help lists the options.");
    err.println(problem.getMessage() + "; " + hint);
    return USAGE;
  }

  private static Optional<String> unknownOption(ParameterException problem) {
    return problem instanceof UnmatchedArgumentException unmatched
        ? unmatched.getUnmatched().stream().findFirst()
        : Optional.empty();
  }

  private int fail(Throwable failure, ToolOptions options, int code) {
    if (options.verbose) {
      failure.printStackTrace(err);
    }
    err.println(FailureMessage.sentence(failure));
    err.flush();
    return code;
  }
}
