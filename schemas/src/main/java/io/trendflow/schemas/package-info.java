/** The table contracts, plain Java types that read them, and where a table's files lie. */
@NullMarked
package io.trendflow.schemas;

import org.jspecify.annotations.NullMarked;
