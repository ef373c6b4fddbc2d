package org.keysock.tools.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringTokenizer;

/** Names of ports, from the machine's file of services. */
public final class Services {

    private static final Path FILE = Path.of("/etc/services");
    private static final List<String> LINES = lines();

    private Services() {}

    private static List<String> lines() {
        try {
            return Files.readAllLines(FILE, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of(); // no services have names here
        }
    }

    /** The port of a service, or -1. */
    public static int port(String name) {
        for (String line : LINES) {
            int port = port(name, line);
            if (port >= 0) {
                return port;
            }
        }
        return -1;
    }

    /** The port of a line such as {@code http 80/tcp www}, if it is the service's; else -1. */
    private static int port(String name, String line) {
        int sharp = line.indexOf('#');
        StringTokenizer words = new StringTokenizer(sharp < 0 ? line : line.substring(0, sharp));
        if (words.countTokens() < 2) {
            return -1;
        }
        boolean named = words.nextToken().equals(name);
        String port = words.nextToken();
        while (!named && words.hasMoreTokens()) {
            named = words.nextToken().equals(name);
        }
        int slash = port.indexOf('/');
        try {
            return named && slash > 0 ? Integer.parseInt(port, 0, slash, 10) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
