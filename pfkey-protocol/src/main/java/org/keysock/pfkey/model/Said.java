package org.keysock.pfkey.model;

/**
 * What KLIPS calls the name of an SA, and what is unique of it everywhere: protocol, SPI and
 * destination.
 */
public record Said(SaType saType, Spi spi, IpAddress destination) {}
