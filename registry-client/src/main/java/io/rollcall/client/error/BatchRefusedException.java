package io.rollcall.client.error;

import io.rollcall.api.http.Json;
import io.rollcall.client.answer.BatchResult;
import io.rollcall.client.answer.Refusal;
import java.util.Map;
import java.util.Optional;

/** An atomic batch holds an item that was refused; nothing was applied. */
public final class BatchRefusedException extends ConflictException {

    private static final long serialVersionUID = 1L;

    BatchRefusedException(Refusal refusal) {
        super(refusal);
    }

    /**
     * Returns what would have become of each item.
     *
     * @return empty if the registry did not say
     */
    public Optional<BatchResult> result() {
        Object results = refusal().members().get("results");
        return results == null
                ? Optional.empty()
                : Optional.of(BatchResult.read(Json.mapper().valueToTree(Map.of("results", results))));
    }
}
