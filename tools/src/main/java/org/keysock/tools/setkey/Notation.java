package org.keysock.tools.setkey;

import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.Spi;
import org.keysock.pfkey.model.Verbatim;
import org.keysock.pfkey.wire.MessageWriter;

/** Messages field by field, as {@code -v} and {@code -x} show them: section 12.5. */
final class Notation {

    private static final int WORD = 8;

    private final StringBuilder text;

    private Notation(StringBuilder text) {
        this.text = text;
    }

    /** Appends a message that was read, as far as it makes sense. */
    static void append(StringBuilder text, Reading reading) {
        int bytes = reading.raw().length();
        if (reading instanceof Reading.Whole whole) {
            append(text, whole.message(), bytes);
        } else {
            header(text, KernelTalk.header(reading), bytes);
            text.append(LibraryError.INVALID_MESSAGE.text()).append(".\n");
        }
    }

    /** Appends a message of that many bytes. */
    static void append(StringBuilder text, SadbMessage message, int bytes) {
        header(text, message.header(), bytes);
        Notation notation = new Notation(text);
        for (int index = 0; index < message.size(); index++) {
            Extension extension = message.extension(index);
            text.append("sadb_ext{ len=").append(words(message, index));
            text.append(" type=").append(Numbers.of(extension.type())).append(" }\n");
            notation.body(extension);
        }
    }

    private static void header(StringBuilder text, BaseHeader header, int bytes) {
        text.append("sadb_msg{ version=").append(header.version());
        text.append(" type=").append(Numbers.of(header.type()));
        text.append(" errno=").append(Numbers.LINUX.errnos().number(header.errno()));
        text.append(" satype=").append(Numbers.of(header.saType()));
        text.append("\n  len=").append(bytes / WORD).append(" reserved=").append(header.reserved());
        text.append(" seq=").append(Integer.toUnsignedString(header.sequence()));
        text.append(" pid=").append(Integer.toUnsignedString(header.pid())).append('\n');
    }

    /** Words of 64 bits that an extension takes: as it was read, or as it will be written. */
    private static int words(SadbMessage message, int index) {
        Verbatim verbatim = message.verbatim();
        byte[] read =
                verbatim == null
                        ? null
                        : verbatim.bytes(index, Numbers.LINUX.name(), Numbers.LINUX.order());
        if (read != null) {
            return read.length / WORD;
        }
        SadbMessage alone = SadbMessage.of(message.header(), message.extension(index));
        byte[] written = new MessageWriter(Numbers.LINUX).toBytes(alone);
        return written == null ? 0 : (written.length - BaseHeader.BYTES) / WORD;
    }

    private void body(Extension extension) {
        if (extension instanceof Extension.Sa sa) {
            sa(sa);
        } else if (extension instanceof Extension.Address address) {
            text.append("sadb_address{ proto=").append(address.protocol());
            text.append(" prefixlen=")
                    .append(address.prefixLength())
                    .append(" reserved=0x0000 }\n");
            sockaddr(address.sockaddr());
        } else if (extension instanceof Extension.Key key) {
            text.append("sadb_key{ bits=").append(key.bits());
            text.append(" reserved=").append(key.reserved()).append("\n  key=");
            byte[] bytes = key.material().revealed();
            HexLines.appendGroups(text, bytes, bytes.length);
            text.append(" }\n");
        } else if (extension instanceof Extension.Lifetime lifetime) {
            lifetime(lifetime);
        } else if (extension instanceof Extension.Supported supported) {
            supported(supported);
        } else if (extension instanceof KameExtension kame) {
            kame(kame);
        } else {
            rare(extension);
        }
    }

    private void sa(Extension.Sa sa) {
        text.append("sadb_sa{ spi=").append(sa.spi().unsigned());
        text.append(" replay=").append(sa.replayWindow());
        text.append(" state=").append(Numbers.of(sa.state()));
        text.append("\n  auth=").append(Numbers.of(sa.auth()));
        // a number has the same place in an IPCOMP SA, and another name
        int cipher = Numbers.of(sa.encrypt());
        text.append(" encrypt=").append(Math.max(cipher, compression(sa)));
        text.append(" flags=0x");
        HexLines.eight(text, Numbers.of(sa.flags()));
        text.append(" }\n");
    }

    private static int compression(Extension.Sa sa) {
        return Numbers.of(sa.encrypt(), SaType.X_IPCOMP);
    }

    private void lifetime(Extension.Lifetime lifetime) {
        text.append("sadb_lifetime{ alloc=")
                .append(Integer.toUnsignedString(lifetime.allocations()));
        text.append(", bytes=").append(Long.toUnsignedString(lifetime.bytes()));
        text.append("\n  addtime=").append(Long.toUnsignedString(lifetime.addTime()));
        text.append(", usetime=").append(Long.toUnsignedString(lifetime.useTime())).append(" }\n");
    }

    private void supported(Extension.Supported supported) {
        text.append("sadb_sup{\n");
        for (Extension.Supported.Algorithm algorithm : supported.algorithms()) {
            text.append("  { id=").append(Numbers.of(algorithm.code()));
            text.append(" ivlen=").append(algorithm.ivLength());
            text.append(" min=").append(algorithm.minBits());
            text.append(" max=").append(algorithm.maxBits()).append(" }\n");
        }
        text.append("}\n");
    }

