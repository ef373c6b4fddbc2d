package org.keysock.kernel.spd;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trie keeps under the prefixes that contain an address, to be had best first: of prefixes
 * within one another most need not be looked at. Used again and again, so that a search allocates
 * nothing.
 *
 * @param <C> as in the trie
 */
final class Candidates<C extends Ranked> {

    private final List<C> contents = new ArrayList<>();
    private final List<Policy> bests = new ArrayList<>();

    /** Begins anew, with all that may have a policy asked before one that was found elsewhere. */
    void gather(PrefixTrie<C> trie, long high, long low, @Nullable Policy found) {
        contents.clear();
        bests.clear();
        for (var node = trie.root();
                node != null && node.promises(high, low, found);
                node = node.towards(high, low)) {
            C content = node.content();
            Policy best = content == null ? null : content.best();
            if (content != null && best != null && best.before(found)) {
                contents.add(content);
                bests.add(best);
            }
        }
    }

    /** Takes out the best one that may have a policy asked before one found; null for none. */
    @Nullable C next(@Nullable Policy found) {
        Policy first = found;
        int chosen = -1;
        for (int index = 0; index < bests.size(); index++) {
            Policy best = bests.get(index);
            if (best.before(first)) {
                first = best;
                chosen = index;
            }
        }
        if (chosen < 0) {
            return null;
        }
        C content = contents.get(chosen);
        int last = bests.size() - 1;
        contents.set(chosen, contents.get(last));
        bests.set(chosen, bests.get(last));
        contents.remove(last);
        bests.remove(last);
        return content;
    }
}
