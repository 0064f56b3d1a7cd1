package io.trendflow.serving.api;

import io.swagger.v3.oas.annotations.Parameter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Documents the header that selects the language of sentences; {@link CallerView} has read it
 * already.
 */
@Parameter(description = "Language of sentences in the answer: en (default) or fr.")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface LocalizedHeader {}
