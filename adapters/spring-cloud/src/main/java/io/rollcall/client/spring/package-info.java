/**
 * Rollcall in a Spring Boot application, by auto-configuration: Spring Cloud's discovery clients over a {@link
 * io.rollcall.client.directory.ServiceDirectory}, and the application's own registration by an {@link
 * io.rollcall.client.provide.InstanceProvider}.
 */
@NullMarked
package io.rollcall.client.spring;

import org.jspecify.annotations.NullMarked;
