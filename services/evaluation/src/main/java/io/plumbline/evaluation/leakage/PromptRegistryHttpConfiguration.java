package io.plumbline.evaluation.leakage;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.ImportHttpServices;

@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "prompt-registry", types = PromptRegistryApi.class)
class PromptRegistryHttpConfiguration {}
