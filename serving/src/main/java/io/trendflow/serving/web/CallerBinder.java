package io.trendflow.serving.web;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.security.Principal;
import java.util.Optional;

/**
 * Tells the health endpoint who asks: it shows its details to a caller who may see everything, and
 * only the status to others.
 */
@Singleton
final class CallerBinder implements TypedRequestArgumentBinder<Principal> {
  @Override
  public Argument<Principal> argumentType() {
    return Argument.of(Principal.class);
  }

  @Override
  public BindingResult<Principal> bind(
      ArgumentConversionContext<Principal> context, HttpRequest<?> request) {
    Optional<Principal> caller =
        request
            .getAttribute(CallerAccess.ATTRIBUTE, CallerAccess.class)
            .filter(CallerAccess::everything)
            .map(access -> access::caller);
    return () -> caller;
  }
}
