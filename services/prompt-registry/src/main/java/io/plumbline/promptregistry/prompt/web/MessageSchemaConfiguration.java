package io.plumbline.promptregistry.prompt.web;

import io.plumbline.prompttemplate.content.PromptMessage;
import io.swagger.v3.oas.models.media.JsonSchema;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Configuration;

/**
 * Describes an entry of a prompt's messages as one of its forms. By default, the library describes
 * each form as an extension of a shared type, which clients read as anything.
 */
@Configuration(proxyBeanMethods = false)
class MessageSchemaConfiguration {

  static {
    SpringDocUtils.getConfig().replaceWithSchema(PromptMessage.class, new JsonSchema());
  }
}
