package io.trendflow.ingestion.config;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonFormat;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks a list that the configuration writes without brackets if it has one element. */
@JacksonAnnotationsInside
@JsonFormat(
    with = {
      JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
      JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED
    })
@Retention(RetentionPolicy.RUNTIME)
@interface OneOrMore {}
