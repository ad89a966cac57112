package io.rollcall.client.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts a registry for a test class. Constructors and methods take a {@link io.rollcall.client.RegistryClient}, a {@link
 * RunningCluster}, or its {@link ServerUrls} as parameters. For more settings, and for calls on the registry itself, make
 * a {@link RollcallExtension} instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(RollcallExtension.class)
public @interface RollcallCluster {

    /**
     * How many nodes.
     *
     * @return 1 to 7; three take about twice as long to start as one
     */
    int nodes() default 1;

    /**
     * Whether each test method gets a registry of its own, rather than the class with its nested ones.
     *
     * @return false unless told
     */
    boolean perMethod() default false;
}
