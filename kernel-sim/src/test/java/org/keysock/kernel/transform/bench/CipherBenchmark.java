package org.keysock.kernel.transform.bench;

import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.keysock.kernel.packet.NetworkOrder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the Java platform's ciphers do and throw away by themselves for a packet: to be taken off
 * {@link PacketBenchmark}'s garbage.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = "-Xmx1g")
public class CipherBenchmark {

    /** Ciphers with keys, and a packet's bytes. */
    @State(Scope.Thread)
    public static class Keyed {
        /** Bytes of a packet before. */
        @Param({"64", "1400"})
        public int size;

        private final SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");
        private final byte[] bytes = new byte[2048];
        private final byte[] nonce = new byte[12];
        private final byte[] full = new byte[20];
        private final Cipher gcm;
        private final Cipher cbc;
        private final Mac mac;
        private long sequence;

        /** Asks the platform for them. */
        public Keyed() {
            try {
                gcm = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
                cbc = Cipher.getInstance("AES/CBC/NoPadding", "SunJCE");
                mac = Mac.getInstance("HmacSHA1", "SunJCE");
                mac.init(new SecretKeySpec(new byte[20], "HmacSHA1"));
            } catch (GeneralSecurityException absent) {
                throw new IllegalStateException(absent);
            }
        }

        int gcm() throws GeneralSecurityException {
            NetworkOrder.put64(nonce, 4, ++sequence);
            gcm.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
            gcm.updateAAD(bytes, 0, 8);
            return gcm.doFinal(bytes, 16, (size + 2 + 3) & ~3, bytes, 16);
        }

        int cbcHmac() throws GeneralSecurityException {
            NetworkOrder.put64(bytes, 8, ++sequence);
            int length = (size + 2 + 15) & ~15;
            cbc.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(bytes, 8, 16));
            cbc.doFinal(bytes, 24, length, bytes, 24);
            mac.update(bytes, 0, 24 + length);
            mac.doFinal(full, 0);
            return full[0];
        }
    }

    /** AES-128-GCM. */
    @Benchmark
    public int gcm(Keyed keyed) throws GeneralSecurityException {
        return keyed.gcm();
    }

    /** AES-128-CBC and HMAC-SHA1. */
    @Benchmark
    public int cbcHmac(Keyed keyed) throws GeneralSecurityException {
        return keyed.cbcHmac();
    }
}
