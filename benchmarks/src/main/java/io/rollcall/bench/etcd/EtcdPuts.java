package io.rollcall.bench.etcd;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.ClientCalls;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A caller that puts keys into etcd over gRPC. Used by one thread. */
public final class EtcdPuts implements AutoCloseable {

    static final String SERVICE = "etcdserverpb.KV";
    static final MethodDescriptor<byte[], byte[]> PUT = GrpcBytes.method(MethodType.UNARY, SERVICE, "Put");

    private final ManagedChannel connection;

    private EtcdPuts(ManagedChannel connection) {
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @param member the client address of a member
     * @return open until closed
     */
    public static EtcdPuts connect(InetSocketAddress member) {
        return new EtcdPuts(GrpcBytes.connect(member));
    }

    /**
     * Puts, and waits for the answer.
     *
     * @param key ASCII
     * @param value UTF-8
     */
    public void put(String key, String value) {
        var request =
                WatchMessages.put(key.getBytes(StandardCharsets.US_ASCII), value.getBytes(StandardCharsets.UTF_8));
        ClientCalls.blockingUnaryCall(connection, PUT, CallOptions.DEFAULT, request);
    }

    @Override
    public void close() {
        connection.shutdownNow();
    }
}
