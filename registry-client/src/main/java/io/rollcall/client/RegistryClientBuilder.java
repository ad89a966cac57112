package io.rollcall.client;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.rollcall.api.model.Namespace;
import io.rollcall.client.tls.TlsContext;
import io.rollcall.client.tls.TlsOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Gathers the settings of a {@link RegistryClient}. Not thread-safe. */
public final class RegistryClientBuilder {

    private final List<URI> servers = new ArrayList<>();
    private Credentials credentials = Credentials.none();
    private @Nullable TlsOptions tls;
    private @Nullable OpenTelemetry openTelemetry;
    private @Nullable Executor executor;
    private Namespace namespace = Namespace.DEFAULT;
    private Duration attemptTimeout = ClientSettings.ATTEMPT_TIMEOUT;
    private Duration connectTimeout = ClientSettings.CONNECT_TIMEOUT;
    private Duration deadline = ClientSettings.DEADLINE;
    private Duration minBackoff = ClientSettings.MIN_BACKOFF;
    private Duration maxBackoff = ClientSettings.MAX_BACKOFF;
    private int maxAnswerBytes = ClientSettings.MAX_ANSWER_BYTES;
    private boolean readYourWrites;

    RegistryClientBuilder() {}

    /**
     * Adds a node; name all of them, so that the client can go on when one fails.
     *
     * @param url such as {@code http://10.0.0.1:8500}; without a scheme it is http
     * @return this
     * @throws IllegalArgumentException if it is no such URL
     */
    public RegistryClientBuilder server(String url) {
        servers.add(parse(url));
        return this;
    }

    /**
     * Adds nodes.
     *
     * @param urls as for {@link #server}
     * @return this
     * @throws IllegalArgumentException if one is no such URL
     */
    public RegistryClientBuilder servers(Iterable<String> urls) {
        urls.forEach(this::server);
        return this;
    }

    /**
     * Sets the token that goes with each request.
     *
     * @param value {@code id.secret}; null for none
     * @return this
     * @throws IllegalArgumentException if it has characters that no header can carry
     */
    public RegistryClientBuilder token(@Nullable String value) {
        // The message must not carry the token.
        if (value != null && !Credentials.isToken(value)) {
            throw new IllegalArgumentException("the token holds characters other than printable ASCII: it is none");
        }
        credentials = new Credentials(() -> value);
        return this;
    }

    /**
     * Sets where the token comes from that goes with each request, for tokens that are replaced while the process runs.
     *
     * @param supplier asked for each request and once more after a 401, so that it has to be quick, by whichever thread; it
     *     gives {@code id.secret}, or null for none. A call ends unanswered if it throws
     * @return this
     */
    public RegistryClientBuilder token(Supplier<@Nullable String> supplier) {
        credentials = new Credentials(supplier);
        return this;
    }

    /**
     * Sets what connections to {@code https} servers go by. The names of servers are checked whatever it is.
     *
     * @param value the JDK's authorities and no certificate of one's own unless told
     * @return this
     */
    public RegistryClientBuilder tls(TlsOptions value) {
        tls = value;
        return this;
    }

    /**
     * Sets where spans and metrics of calls go.
     *
     * @param value the global one unless told, if the process has set it before the client is built; else nowhere
     * @return this
     */
    public RegistryClientBuilder openTelemetry(OpenTelemetry value) {
        openTelemetry = value;
        return this;
    }

    /**
     * Sets what completes the futures of {@link RegistryClient#async}, and so runs what hangs on them.
     *
     * @param value the client's own threads unless told. The client itself does not run there, so that what hangs on a future
     *     may wait for another call. If it has few threads and all wait, further futures are completed late
     * @return this
     */
    public RegistryClientBuilder executor(Executor value) {
        executor = value;
        return this;
    }

    /**
     * Sets the namespace of {@link RegistryClient#service} and of the lists.
     *
     * @param value {@code default} unless told
     * @return this
     */
    public RegistryClientBuilder namespace(Namespace value) {
        namespace = value;
        return this;
    }

    /**
     * Sets the time for one attempt on one server.
     *
     * @param value 2 s unless told. Too small: slow answers of a healthy leader are thrown away. Too large: a server
     *     that hangs holds a call for as long
     * @return this
     */
    public RegistryClientBuilder attemptTimeout(Duration value) {
        attemptTimeout = value;
        return this;
    }

    /**
     * Sets the time for a connection to open.
     *
     * @param value 1 s unless told. Too small: far servers are never reached. Too large: one that is cut off holds a
     *     call for as long
     * @return this
     */
    public RegistryClientBuilder connectTimeout(Duration value) {
        connectTimeout = value;
        return this;
    }

    /**
     * Sets the time for a call with all its attempts.
     *
     * @param value 10 s unless told. Too small: an election is taken for an outage. Too large: callers pile up behind
     *     an outage
     * @return this
     */
    public RegistryClientBuilder deadline(Duration value) {
        deadline = value;
        return this;
    }

    /**
     * Sets the waits between attempts; they double from one to the next and are jittered by half.
     *
     * @param min 25 ms unless told
     * @param max 1 s unless told
     * @return this
     */
    public RegistryClientBuilder backoff(Duration min, Duration max) {
        minBackoff = min;
        maxBackoff = max;
        return this;
    }

    /**
     * Sets the largest answer that is read.
     *
     * @param value 64 MiB unless told
     * @return this
     */
    public RegistryClientBuilder maxAnswerBytes(int value) {
        maxAnswerBytes = value;
        return this;
    }

    /**
     * Sets whether each read waits until the answering node has applied this client's writes.
     *
     * @param value false unless told
     * @return this
     */
    public RegistryClientBuilder readYourWrites(boolean value) {
        readYourWrites = value;
        return this;
    }

    /**
     * Builds the client; nothing is connected yet.
     *
     * @return the client
     * @throws IllegalArgumentException naming the bad setting, or the file of the TLS options that cannot be used
     */
    public RegistryClient build() {
        ClientSettings settings = new ClientSettings(
                servers,
                attemptTimeout,
                connectTimeout,
                deadline,
                minBackoff,
                maxBackoff,
                maxAnswerBytes,
                readYourWrites);
        SSLContext tlsContext = tls == null ? null : TlsContext.open(tls).context();
        CallTelemetry telemetry = new CallTelemetry(openTelemetry == null ? global() : openTelemetry);
        ClientThreads threads = new ClientThreads(executor);
        Exchange exchange = new Exchange(settings, credentials, tlsContext, threads);
        ServerList list = ServerList.shuffled(settings.servers());
        Failover failover = new Failover(settings, list, exchange, threads, telemetry);
        return new RegistryClient(settings, namespace, failover, exchange, threads);
    }

    /** Not {@code get()}: it would set the global one, or have it set up by what the classpath holds. */
    private static OpenTelemetry global() {
        try {
            return GlobalOpenTelemetry.getOrNoop();
        } catch (NoSuchMethodError olderApi) {
            // A program may bring an older API than this is compiled with, as Spring Boot 4.0 does, which cannot be
            // asked.
            return OpenTelemetry.noop();
        }
    }

    private static URI parse(String url) {
        String text = url.strip();
        if (!text.contains("://")) {
            text = "http://" + text;
        }
        while (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        String rule = "server '" + url + "' is no URL such as http://127.0.0.1:8500";
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(rule, e);
        }
        boolean schemeKnown = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!schemeKnown || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException(rule);
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException("server URL has a user in it: give a token instead");
        }
        return uri;
    }
}
