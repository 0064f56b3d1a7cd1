/**
 * The past of a product as it was known at the end of a day: sales, catalogue entry, trends and
 * lifecycle. The jobs and the service share these definitions.
 */
@NullMarked
package io.trendflow.history;

import org.jspecify.annotations.NullMarked;
