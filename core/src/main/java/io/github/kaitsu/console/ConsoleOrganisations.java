package io.github.kaitsu.console;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleOutline.Place;
import io.github.kaitsu.console.ConsoleReading.OrganisationRow;
import io.github.kaitsu.text.PastedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The page 組織管理, where each organisation names its services in one cell (COMMON-21). */
final class ConsoleOrganisations {
    private static final Pattern SEPARATOR = Pattern.compile("[、,，]");

    private final List<OrganisationRow> rows = new ArrayList<>();
    private boolean isReadable = true;

    ConsoleOrganisations(ConsoleText text, ConsoleOutline outline) {
        for (int i = 0; i < text.size(); i++) {
            if (outline.place(i) == Place.ORGANISATIONS
                    && !text.isBlank(i)
                    && !text.isTaken(i)
                    && !text.isFurniture(i)) {
                read(text, i);
            }
        }
    }

    private void read(ConsoleText text, int line) {
        List<String> cells = text.cells(line);
        boolean hasServices = ConsoleVocabulary.holdsService(PastedText.withoutAddresses(text.folded(line)));
        if (cells.size() < 2) {
            isReadable &= !hasServices;
            return;
        }
        Optional<List<CloudService>> services = services(cells.get(cells.size() - 1));
        if (services.isPresent() || !hasServices) {
            rows.add(new OrganisationRow(cells.get(0), services.orElse(List.of())));
            text.take(line);
        } else {
            isReadable = false;
        }
    }

    private static Optional<List<CloudService>> services(String cell) {
        List<CloudService> services = new ArrayList<>();
        for (String label : SEPARATOR.split(cell)) {
            Optional<CloudService> service = ConsoleVocabulary.printedService(label);
            if (service.isEmpty()) {
                return Optional.empty();
            }
            services.add(service.get());
        }
        return Optional.of(services);
    }

    List<OrganisationRow> rows() {
        return rows;
    }

    boolean isReadable() {
        return isReadable;
    }
}
