package io.plumbline.inference.apikey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * What an API key may call: nothing but what is named here.
 *
 * @param allApplications every application of the workspace, also those that come later
 * @param applications by name, in all of their environments; their variants are called by {@code
 *     models}
 * @param models names of models and variants, as a call has them
 * @param prompts whether the prompts of the applications are read
 */
public record ApiKeyScope(
    boolean allApplications, List<String> applications, List<String> models, boolean prompts) {

  /** Before the name of an application that is called as a model. */
  public static final String APPLICATION_PREFIX = "app/";

  public ApiKeyScope {
    applications = List.copyOf(applications);
    models = List.copyOf(models);
  }

  /** Returns the scope of a key that reads no prompts. */
  public ApiKeyScope(boolean allApplications, List<String> applications, List<String> models) {
    this(allApplications, applications, models, false);
  }

  /** Of the API key that calls; empty when somebody calls with a token, whose roles decide. */
  public static Optional<ApiKeyScope> current() {
    Authentication caller = SecurityContextHolder.getContext().getAuthentication();
    return caller != null && caller.getDetails() instanceof ApiKeyScope scope
        ? Optional.of(scope)
        : Optional.empty();
  }

  /**
   * @param model as a call has it
   */
  public boolean allows(String model) {
    if (model.startsWith(APPLICATION_PREFIX)) {
      String name = model.substring(APPLICATION_PREFIX.length());
      int environment = name.indexOf('@');
      return allApplications
          || applications.contains(environment < 0 ? name : name.substring(0, environment));
    }
    return models.contains(model);
  }

  /** Names that a call may have, for who reads it. */
  public List<String> names() {
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
