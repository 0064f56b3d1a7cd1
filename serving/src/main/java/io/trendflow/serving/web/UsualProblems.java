package io.trendflow.serving.web;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents the errors that every route of a controller can return. */
@ApiResponse(
    responseCode = "400",
    description = "A parameter is not valid: the body names it and the allowed values.",
    content =
        @Content(
            mediaType = ProblemBody.MEDIA_TYPE,
            schema = @Schema(implementation = ProblemBody.class)))
@ApiResponse(
    responseCode = "401",
    description = "The request has no valid API key.",
    content =
        @Content(
            mediaType = ProblemBody.MEDIA_TYPE,
            schema = @Schema(implementation = ProblemBody.class)))
@ApiResponse(
    responseCode = "403",
    description = "The key gives access to other markets only.",
    content =
        @Content(
            mediaType = ProblemBody.MEDIA_TYPE,
            schema = @Schema(implementation = ProblemBody.class)))
@ApiResponse(
    responseCode = "429",
    description = "The API key has reached its limit of requests per minute.",
    content =
        @Content(
            mediaType = ProblemBody.MEDIA_TYPE,
            schema = @Schema(implementation = ProblemBody.class)))
@ApiResponse(
    responseCode = "503",
    description = "No run is served yet, or the store can't be read.",
    content =
        @Content(
            mediaType = ProblemBody.MEDIA_TYPE,
            schema = @Schema(implementation = ProblemBody.class)))
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface UsualProblems {}
