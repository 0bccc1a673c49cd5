package io.plumbline.inference.serving.prompt;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.ImportHttpServices;

@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "prompt-registry", types = PromptReadingApi.class)
class PromptReadingConfiguration {}
