package org.keysock.tools.setkey;

/** A statement that has been understood and waits to be carried out. */
interface Statement {

    /**
     * Carries it out.
     *
     * @return whether the script goes on
     */
    boolean run(KernelTalk talk) throws Stop;
}
