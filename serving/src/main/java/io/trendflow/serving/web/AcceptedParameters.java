package io.trendflow.serving.web;

import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.inject.ExecutableMethod;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteMatch;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Parameters that a route accepts, as its method declares them.
 *
 * @param names names of the query parameters
 * @param words whether the answer contains sentences, in the language of the header Accept-Language
 */
public record AcceptedParameters(Set<String> names, boolean words) {
  private static final Map<ExecutableMethod<?, ?>, AcceptedParameters> KNOWN =
      new ConcurrentHashMap<>();

  /** Returns the parameters that a route accepts. */
  public static AcceptedParameters of(RouteMatch<?> route) {
    return KNOWN.computeIfAbsent(
        ((MethodBasedRouteMatch<?, ?>) route).getExecutableMethod(), AcceptedParameters::of);
  }

  private static AcceptedParameters of(ExecutableMethod<?, ?> method) {
    Set<String> names = new LinkedHashSet<>();
    boolean words = false;
    for (Argument<?> argument : method.getArguments()) {
      if (argument.isAnnotationPresent(RequestBean.class)) {
        addNames(
            names,
            BeanIntrospection.getIntrospection(argument.getType()).getConstructorArguments());
      }
      words |=
          argument
              .getAnnotationMetadata()
              .stringValue(Header.class)
              .filter(HttpHeaders.ACCEPT_LANGUAGE::equals)
              .isPresent();
    }
    addNames(names, method.getArguments());
    return new AcceptedParameters(names, words);
  }

  private static void addNames(Set<String> names, Argument<?>... arguments) {
    for (Argument<?> argument : arguments) {
      if (argument.isAnnotationPresent(QueryValue.class)) {
        names.add(
            argument
                .getAnnotationMetadata()
                .stringValue(QueryValue.class)
                .orElse(argument.getName()));
      }
    }
  }

  /**
   * Rejects parameters that the route does not accept, repeated parameters and malformed texts.
   *
   * @throws ProblemException naming the parameter
   */
  public void check(HttpParameters query) {
    QueryParameters.allowOnly(query, names);
  }
}
