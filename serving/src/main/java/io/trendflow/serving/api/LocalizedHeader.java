package io.trendflow.serving.api;

import io.swagger.v3.oas.annotations.Parameter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes the header that chooses the language of words, which the {@link CallerView} has read.
 */
@Parameter(description = "The language of words: en (by default) or fr.")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface LocalizedHeader {}
