package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.RunRequest;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The provisioners of a client, by service. Immutable. */
public final class Provisioners {
    private final Map<CloudService, ServiceAccountProvisioner> byService = new EnumMap<>(CloudService.class);

    public Provisioners(List<ServiceAccountProvisioner> provisioners) {
        for (ServiceAccountProvisioner provisioner : provisioners) {
            if (byService.put(provisioner.service(), provisioner) != null) {
                throw new IllegalArgumentException("two provisioners for " + provisioner.service());
            }
        }
    }

    /**
     * Refuses a request that the provisioners cannot carry out.
     *
     * @throws KaitsuException SERVICE_NOT_CONFIGURED, or what a provisioner dislikes
     */
    public void check(RunRequest request) {
        for (CloudService service : request.services()) {
            ServiceAccountProvisioner provisioner = get(service);
            if (request instanceof ActivationRequest activation) {
                provisioner.check(activation);
            }
        }
    }

    /**
     * The provisioner of a service.
     *
     * @throws KaitsuException SERVICE_NOT_CONFIGURED
     */
    public ServiceAccountProvisioner get(CloudService service) {
        ServiceAccountProvisioner found = byService.get(service);
        if (found == null) {
            throw KaitsuException.of(ErrorCode.SERVICE_NOT_CONFIGURED, "", service.id());
        }
        return found;
    }
}
