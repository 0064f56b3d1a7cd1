package io.trendflow.serving.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents the query parameter {@code limit}, which {@code QueryParameters.limit} reads. */
@Parameter(
    description = "Maximum number of items.",
    schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface ItemLimit {}
