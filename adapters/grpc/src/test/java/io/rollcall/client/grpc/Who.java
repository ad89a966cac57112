package io.rollcall.client.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A service of one method, which says who answers. */
final class Who {

    private static final MethodDescriptor<String, String> METHOD = MethodDescriptor.<String, String>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("rollcall.test.Who/Are")
            .setRequestMarshaller(new Text())
            .setResponseMarshaller(new Text())
            .build();

    private Who() {}

    static ServerServiceDefinition are(String answer) {
        return ServerServiceDefinition.builder("rollcall.test.Who")
                .addMethod(METHOD, ServerCalls.asyncUnaryCall((question, observer) -> {
                    observer.onNext(answer);
                    observer.onCompleted();
                }))
                .build();
    }

    static String ask(Channel channel, CallOptions options) {
        return ClientCalls.blockingUnaryCall(channel, METHOD, options.withDeadlineAfter(20, TimeUnit.SECONDS), "you");
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {

        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
