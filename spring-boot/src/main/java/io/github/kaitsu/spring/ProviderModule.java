package io.github.kaitsu.spring;

import io.github.kaitsu.provision.ServiceAccountProvisioner;
import java.util.List;

/** What a provider's module on the class path offers. A host's provisioner for the same service is taken instead. */
record ProviderModule(List<? extends ServiceAccountProvisioner> provisioners) {}
