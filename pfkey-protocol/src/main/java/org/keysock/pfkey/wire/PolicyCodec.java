package org.keysock.pfkey.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.KameExtension.Policy;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Sockaddr;

/**
 * SADB_X_EXT_POLICY with its requests as Linux has them: rfc2367-linux-kame.md section 3.4. The
 * length of a request counts bytes, whatever the headers' comments say.
 */
record PolicyCodec(SockaddrForm form, Fault malformed) implements ExtensionCodec<Policy> {

    private static final int HEAD = 12;
    private static final int REQUEST_HEAD = 16;
    private static final int IPSEC = 2;
    private static final int TUNNEL = 2;

    /** Requests that cannot be told apart matter in a policy of type IPsec only. */
    @Override
    public boolean checks() {
        return true;
    }

    @Override
    public @Nullable Fault check(Cursor body) {
        if (body.peek16(0) != IPSEC) {
            return null;
        }
        body.skip(HEAD);
        while (body.remaining() >= REQUEST_HEAD) {
            if (!requestFits(body)) {
                return malformed;
            }
            body.skip(body.peek16(0));
        }
        return null;
    }

    private boolean requestFits(Cursor body) {
        if (body.remaining() < REQUEST_HEAD) {
            return false;
        }
        int length = body.peek16(0);
        return length >= REQUEST_HEAD
                && length <= body.remaining()
                && (body.peek8(4) != TUNNEL || pairFits(body, length));
    }

    /** Whether the addresses behind the request's head, and nothing but room, are inside it. */
    private boolean pairFits(Cursor body, int length) {
        if (length < REQUEST_HEAD + 2) {
            return false;
        }
        int family = body.peek16(REQUEST_HEAD);
        int bytes = form.bytes(family);
        return bytes != 0
                && REQUEST_HEAD + 2 * bytes <= length
                && body.peek16(REQUEST_HEAD + bytes) == family;
    }

    @Override
    public Policy read(Cursor body, SaType saType) {
        int policyType = body.u16();
        int direction = body.u8();
        body.reserved(1);
        int id = body.u32();
        int priority = body.u32();
        List<Policy.Request> requests = new ArrayList<>();
        while (requestFits(body)) {
            requests.add(request(body));
        }
        return new Policy(policyType, direction, id, priority, requests);
    }

    private Policy.Request request(Cursor body) {
        int length = body.peek16(0);
        boolean pair = pairFits(body, length);
        int end = body.position() + length;
        body.skip(2);
        int protocol = body.u16();
        int mode = body.u8();
        int level = body.u8();
        body.reserved(2);
        int reqid = body.u32();
        body.reserved(4);
        Sockaddr source = pair ? form.read(body) : null;
        Sockaddr destination = pair ? form.read(body) : null;
        if (body.position() != end) {
            body.skip(end - body.position());
            body.markStrange();
        }
        return new Policy.Request(protocol, mode, level, reqid, source, destination);
    }

    @Override
    public void write(Policy policy, Sink body, SaType saType) {
        body.u16(policy.policyType());
        body.u8(policy.direction());
        body.reserved(1);
        body.u32(policy.id());
        body.u32(policy.priority());
        for (Policy.Request request : policy.requests()) {
            int start = body.size();
            body.u16(0);
            body.u16(request.protocol());
            body.u8(request.mode());
            body.u8(request.level());
            body.reserved(2);
            body.u32(request.reqid());
            body.reserved(4);
            if (request.source() != null && request.destination() != null) {
                form.write(request.source(), body);
                form.write(request.destination(), body);
            }
            body.pad8(start);
            body.put16(start, body.size() - start);
        }
    }
}
