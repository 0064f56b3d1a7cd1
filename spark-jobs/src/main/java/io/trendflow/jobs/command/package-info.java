/** Command-line options, sessions, progress, messages and exit codes. */
@NullMarked
package io.trendflow.jobs.command;

import org.jspecify.annotations.NullMarked;
