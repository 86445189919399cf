package io.github.kaitsu.sandbox.internal;

import com.sun.net.httpserver.HttpServer;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Servers that only this machine can reach. */
public final class Loopback {
    private Loopback() {}

    /**
     * A server on 127.0.0.1 that is not started yet.
     *
     * @param port 0: any that is free
     * @throws KaitsuException IO_ERROR if the port is in use or not ours to use
     */
    public static HttpServer server(int port) {
        try {
            InetAddress here = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
            return HttpServer.create(new InetSocketAddress(here, port), 0);
        } catch (BindException e) {
            throw KaitsuException.because(e, ErrorCode.IO_ERROR, "port", port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
