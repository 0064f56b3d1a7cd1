/** The jobs' configuration, loaded from YAML, the environment and the command line. */
@NullMarked
package io.trendflow.jobs.config;

import org.jspecify.annotations.NullMarked;
