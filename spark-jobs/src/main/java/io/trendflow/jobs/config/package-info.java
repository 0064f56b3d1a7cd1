/** Configuration of the jobs, loaded from YAML, the environment and the command line. */
@NullMarked
package io.trendflow.jobs.config;

import org.jspecify.annotations.NullMarked;
