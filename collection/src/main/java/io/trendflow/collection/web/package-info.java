/** Requests to web interfaces, repeated and paced. */
@NullMarked
package io.trendflow.collection.web;

import org.jspecify.annotations.NullMarked;
