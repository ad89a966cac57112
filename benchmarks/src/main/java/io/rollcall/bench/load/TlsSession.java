package io.rollcall.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** The TLS of one connection: what is written comes out encrypted, what is read goes in so. */
final class TlsSession {

    private final SecuredAddress target;
    private final SSLEngine engine;
    private final ByteBuffer read;

    private TlsSession(SecuredAddress target, SSLEngine engine) {
        this.target = target;
        this.engine = engine;
        this.read = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize());
    }

    /** Shakes hands on a channel that blocks. */
    static TlsSession open(SecuredAddress target, SocketChannel channel) throws IOException {
        SSLEngine engine = target.context().createSSLEngine(target.getHostString(), target.getPort());
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        var session = new TlsSession(target, engine);
        session.shakeHands(channel);
        return session;
    }

    /** Whom it is with. */
    SecuredAddress target() {
        return target;
    }

    private void shakeHands(SocketChannel channel) throws IOException {
        engine.beginHandshake();
        var nothing = ByteBuffer.allocate(0);
        var plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        for (var status = engine.getHandshakeStatus(); ; status = engine.getHandshakeStatus()) {
            if (status == HandshakeStatus.NEED_WRAP) {
                var out = wrap(nothing);
                while (out.hasRemaining()) {
                    channel.write(out);
                }
            } else if (status == HandshakeStatus.NEED_TASK) {
                engine.getDelegatedTask().run();
            } else if (status == HandshakeStatus.NEED_UNWRAP) {
                if (unwrapOne(plain).getStatus() == Status.BUFFER_UNDERFLOW && channel.read(read) < 0) {
                    throw new EOFException("the server hung up in the handshake");
                }
            } else {
                return;
            }
        }
    }

    /** Encrypts all of it. */
    ByteBuffer wrap(ByteBuffer plain) throws SSLException {
        var packet = engine.getSession().getPacketBufferSize();
        var out = ByteBuffer.allocate(
                packet * (1 + plain.remaining() / engine.getSession().getApplicationBufferSize()));
        do {
            engine.wrap(plain, out);
        } while (plain.hasRemaining());
        return out.flip();
    }

    /** Reads what is there, and decrypts what is whole; the bytes read, or -1 at the end. */
    int read(SocketChannel channel, ByteBuffer plain) throws IOException {
        var before = plain.position();
        int count;
        do {
            count = channel.read(read);
            SSLEngineResult result;
            do {
                result = unwrapOne(plain);
            } while (result.getStatus() == Status.OK && read.position() > 0);
            if (result.getStatus() == Status.CLOSED) {
                return -1;
            }
        } while (count > 0);
        return count < 0 && plain.position() == before ? -1 : plain.position() - before;
    }

    private SSLEngineResult unwrapOne(ByteBuffer plain) throws SSLException {
        read.flip();
        try {
            return engine.unwrap(read, plain);
        } finally {
            read.compact();
        }
    }
}
