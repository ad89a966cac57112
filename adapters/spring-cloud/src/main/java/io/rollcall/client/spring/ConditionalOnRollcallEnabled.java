package io.rollcall.client.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;

/** Where Spring Cloud is, unless {@code spring.cloud.discovery.enabled} or {@code spring.cloud.rollcall.enabled} is false. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ConditionalOnClass(name = "org.springframework.cloud.client.discovery.DiscoveryClient")
@ConditionalOnDiscoveryEnabled
@ConditionalOnProperty(value = "spring.cloud.rollcall.enabled", matchIfMissing = true)
@interface ConditionalOnRollcallEnabled {}
