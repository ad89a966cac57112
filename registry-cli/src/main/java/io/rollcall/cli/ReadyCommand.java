package io.rollcall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.http.Paths;
import io.rollcall.client.tls.TlsContext;
import io.rollcall.client.tls.TlsOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says whether nodes are ready: for what probes them by a process, such as a container's health check. */
@Command(
        name = "ready",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Say whether nodes are ready; each that is named is asked once, and none stands in for another.",
        footer = {
            "",
            "The exit status is 0 if all of them are. No token is needed.",
            "",
            "Examples:",
            "  rollcall ready",
            "  rollcall ready --server https://localhost:8500 --ca tls/ca.pem --timeout 3s",
            "  rollcall ready --for reads"
        })
final class ReadyCommand implements Callable<Integer> {

    private static final int OK = 200;

    private final Terminal terminal;

    /** For what a node may be ready. */
    enum Purpose {
        ALL,
        READS
    }

    @Option(
            names = "--for",
            paramLabel = "WHAT",
            description = "all, or reads: whoever has caught up once serves these for ever. Default: all.")
    private Purpose purpose = Purpose.ALL;

    @ArgGroup(validate = false, order = 9, heading = "%nConnection and output:%n")
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain this command.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    ReadyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        HttpClient http = client();
        int status = ExitStatus.OK;
        for (String server : connection.servers(terminal.environment())) {
            String answer = ask(http, server);
            if (answer.isEmpty()) {
                terminal.out().println(server + " is ready");
            } else {
                terminal.err().println("rollcall: " + server + " is not ready: " + answer);
                status = ExitStatus.FAILURE;
            }
        }
        return status;
    }

    private HttpClient client() {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(connection.timeout());
        try {
            TlsOptions tls = connection.tls(terminal.environment());
            if (tls != null) {
                builder.sslContext(TlsContext.open(tls).context());
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        }
        return builder.build();
    }

    /** Empty if it is ready, else why it is not. */
    private String ask(HttpClient http, String server) throws InterruptedException {
        String query = purpose == Purpose.READS ? "?for=reads" : "";
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(server.replaceAll("/+$", "") + Paths.READYZ + query))
                    .timeout(connection.timeout())
                    .build();
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            return response.statusCode() == OK ? "" : reason(response);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        } catch (IOException e) {
            return "it does not answer (" + e.getClass().getSimpleName() + ")";
        }
    }

    private static String reason(HttpResponse<byte[]> response) {
        try {
            JsonNode detail = Json.mapper().readTree(response.body()).path("detail");
            return detail.asText("it answers " + response.statusCode());
        } catch (IOException e) {
            return "it answers " + response.statusCode();
        }
    }
}
