/** Table contracts, the plain Java types that read them, and the layout of a table's files. */
@NullMarked
package io.trendflow.schemas;

import org.jspecify.annotations.NullMarked;
