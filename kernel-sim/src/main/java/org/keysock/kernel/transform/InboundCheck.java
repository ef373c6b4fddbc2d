package org.keysock.kernel.transform;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Action;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.Template;
import org.keysock.pfkey.model.IpAddress;

/**
 * Whether a packet that arrived was protected as its policy wants: RFC 4301 section 5.2 step 4, and
 * where that leaves a choice as Linux does it. It remembers the SAs whose protection was taken off.
 */
final class InboundCheck {

    /** Layers of protection that one packet can have. */
    private static final int MOST = 8;

    private final @Nullable SaContext[] used = new SaContext[MOST];
    private int count;

    /** A new packet. */
    void begin() {
        count = 0;
    }

    /** How many layers have been taken off. */
    int count() {
        return count;
    }

    /** Whether no more can be taken off. */
    boolean full() {
        return count == MOST;
    }

    /** Another layer has been taken off. */
    void add(SaContext sa) {
        used[count++] = sa;
    }

    /** The layer that was taken off last, null for none. */
    @Nullable SaContext last() {
        return count == 0 ? null : used[count - 1];
    }

    /** What becomes of the packet: DELIVERED or PASSED, or a reason to drop it. */
    Fate judge(@Nullable Policy policy) {
        if (policy == null) {
            return tunnelFrom(0) ? Fate.POLICY_MISMATCH : good();
        }
        if (policy.action() != Action.NONE && policy.action() != Action.IPSEC) {
            return Fate.POLICY_DISCARD;
        }
        int next = 0;
        List<Template> templates = policy.templates();
        for (int i = templates.size() - 1; i >= 0; i--) {
            Template template = templates.get(i);
            int found = find(template, next);
            if (found >= 0) {
                next = found + 1;
            } else if (template.level() != Template.Level.USE) {
                return Fate.POLICY_MISMATCH;
            }
        }
        return tunnelFrom(next) ? Fate.POLICY_MISMATCH : good();
    }

    private Fate good() {
        return count == 0 ? Fate.PASSED : Fate.DELIVERED;
    }

    /** Whether a tunnel is among the layers from one on that only a policy could have asked for. */
    private boolean tunnelFrom(int from) {
        for (int i = from; i < count; i++) {
            SaContext sa = used[i];
            if (sa != null && sa.mode != SaContext.Mode.TRANSPORT && !sa.customs.groupsJudge()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The next layer that is what a template asks for; layers in transport mode that are not are
     * passed over, tunnels are not.
     */
    private int find(Template template, int from) {
        boolean optionalTransport = template.level() == Template.Level.USE && mode(template) == 1;
        for (int i = from; i < count && !optionalTransport; i++) {
            SaContext sa = used[i];
            if (sa != null && fits(template, sa)) {
                return i;
            }
            if (sa != null && sa.mode != SaContext.Mode.TRANSPORT) {
                break;
            }
        }
        return -1;
    }

    private static boolean fits(Template template, SaContext context) {
        SecurityAssociation sa = context.sa;
        return sa.protocol() == template.protocol()
                && (template.reqid() == 0 || template.reqid() == sa.details().reqid())
                && context.mode.ordinal() + 1 == mode(template)
                && (context.mode == SaContext.Mode.TRANSPORT
                        || (is(template.source(), sa.source())
                                && is(template.destination(), sa.destination())));
    }

    private static int mode(Template template) {
        return Math.max(1, template.mode());
    }

    private static boolean is(@Nullable IpAddress wanted, IpAddress address) {
        return wanted == null || wanted.equals(address);
    }
}
