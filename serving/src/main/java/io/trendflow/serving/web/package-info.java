/**
 * HTTP concerns that the API and the dashboard share: problems, parameters, keys, sessions and
 * headers.
 */
@NullMarked
package io.trendflow.serving.web;

import org.jspecify.annotations.NullMarked;
