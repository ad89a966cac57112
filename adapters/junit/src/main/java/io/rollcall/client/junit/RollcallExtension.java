package io.rollcall.client.junit;

import io.rollcall.client.RegistryClient;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Starts a registry for tests: the packaged server, as processes on free ports of the loopback, with its data in a
 * temporary folder. In a static field it is started once for the class and its nested ones; in a field of the instance,
 * for each test method.
 *
 * <pre>{@code
 * @RegisterExtension
 * static RollcallExtension registry = RollcallExtension.builder().nodes(3).build();
 * }</pre>
 *
 * <p>The server is looked for in the folder that {@link RollcallExtensionBuilder#home}, the system property {@code
 * rollcall.home} or the environment's {@code ROLLCALL_HOME} names, in this order.
 *
 * <p>Test methods and constructors may take a {@link RegistryClient}, a {@link RunningCluster} and {@link ServerUrls}.
 */
public final class RollcallExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(RollcallExtension.class);

    private final @Nullable ClusterSettings settings;
    private volatile @Nullable RunningCluster running;

    /** As {@link RollcallCluster} says; without it, one node. */
    public RollcallExtension() {
        this.settings = null;
    }

    RollcallExtension(ClusterSettings settings) {
        this.settings = settings;
    }

    /**
     * Starts an extension for a field.
     *
     * @return a builder with all defaults
     */
    public static RollcallExtensionBuilder builder() {
        return new RollcallExtensionBuilder();
    }

    /**
     * Returns the registry.
     *
     * @return as long as the test runs that it was started for
     * @throws IllegalStateException if it is not started: before the tests, or after them
     */
    public RunningCluster cluster() {
        RunningCluster current = running;
        if (current == null) {
            throw new IllegalStateException("the registry runs only while tests do: is the field's @RegisterExtension"
                    + " missing, or is it used before?");
        }
        return current;
    }

    /**
     * Returns a client of the registry.
     *
     * @return {@link RunningCluster#client}
     * @throws IllegalStateException as {@link #cluster}
     */
    public RegistryClient client() {
        return cluster().client();
    }

    /**
     * Returns the URLs of all nodes.
     *
     * @return {@link RunningCluster#urls}
     * @throws IllegalStateException as {@link #cluster}
     */
    public List<String> urls() {
        return cluster().urls();
    }

    /**
     * Returns a node.
     *
     * @param number from 1, as in its id
     * @return {@link RunningCluster#node}
     * @throws IllegalStateException as {@link #cluster}
     * @throws IndexOutOfBoundsException if there is none
     */
    public RegistryNode node(int number) {
        return cluster().node(number);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!settings(context).perMethod()) {
            startUnlessRunning(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        startUnlessRunning(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        endOwn(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        endOwn(context);
    }

    private void startUnlessRunning(ExtensionContext context) {
        // Also looks into what surrounds it: a nested class, and each method, has that of its class.
        if (find(context) == null) {
            RunningCluster started = RunningCluster.start(settings(context));
            running = started;
            context.getStore(NAMESPACE).put(this, started);
        }
    }

    private void endOwn(ExtensionContext context) {
        // Does not look into what surrounds it.
        RunningCluster own = context.getStore(NAMESPACE).remove(this, RunningCluster.class);
        if (own != null) {
            running = null;
            own.close();
        }
    }

    private @Nullable RunningCluster find(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(this, RunningCluster.class);
    }

    private ClusterSettings settings(ExtensionContext context) {
        if (settings != null) {
            return settings;
        }
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent();
                at = at.get().getParent()) {
            Optional<RollcallCluster> annotation =
                    AnnotationSupport.findAnnotation(at.get().getElement(), RollcallCluster.class);
            if (annotation.isPresent()) {
                return ClusterSettings.of(annotation.get());
            }
        }
        return ClusterSettings.defaults();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return parameter.isAnnotated(ServerUrls.class) || type == RegistryClient.class || type == RunningCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext context, ExtensionContext extension) {
        RunningCluster cluster = find(extension);
        Parameter parameter = context.getParameter();
        if (cluster == null) {
            throw new ParameterResolutionException("'" + parameter + "' cannot be had here: the registry is started"
                    + " for each test method, so that only methods can take it");
        }
        Class<?> type = parameter.getType();
        if (context.isAnnotated(ServerUrls.class)) {
            return urls(cluster, type);
        }
        return type == RegistryClient.class ? cluster.client() : cluster;
    }

    private static Object urls(RunningCluster cluster, Class<?> type) {
        if (type == String.class) {
            return String.join(",", cluster.urls());
        }
        if (type.isAssignableFrom(List.class)) {
            return cluster.urls();
        }
        throw new ParameterResolutionException("@ServerUrls is for a List<String> or a String, not for a " + type);
    }
}
