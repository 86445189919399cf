/**
 * What a service's module tells the engine: its steps, what to ask of a person, and how to look. For whoever writes a
 * {@link io.github.kaitsu.provision.ServiceAccountProvisioner}.
 */
@NullMarked
package io.github.kaitsu.provision;

import org.jspecify.annotations.NullMarked;