    private void kame(KameExtension extension) {
        if (extension instanceof KameExtension.Sa2 sa2) {
            text.append("sadb_x_sa2{ mode=").append(sa2.mode());
            text.append(" reqid=").append(Integer.toUnsignedString(sa2.reqid()));
            text.append("\n  reserved1=0 reserved2=0 sequence=");
            text.append(Integer.toUnsignedString(sa2.sequence())).append(" }\n");
        } else if (extension instanceof KameExtension.Policy policy) {
            policy(policy);
        } else if (extension instanceof KameExtension.NatTType type) {
            text.append("sadb_nat_type{ type=").append(type.encapsulation()).append(" }\n");
        } else if (extension instanceof KameExtension.NatTPort port) {
            text.append("sadb_nat_port{ port=").append(port.port()).append(" }\n");
        } else if (extension instanceof KameExtension.SecurityContext context) {
            text.append("sadb_x_sec_ctx{ alg=").append(context.algorithm());
            text.append(" doi=").append(context.domain());
            byte[] bytes = context.context();
            text.append(" len=").append(bytes.length).append("\n  context=");
            HexLines.appendGroups(text, bytes, bytes.length);
            text.append(" }\n");
        } else if (extension instanceof KameExtension.KmAddress pair) {
            text.append("sadb_x_kmaddress{\n");
            sockaddr(pair.local());
            sockaddr(pair.remote());
            text.append(" }\n");
        }
    }

    private void policy(KameExtension.Policy policy) {
        text.append("sadb_x_policy{ type=").append(policy.policyType());
        text.append(" dir=").append(policy.direction());
        text.append(" id=").append(Integer.toHexString(policy.id()));
        text.append(" priority=").append(Integer.toUnsignedString(policy.priority()));
        text.append(" }\n");
        for (KameExtension.Policy.Request request : policy.requests()) {
            Sockaddr source = request.source();
            Sockaddr destination = request.destination();
            int pair = source == null || destination == null ? 0 : 2 * length(source);
            text.append(" { len=").append(16 + pair);
            text.append(" proto=").append(request.protocol());
            text.append(" mode=").append(request.mode());
            text.append(" level=").append(request.level());
            text.append(" reqid=").append(Integer.toUnsignedString(request.reqid())).append('\n');
            if (source != null && destination != null) {
                sockaddr(source);
                sockaddr(destination);
            }
            text.append(" }\n");
        }
    }

    private static int length(Sockaddr sockaddr) {
        return sockaddr instanceof Sockaddr.Inet4 ? 16 : 28;
    }

    private void sockaddr(Sockaddr sockaddr) {
        if (sockaddr instanceof Sockaddr.Other other) {
            text.append("sockaddr{ len=").append(other.data().length + 2);
            text.append(" family=").append(other.family()).append("\n  }\n");
            return;
        }
        boolean four = sockaddr.address() instanceof Ipv4Address;
        text.append("sockaddr{ len=").append(length(sockaddr));
        text.append(" family=").append(four ? 2 : 10);
        text.append(" port=").append(sockaddr.port()).append('\n');
        if (sockaddr instanceof Sockaddr.Inet6 six) {
            text.append("  flowinfo=0x");
            HexLines.eight(text, six.flowInfo());
            text.append(", scope_id=0x");
            HexLines.eight(text, six.scopeId());
            text.append('\n');
            address(six.address().toBytes());
        } else if (sockaddr instanceof Sockaddr.Inet4 inet) {
            address(inet.address().toBytes());
        }
        text.append("  }\n");
    }

    private void address(byte[] bytes) {
        HexLines.appendGroups(text, bytes, bytes.length);
    }

    /** Extensions that manual keying never meets. */
    private void rare(Extension extension) {
        if (extension instanceof Extension.SpiRange range) {
            text.append("sadb_spirange{ min=0x");
            number(range.min());
            text.append(" max=0x");
            number(range.max());
            text.append("\n  reserved=0x00000000 }\n");
        } else if (extension instanceof Extension.Proposal proposal) {
            text.append("sadb_prop{ replay=").append(proposal.replayWindow()).append('\n');
            for (Extension.Proposal.Combination row : proposal.combinations()) {
                text.append("sadb_comb{ auth=").append(Numbers.of(row.auth()));
                text.append(" encrypt=").append(Numbers.of(row.encrypt())).append('\n');
                text.append("  auth_minbits=").append(row.authMinBits());
                text.append(" auth_maxbits=").append(row.authMaxBits());
                text.append(" encrypt_minbits=").append(row.encryptMinBits());
                text.append(" encrypt_maxbits=").append(row.encryptMaxBits()).append(" }\n");
            }
            text.append("}\n");
        } else if (extension instanceof Extension.Identity identity) {
            text.append("sadb_ident{ type=");
            text.append(Numbers.LINUX.identityTypes().number(identity.kind()));
            text.append(" id=").append(Long.toUnsignedString(identity.id()));
            text.append("\n  text=").append(identity.text()).append(" }\n");
        }
    }

    private void number(Spi spi) {
        HexLines.eight(text, spi.value());
    }
}
