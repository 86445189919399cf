package io.github.kaitsu.google;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.contract.ServiceAccountProvisionerContract;
import io.github.kaitsu.spi.ServiceAccountProvisioner;
import io.github.kaitsu.spi.StepContext;
import java.util.ArrayList;
import java.util.List;

class GoogleTextsTest extends ServiceAccountProvisionerContract {
    @Override
    protected List<ServiceAccountProvisioner> provisioners() {
        return GoogleProvisioners.create();
    }

    @Override
    protected Class<?> texts() {
        return GoogleProvisioners.class;
    }

    @Override
    protected List<StepContext> contexts(ServiceAccountProvisioner provisioner) {
        List<StepContext> all = new ArrayList<>();
        for (Edition edition : Edition.values()) {
            all.add(Given.context(edition, provisioner.service()));
            all.add(Given.context(edition, CloudService.GMAIL, CloudService.GOOGLE_DRIVE));
            all.add(Given.context(edition, CloudService.GOOGLE_DRIVE, CloudService.GMAIL));
        }
        return all;
    }
}
