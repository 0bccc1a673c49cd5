package io.plumbline.inference.apikey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * The applications, models and prompts that an API key may use; it may use nothing else.
 *
 * @param allApplications whether it calls every application of the workspace, also those that come
 *     later
 * @param applications the names of the applications that it calls, in all of their environments;
 *     {@code models} names variants that it calls directly
 * @param models the names of models and variants, as a call has them
 * @param prompts whether it reads the prompts of the applications
 * @param namesUsers whether its caller is trusted to name its users, so that each of them counts as
 *     a caller in the comparison of a canary
 */
public record ApiKeyScope(
    boolean allApplications,
    List<String> applications,
    List<String> models,
    boolean prompts,
    boolean namesUsers) {

  /** The prefix of the name of an application that is called as a model. */
  public static final String APPLICATION_PREFIX = "app/";

  public ApiKeyScope {
    applications = List.copyOf(applications);
    models = List.copyOf(models);
  }

  /** Creates the scope of a key that reads no prompts and is not trusted to name its users. */
  public ApiKeyScope(boolean allApplications, List<String> applications, List<String> models) {
    this(allApplications, applications, models, false, false);
  }

  /** Returns whether the current call has an API key that is trusted to name its users. */
  public static boolean isTrustedToNameUsers() {
    return current().map(ApiKeyScope::namesUsers).orElse(false);
  }

  /** Returns the scope of the calling API key; empty when a token calls, whose roles decide. */
  public static Optional<ApiKeyScope> current() {
    Authentication caller = SecurityContextHolder.getContext().getAuthentication();
    if (caller != null && caller.getDetails() instanceof ApiKeyScope scope) {
      return Optional.of(scope);
    }
    return Optional.empty();
  }

  /**
   * Returns whether the key may call a model.
   *
   * @param model the model that a call names
   */
  public boolean allowsModel(String model) {
    if (model.startsWith(APPLICATION_PREFIX)) {
      return allApplications || applications.contains(applicationOf(model));
    }
    return models.contains(model);
  }

  /** Returns the application of {@code app/<application>}, with or without an environment. */
  private static String applicationOf(String model) {
    String name = model.substring(APPLICATION_PREFIX.length());
    int environment = name.indexOf('@');
    if (environment < 0) {
      return name;
    }
    return name.substring(0, environment);
  }

  /** Returns the names that a call may use, for people. */
  public List<String> allowedNames() {
    List<String> names = new ArrayList<>();
    if (allApplications) {
      names.add("every application");
    } else {
      applications.forEach(application -> names.add(APPLICATION_PREFIX + application));
    }
    names.addAll(models);
    return names;
  }
}
