package io.github.kaitsu.dropbox;

import io.github.kaitsu.Edition;
import io.github.kaitsu.contract.ServiceAccountProvisionerContract;
import io.github.kaitsu.spi.ServiceAccountProvisioner;
import io.github.kaitsu.spi.StepContext;
import java.util.List;
import java.util.stream.Stream;

class DropboxTextsTest extends ServiceAccountProvisionerContract {
    @Override
    protected List<DropboxProvisioner> provisioners() {
        return List.of(DropboxProvisioner.create());
    }

    @Override
    protected Class<?> texts() {
        return DropboxProvisioner.class;
    }

    @Override
    protected List<StepContext> contexts(ServiceAccountProvisioner provisioner) {
        return Stream.of(Edition.values())
                .map(edition -> DropboxProvisionerTest.context(edition, List.of("P")))
                .toList();
    }
}
