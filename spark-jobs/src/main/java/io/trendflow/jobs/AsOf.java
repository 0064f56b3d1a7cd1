package io.trendflow.jobs;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option {@code --as-of} of the jobs that use the data as known on a day. */
public final class AsOf {
  @Option(
      names = "--as-of",
      paramLabel = "<day>",
      converter = Day.class,
      description =
          "Uses the data known at the end of this day (UTC); by default the last complete day.")
  private @Nullable LocalDate day;

  /** Returns the day; empty if the option was not given. */
  public Optional<LocalDate> day() {
    return Optional.ofNullable(day);
  }

  static final class Day implements ITypeConverter<LocalDate> {
    @Override
    public LocalDate convert(String text) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            text + " is not a valid date: use YYYY-MM-DD, for example 2011-08-31");
      }
    }
  }
}
