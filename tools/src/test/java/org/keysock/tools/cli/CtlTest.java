package org.keysock.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked and how answers look; that a real emulator answers so is tested elsewhere. */
final class CtlTest {

    private static final String CLOCK =
            "{'ok':true,'clock':{'kind':'virtual','seconds':1230000060}}";

    @TempDir private Path folder;

    private static byte[] line(String json) {
        return (json.replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Runs a command against an emulator that expects a request and gives an answer. */
    private PfkeyRun ask(int exit, String request, String answer, String... args) throws Exception {
        PfkeyRun run = new PfkeyRun(folder, "");
        byte[] expected = line(request);
        try (FakeSocket socket =
                new FakeSocket(folder.resolve("control.sock"), expected.length, line(answer))) {
            assertEquals(exit, run.run(args));
            assertEquals(
                    JsonParser.parseString(new String(expected, StandardCharsets.UTF_8)),
                    JsonParser.parseString(new String(socket.heard(), StandardCharsets.UTF_8)));
        }
        return run;
    }

    @Test
    void clockIsShownAndAdvanced() throws Exception {
        PfkeyRun run =
                ask(0, "{'verb':'clock','advance':60.5}", CLOCK, "ctl", "clock", "advance", "60.5");

        assertEquals("virtual 2008-12-23T02:41:00Z (1230000060)\n", run.out());
    }

    @Test
    void answerIsPrintedAsItIsWhenJsonIsAskedFor() throws Exception {
        PfkeyRun run = ask(0, "{'verb':'clock'}", CLOCK, "ctl", "clock", "--json");

        assertEquals(
                JsonParser.parseString(CLOCK.replace('\'', '"')),
                JsonParser.parseString(run.out()));
    }

    @Test
    void refusalMakesTheExitCode1() throws Exception {
        PfkeyRun run =
                ask(
                        1,
                        "{'verb':'use','type':'esp','spi':'0x10','dst':'::1','bytes':5}",
                        "{'ok':false,'error':'no SA esp 0x10 to ::1'}",
                        "ctl",
                        "use",
                        "esp",
                        "0x10",
                        "::1",
                        "--bytes=5");

        assertEquals("", run.out());
        assertEquals("pfkey: no SA esp 0x10 to ::1\n", run.err());
    }

    @Test
    void acquireSaysWhatThePacketIs() throws Exception {
        PfkeyRun run =
                ask(
                        0,
                        "{'verb':'acquire','type':'ah','src':'10.0.0.1','dst':'10.0.0.2',"
                                + "'protocol':6,'srcPort':0,'dstPort':23,'unique':true}",
                        "{'ok':true,'acquire':17}",
                        "ctl acquire ah 10.0.0.1 10.0.0.2 --protocol 6 --destination-port 23 --unique"
                                .split(" "));

        assertEquals("ACQUIRE 17\n", run.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'policy':9,'action':'ipsec','acquire':17 | policy 9: ACQUIRE 17",
                "'policy':9,'action':'discard','acquire':null | policy 9: the packet is dropped",
                "'policy':9,'action':'none','acquire':null"
                        + " | policy 9: the packet passes unprotected",
                "'policy':null,'action':null,'acquire':null"
                        + " | no policy: the packet passes unprotected"
            },
            quoteCharacter = '"')
    void acquireWithoutTypeAsksThePolicies(String answer, String printed) throws Exception {
        PfkeyRun run =
                ask(
                        0,
                        "{'verb':'acquire','src':'10.0.0.1','dst':'10.0.0.2',"
                                + "'protocol':17,'srcPort':0,'dstPort':500,'unique':false}",
                        "{'ok':true," + answer + "}",
                        "ctl acquire 10.0.0.1 10.0.0.2 --protocol 17 --destination-port 500"
                                .split(" "));

        assertEquals(printed + "\n", run.out());
    }

    @Test
    void sessionsAreATable() throws Exception {
        PfkeyRun run =
                ask(
                        0,
                        "{'verb':'sessions'}",
                        "{'ok':true,'sessions':[{'id':3,'dialect':'linux','transport':'stream',"
                                + "'pid':42,'uid':0,'queued':1,'charge':1280,'dropped':2,"
                                + "'paused':false,'dumping':false,'promiscuous':true,"
                                + "'registered':['ah','esp'],'extended':[]}]}",
                        "ctl",
                        "sessions");

        assertEquals(
                """
                id   dialect  transport  process user   queued  dropped  state
                3    linux    stream     42      0      1       2        promiscuous registered: ah esp
                """,
                run.out());
    }

    @Test
    void statusShowsEverythingThatCanBeSet() throws Exception {
        PfkeyRun run =
                ask(
                        0,
                        "{'verb':'status'}",
                        "{'ok':true,'version':'0.1','dir':'/d','pid':5,'clock':{'kind':'system',"
                                + "'seconds':0},'sas':{'total':1,'esp':1},'sessions':2,"
                                + "'local':['127.0.0.1','::1'],'switches':[{'name':'a.b','value':"
                                + "'on','range':'on or off','meaning':'what it does'}],"
                                + "'counters':{'accepted':1,'dropped':0}}",
                        "ctl",
                        "status");

        assertEquals(
                """
                version   0.1
                folder    /d
                process   5
                clock     system 1970-01-01T00:00:00Z (0)
                sas       total 1, esp 1
                sessions  2
                local     127.0.0.1 ::1
                counters  accepted 1, dropped 0
                switch    a.b=on  what it does (on or off)
                """,
                run.out());
    }

    @ParameterizedTest
    @CsvSource({
        "'', a verb is missing",
        "explode, Unmatched argument",
        "clock advance, Missing required parameter",
        "clock advance soon, 'soon' is not a number",
        "use esp 0x10, Missing required parameter"
    })
    void wrongUsageIsTold(String verb, String words) {
        PfkeyRun run = new PfkeyRun(folder, "");

        assertEquals(2, run.run(("ctl " + verb).strip().split(" ")));
        assertTrue(run.err().contains(words), run.err());
    }

    @Test
    void anSaIsToldWhatNoDialectCanSay() throws Exception {
        PfkeyRun run =
                ask(
                        0,
                        "{'verb':'sa','type':'esp','spi':'0x10','dst':'::1',"
                                + "'extendedSequence':true,'window':1024,'tfc':600}",
                        "{'ok':true,'extendedSequence':true,'window':1024,'tfc':600}",
                        "ctl",
                        "sa",
                        "esp",
                        "0x10",
                        "::1",
                        "--extended-sequence=true",
                        "--window=1024",
                        "--tfc=600");

        assertEquals(
                "extended sequence numbers on, replay window 1024, payload filled up to 600\n",
                run.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    AES_GCM_16 | 0011 | NONE        |    |   0 | "IPv4","*","192.0.2.2","0x10","AES-GCM with 16 octet ICV [RFC4106]","0x0011","NULL","" | # 0x10 to 192.0.2.2: tcpdump has no words for AES_GCM_16 with NONE of 0 bits
                    AES_CBC    | 00112233445566778899aabbccddeeff | HMAC_SHA256 | 01 | 128 | "IPv4","*","192.0.2.2","0x10","AES-CBC [RFC3602]","0x00112233445566778899aabbccddeeff","HMAC-SHA-256-128 [RFC4868]","0x01" | # 0x10 to 192.0.2.2: tcpdump has no words for AES_CBC with HMAC_SHA256 of 128 bits
                    AES_CBC    | 00112233445566778899aabbccddeeff | AES_XCBC | 01 | 96 | "IPv4","*","192.0.2.2","0x10","AES-CBC [RFC3602]","0x00112233445566778899aabbccddeeff","ANY 96 bit authentication [no checking]","0x01" | 0x10@192.0.2.2 aes128-hmac96:0x00112233445566778899aabbccddeeff
                    SERPENT_CBC | 00 | HMAC_MD5 | 01 | 96 | # 0x10 to 192.0.2.2: Wireshark has no words for SERPENT_CBC with HMAC_MD5 of 96 bits | # 0x10 to 192.0.2.2: tcpdump has no words for SERPENT_CBC with HMAC_MD5 of 96 bits
                    """)
    void keysArePrintedForProgramsThatReadPackets(
            String cipher,
            String key,
            String check,
            String checkKey,
            int bits,
            String wireshark,
            String tcpdump)
            throws Exception {
        String sa =
                "{'type':'%s','spi':'0x10','src':'0.0.0.0','dst':'192.0.2.2','encryption':'%s',"
                        + "'encryptionKey':'%s','authentication':'%s','authenticationKey':'%s',"
                        + "'icvBits':%d}";
        String answer =
                "{'ok':true,'sas':["
                        + sa.formatted("ah", "NONE", "", check, checkKey, bits)
                        + ","
                        + sa.formatted("esp", cipher, key, check, checkKey, bits)
                        + "]}";
        String keys = "{'verb':'keys'}";
        assertEquals(wireshark + "\n", ask(0, keys, answer, "ctl", "wireshark-keys").out());
        Files.delete(folder.resolve("control.sock"));
        assertEquals(
                tcpdump + "\n", ask(0, keys, answer, "ctl", "wireshark-keys", "--tcpdump").out());
    }
}
