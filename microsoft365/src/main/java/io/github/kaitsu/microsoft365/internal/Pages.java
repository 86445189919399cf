package io.github.kaitsu.microsoft365.internal;

import com.microsoft.graph.models.BaseCollectionPaginationCountResponse;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import io.github.kaitsu.vendor.VendorCallException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Follows {@code @odata.nextLink}, which may only lead back to the same Graph and must come to an end. */
final class Pages {
    private static final int MOST_PAGES = 200;

    private Pages() {}

    static <P extends BaseCollectionPaginationCountResponse, T> List<T> of(
            GraphCalls calls,
            String operation,
            P first,
            BiFunction<GraphServiceClient, String, @Nullable P> next,
            Function<P, @Nullable List<T>> values)
            throws InterruptedException {
        List<T> all = new ArrayList<>(GraphReads.values(operation, values.apply(first)));
        @Nullable String link = first.getOdataNextLink();
        for (int page = 1; link != null && !link.isEmpty(); page++) {
            if (page >= MOST_PAGES) {
                throw VendorCallException.of(operation, 200)
                        .code("listing_does_not_end")
                        .build();
            }
            String own = calls.ownPage(operation, link);
            P more = calls.read(operation, g -> next.apply(g, own));
            all.addAll(GraphReads.values(operation, values.apply(more)));
            link = more.getOdataNextLink();
        }
        return all;
    }
}
