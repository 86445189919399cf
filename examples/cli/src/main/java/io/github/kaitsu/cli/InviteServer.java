package io.github.kaitsu.cli;

import com.sun.net.httpserver.HttpServer;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.invite.AdministratorPage;
import io.github.kaitsu.sandbox.Sandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/** Serves the administrators' pages of a state folder on this machine's own address until it is ended; a proxy brings them out. */
final class InviteServer {
    private static final int THREADS = 8;
    /** Seconds in which a request must have come and gone, else a slow one would keep a thread. */
    private static final String LONGEST = "60";

    private final Invocation call;
    private final Workspace workspace;

    private InviteServer(Invocation call, Workspace workspace) {
        this.call = call;
        this.workspace = workspace;
    }

    /** @param base where it is served as browsers see it, by the port that was found */
    static int serve(Invocation call, Workspace workspace, int port, IntFunction<URI> base) {
        System.setProperty("sun.net.httpserver.maxReqTime", LONGEST); // read when the first server is made
        System.setProperty("sun.net.httpserver.maxRspTime", LONGEST);
        return new InviteServer(call, workspace).serve(port, base);
    }

    private int serve(int port, IntFunction<URI> base) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(ended::countDown, "kaitsu-end"); // the store is whole at any moment
        try (ActivationClient client = client()) {
            HttpServer server = bound(port);
            URI address = base.apply(server.getAddress().getPort());
            AdministratorPage page = AdministratorPage.builder(client, InviteCommand.invitations(workspace), address)
                    .answered(this::bringForward)
                    .links(link ->
                            workspace.hasSandbox() ? Optional.empty() : Optional.of(link)) // nothing real is touched
                    .build();
            server.setExecutor(threads);
            server.createContext(path(address), page);
            server.start();
            Runtime.getRuntime().addShutdownHook(hook);
            call.finish(
                    Json.object()
                            .put("address", address.toString())
                            .put("port", server.getAddress().getPort()),
                    call.text("invite.serving", address, server.getAddress().getPort()));
            try {
                ended.await();
            } catch (InterruptedException e) {
                Runtime.getRuntime().removeShutdownHook(hook);
                Thread.currentThread().interrupt();
            }
            server.stop(0);
            return Exits.SUCCESS;
        } finally {
            threads.shutdownNow();
        }
    }

    private static String path(URI base) {
        String path = Objects.requireNonNullElse(base.getRawPath(), "").replaceAll("/+$", "");
        return path.isEmpty() ? "/" : path;
    }

    private static HttpServer bound(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw KaitsuException.because(e, ErrorCode.IO_ERROR, "port", port);
        }
    }

    /** Of all runs of the folder, in the time of the newest: one folder is one host. */
    private ActivationClient client() {
        try (ActivationClient any = Desk.client(workspace, Clock.systemUTC())) {
            ActivationId newest = workspace.run(any, Optional.empty()).id();
            return Desk.client(workspace, Desk.clock(workspace, newest));
        }
    }

    /** As far as it goes now, so that what comes next is there at once; a process that is at the run already does it itself. */
    private synchronized void bringForward(ActivationId id) {
        try {
            ActivationView run;
            try (ActivationClient client = Desk.client(workspace, Desk.clock(workspace, id))) {
                run = workspace.run(client, Optional.of(id));
            }
            Choice before = workspace.choice(id);
            Optional<Sandbox> sandbox = SandboxAgain.of(workspace, before, run);
            Session.Setting setting = Session.Setting.nobody(run.customer(), workspace, sandbox, before);
            try (Session session = Session.open(call, setting)) {
                session.client().advance(id);
            }
        } catch (KaitsuException e) {
            if (e.code() != ErrorCode.STORE_BUSY) {
                throw e;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
