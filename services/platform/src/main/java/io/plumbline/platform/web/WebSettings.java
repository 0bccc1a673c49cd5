package io.plumbline.platform.web;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.MediaType;

/**
 * What a service takes.
 *
 * @param streamed types of bodies that the service reads as they arrive and bounds by itself; all
 *     others are held in memory, up to a limit
 */
@ConfigurationProperties("plumbline.web")
record WebSettings(@DefaultValue List<MediaType> streamed) {}
