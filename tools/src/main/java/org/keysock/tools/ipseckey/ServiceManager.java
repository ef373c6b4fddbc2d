package org.keysock.tools.ipseckey;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The service manager that may have started us, solaris.md 4.16: then its log, which all can read,
 * gets counts instead of commands.
 */
final class ServiceManager {

    /** Exit code for a configuration that is wrong. */
    static final int CONFIGURATION_ERROR = 95;

    private final @Nullable String service;

    private ServiceManager(@Nullable String service) {
        this.service = service;
    }

    /** The manager that the environment tells of. */
    static ServiceManager of(Map<String, String> env) {
        return new ServiceManager(env.get("SMF_FMRI"));
    }

    /** Whether there is one. */
    boolean present() {
        return service != null;
    }

    /** The line in place of the fatal line. */
    String badConfiguration() {
        return "ipseckey: Bad configuration of service " + service + ".\n";
    }

    /** What is said when all went well. */
    String succeeded(int actions) {
        return "ipseckey: " + actions + " actions successfully processed.\n";
    }

    /** What is said when something did not. */
    String failed(int errors, String file) {
        return "ipseckey: The configuration file contained "
                + errors
                + " errors.\nManually check the configuration with:\nipseckey -c "
                + file
                + "\nUse svcadm(1M) to clear maintenance condition when errors are resolved.\n\n";
    }
}
