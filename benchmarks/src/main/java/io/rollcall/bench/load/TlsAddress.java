package io.rollcall.bench.load;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;

/** The address of a server that is spoken to by TLS. */
public final class TlsAddress extends InetSocketAddress {

    private static final long serialVersionUID = 1L;

    private final transient SSLContext context;

    /**
     * An address as it is, by TLS.
     *
     * @param address the address
     * @param context whom the driver trusts
     */
    public TlsAddress(InetSocketAddress address, SSLContext context) {
        super(address.getAddress(), address.getPort());
        this.context = context;
    }

    /**
     * Returns whom the driver trusts.
     *
     * @return for any connection
     */
    public SSLContext context() {
        return context;
    }
}
