package io.rollcall.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The one JSON configuration of the interface. */
public final class Json {

    /** Deepest nesting that is read. */
    public static final int MAX_DEPTH = 32;

    private static final int MAX_NUMBER_LENGTH = 32;
    private static final int MAX_STRING_LENGTH = 1024 * 1024;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .maxStringLength(MAX_STRING_LENGTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            // A second document behind the first is a mistake of the caller, not something to pass over.
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /**
     * Returns the mapper.
     *
     * @return shared, thread-safe, not to be configured further
     */
    public static ObjectMapper mapper() {
        return MAPPER;
    }
}
