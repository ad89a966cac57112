package io.rollcall.bench.etcd;

import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/** Methods of etcd whose messages are made and read here, byte by byte. */
final class GrpcBytes {

    private static final class Bytes implements Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream message) {
            try {
                return message.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private GrpcBytes() {}

    static MethodDescriptor<byte[], byte[]> method(MethodType type, String service, String name) {
        var bytes = new Bytes();
        return MethodDescriptor.newBuilder(bytes, bytes)
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
                .build();
    }

    /** A connection to a member. */
    static ManagedChannel connect(InetSocketAddress member) {
        return NettyChannelBuilder.forAddress(member)
                .usePlaintext()
                // An answer is counted where it is read: to hand it to another thread would cost the driver more.
                .directExecutor()
                .build();
    }
}
