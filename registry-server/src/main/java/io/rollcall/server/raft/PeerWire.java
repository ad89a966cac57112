package io.rollcall.server.raft;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.ServerServiceDefinition;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.ServerCallStreamObserver;
import org.apache.ratis.thirdparty.io.grpc.stub.ServerCalls;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/**
 * The questions between members as a gRPC service on the Raft port. Its name holds the group and the member that is
 * meant, so that whoever else listens at an address does not answer.
 */
final class PeerWire {

    /** Answers a question. */
    interface Answers {

        CompletableFuture<byte[]> answer(PeerMethod method, byte[] request);
    }

    private PeerWire() {}

    static ServerServiceDefinition definition(UUID group, String self, Answers answers) {
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(serviceName(group, self));
        for (PeerMethod method : PeerMethod.values()) {
            service.addMethod(
                    descriptor(group, self, method),
                    ServerCalls.asyncUnaryCall((request, observer) -> serve(answers, method, request, observer)));
        }
        return service.build();
    }

    static MethodDescriptor<byte[], byte[]> descriptor(UUID group, String peer, PeerMethod method) {
        return MethodDescriptor.<byte[], byte[]>newBuilder(Bytes.INSTANCE, Bytes.INSTANCE)
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(serviceName(group, peer), method.wireName()))
                .build();
    }

    private static String serviceName(UUID group, String peer) {
        return "rollcall." + group + "." + peer;
    }

    private static void serve(Answers answers, PeerMethod method, byte[] request, StreamObserver<byte[]> observer) {
        if (observer instanceof ServerCallStreamObserver<byte[]> call) {
            // Without a handler an answer to a caller who has gone is an exception.
            call.setOnCancelHandler(() -> {});
        }
        Callbacks.onEnd(answers.answer(method, request), (answer, error) -> {
            if (error == null) {
                observer.onNext(answer);
                observer.onCompleted();
            } else {
                observer.onError(Status.FAILED_PRECONDITION
                        .withDescription(error.getMessage())
                        .asException());
            }
        });
    }

    /** Bytes as they are. */
    private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
        INSTANCE;

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException("a message of a peer could not be read", e);
            }
        }
    }
}
