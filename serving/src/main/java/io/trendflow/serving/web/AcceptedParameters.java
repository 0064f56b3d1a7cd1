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
 * What a route takes of a request, as its method declares it.
 *
 * @param names of the parameters of the query
 * @param words whether it answers in words, in the language that Accept-Language asks for
 */
public record AcceptedParameters(Set<String> names, boolean words) {
  private static final Map<ExecutableMethod<?, ?>, AcceptedParameters> KNOWN =
      new ConcurrentHashMap<>();

  /** Those of a route. */
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

  /** Refuses every other parameter, those that are given twice, and texts that are none. */
  public void check(HttpParameters query) {
    QueryParameters.allowOnly(query, names);
  }
}
